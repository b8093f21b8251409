package jsonflow

// textKey is a piece of template text and where it begins to be read.
type textKey struct {
	offset int
	doc    *doc
}

// textResult is where reading a text ends.
type textResult struct {
	doc    *doc // nil when nothing sensible can follow
	errors []textError
}

type textError struct {
	action bool // an action printed it
	err    syntaxError
	offset int
	doc    *doc // before the byte that is wrong
	char   byte
}

// maxTextErrors bounds the errors that are kept of one piece of text.
const maxTextErrors = 20

// text moves a state over a piece of the template's text.
func (a *analyzer) text(st *state, text []byte, offset int) []*state {
	key := textKey{offset, st.doc}
	r, ok := a.texts[key]
	if !ok {
		r = a.read(st.doc, string(text), int32(offset), true)
		a.texts[key] = r
	}
	for _, e := range r.errors {
		a.syntaxProblem(st, e, span{e.offset, min(e.offset+1, len(a.source))}, nil)
		st = misled(st, e.err)
	}
	return moved(st, r.doc)
}

// misled marks a state after an error of which it is not sure how to go on: a
// quote where a comma is missing may begin a key, or be one quote too many.
func misled(st *state, err syntaxError) *state {
	if err != errMissingComma || st.faulty {
		return st
	}
	next := *st
	next.faulty = true
	return &next
}

// read moves a doc over text that begins at an offset of the template.
func (a *analyzer) read(d *doc, text string, offset int32, inText bool) textResult {
	c := cursor{doc: *d, pool: a.pool}
	var r textResult
	a.steps += len(text) / 64
	for i := 0; i < len(text); {
		if c.esc == escNone && c.inString() {
			n := plainLength(text[i:])
			if c.mode == modeKeyString {
				c.addKey(text[i : i+n])
			}
			if i += n; i == len(text) {
				break
			}
		} else if c.mode == modeText {
			break
		}
		if c.mode == modeKeyString && text[i] != '"' || c.mode == modeKeyString && c.esc == escBackslash {
			c.addKey(text[i : i+1])
		}
		before := c.doc
		at := offset
		if inText {
			at += int32(i)
		}
		err := c.step(text[i], at)
		if err != okByte {
			if c.isText(before, err, a.endsLikeJSON) {
				c.doc = doc{mode: modeText}
				a.textBegins(int(at))
				break
			}
			if len(r.errors) < maxTextErrors {
				r.errors = append(r.errors, textError{!inText, err, int(at), a.pool.doc(before), text[i]})
			}
			if !inText && c.skipUnquoted(err) {
				break
			}
			if !recoverable(err) {
				return r
			}
		}
		i++
	}
	r.doc = a.pool.doc(c.doc)
	return r
}

// skipUnquoted takes what an action printed without quotes for the value or the
// key that was meant.
func (c *cursor) skipUnquoted(err syntaxError) bool {
	switch err {
	case errUnquoted, errLiteral, errNumber:
		c.endValue()
	case errKeyUnquoted:
		c.mode, c.comma = modeColon, 0
	default:
		return false
	}
	return true
}

// plainLength returns how many bytes of a string need no look.
func plainLength(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == '"' || s[i] == '\\' {
			return i
		}
	}
	return len(s)
}

// recoverable reports whether reading goes on after an error.
func recoverable(err syntaxError) bool {
	switch err {
	case errControl, errEscape, errHex, errLostBackslash, errMissingComma, errExtraComma, errTrailingComma, errSurrogateKey:
		return true
	}
	return false
}

// isText reports whether an error tells that this was never meant as JSON: when
// nothing but a word, a number, a string or, in a template that does not end like
// one, an array has begun.
func (c *cursor) isText(before doc, err syntaxError, endsLikeJSON bool) bool {
	switch err {
	case errUnquoted, errLiteral, errNumber, errAfterDocument, errUnexpected, errMissingComma, errExtraComma, errBracket:
	default:
		return false
	}
	if before.stack == nil {
		return before.mode != modeDone || before.literal != wholeContainer
	}
	return before.stack.depth == 1 && before.stack.array && !endsLikeJSON
}
