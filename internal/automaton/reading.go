package automaton

// SkipUnquoted takes what an action printed without quotes for the value or the
// key that was meant.
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

// PlainLength returns how many bytes of a string need no look.
func PlainLength(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == '"' || s[i] == '\\' {
			return i
		}
	}
	return len(s)
}

// Recoverable reports whether reading goes on after an error.
func Recoverable(err Error) bool {
	switch err {
	case ErrControl, ErrEscape, ErrHex, ErrLostBackslash, ErrMissingComma, ErrExtraComma, ErrTrailingComma, ErrSurrogateKey:
		return true
	}
	return false
}

// IsText reports whether an error tells that this was never meant as JSON: when
// nothing but a word, a number, a string or, in a template that does not end like
// one, an array has begun.
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
