package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

// textKey is a piece of template text and the doc in which it is read.
type textKey struct {
	offset int
	doc    *automaton.Doc
}

// textResult is the result of reading a text.
type textResult struct {
	doc    *automaton.Doc // nil if nothing sensible can follow
	errors []textError
}

type textError struct {
	action bool // an action printed it
	err    automaton.Error
	offset int
	doc    *automaton.Doc // before the wrong byte
	char   byte
}

// maxTextErrors limits the errors kept for one piece of text.
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

// misled marks a state after an error that can be read in two ways: a quote where a
// comma is missing may begin a key or be superfluous.
func misled(st *state, err automaton.Error) *state {
	if err != automaton.ErrMissingComma || st.faulty {
		return st
	}
	next := *st
	next.faulty = true
	return &next
}

// read moves a doc over text that begins at an offset in the template.
func (a *analyzer) read(d *automaton.Doc, text string, offset int32, inText bool) textResult {
	c := automaton.Cursor{Doc: *d, Pool: a.pool}
	var r textResult
	a.steps += len(text) / 64
	for i := 0; i < len(text); {
		if c.Esc == automaton.EscNone && c.InString() {
			n := automaton.PlainLength(text[i:])
			if c.Mode == automaton.ModeKeyString {
				c.AddKey(text[i : i+n])
			}
			if i += n; i == len(text) {
				break
			}
		} else if c.Mode == automaton.ModeText {
			break
		}
		if c.Mode == automaton.ModeKeyString && text[i] != '"' || c.Mode == automaton.ModeKeyString && c.Esc == automaton.EscBackslash {
			c.AddKey(text[i : i+1])
		}
		before := c.Doc
		at := offset
		if inText {
			at += int32(i)
		}
		err := c.Step(text[i], at)
		if err != automaton.OK {
			if c.IsText(before, err, a.endsLikeJSON) {
				c.Doc = automaton.Doc{Mode: automaton.ModeText}
				a.textBegins(int(at))
				break
			}
			if len(r.errors) < maxTextErrors {
				r.errors = append(r.errors, textError{!inText, err, int(at), a.pool.Doc(before), text[i]})
			}
			if !inText && c.SkipUnquoted(err) {
				break
			}
			if !automaton.Recoverable(err) {
				return r
			}
		}
		i++
	}
	r.doc = a.pool.Doc(c.Doc)
	return r
}
