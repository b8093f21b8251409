package automaton

// SkipUnquoted treats what an action printed without quotes as the intended value or
// key. It returns false if the error does not allow that.
func (c *Cursor) SkipUnquoted(err Error) bool {
	switch err {
	case ErrUnquoted, ErrLiteral, ErrNumber:
		c.EndValue()
	case ErrKeyUnquoted:
		c.Mode, c.Comma = ModeColon, 0
	default:
		return false
	}
	return true
}

// PlainLength returns the length of the prefix of s that needs no inspection in a
// string.
func PlainLength(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == '"' || s[i] == '\\' {
			return i
		}
	}
	return len(s)
}

// Recoverable reports whether reading can continue after an error.
func Recoverable(err Error) bool {
	switch err {
	case ErrControl, ErrEscape, ErrHex, ErrLostBackslash, ErrMissingComma, ErrExtraComma, ErrTrailingComma, ErrSurrogateKey:
		return true
	}
	return false
}

// IsText reports whether an error shows that the text was never meant to be JSON: only
// a word, a number or a string has begun or, in a template that does not end like JSON,
// an array.
func (c *Cursor) IsText(before Doc, err Error, endsLikeJSON bool) bool {
	switch err {
	case ErrUnquoted, ErrLiteral, ErrNumber, ErrAfterDocument, ErrUnexpected, ErrMissingComma, ErrExtraComma, ErrBracket:
	default:
		return false
	}
	if before.Stack == nil {
		return before.Mode != ModeDone || before.Literal != WholeContainer
	}
	return before.Stack.Depth == 1 && before.Stack.Array && !endsLikeJSON
}
