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

// misled marks a state behind an error of which it is not sure how to go on: a
// quote where a comma is missing may begin a key, or be one quote too many.
func misled(st *state, err syntaxError) *state {
	if err != errMissingComma || st.faulty {
		return st
	}
	next := *st
	next.faulty = true
	return &next
}

func moved(st *state, d *doc) []*state {
	switch d {
	case nil:
		return nil
	case st.doc:
		return []*state{st}
	}
	next := *st
	next.doc = d
	return []*state{&next}
}

// read moves a doc over text that begins at an offset of the template.
func (a *analyzer) read(d *doc, text string, offset int32, inText bool) textResult {
	c := cursor{doc: *d, pool: a.pool, repairAll: a.limits.plant == faultNewline}
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

// recoverable reports whether reading goes on behind an error.
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

// emit moves a state over what an action prints.
func (a *analyzer) emit(st *state, at span, v *value) []*state {
	parts := a.printed(v)
	a.standsAt(at, st.doc, v, parts)
	if st.doc.inString() && quotes(parts) {
		a.inQuotes(st, at, parts)
		return moved(st, a.inKey(st.doc))
	}
	states := []*state{st}
	for _, p := range parts {
		var next []*state
		for _, s := range states {
			next = append(next, a.emitPart(s, at, p)...)
		}
		states = next
	}
	return states
}

// quotes reports whether parts hold a JSON value that is no number, or a string in
// quotes. A quote that was left alone, as slice leaves one, is text like any.
func quotes(parts []part) bool {
	count := 0
	for _, p := range parts {
		if p.class == classJSON || p.class == classValue {
			return true
		}
		count += btoi(p.json || p.goQuote)
	}
	return count > 0 && count%2 == 0
}

func (a *analyzer) emitPart(st *state, at span, p part) []*state {
	if st.doc.mode == modeText {
		return []*state{st}
	}
	switch p.class {
	case classLit:
		return a.emitText(st, at, p.lit, p.src)
	case classSet:
		return a.emitSet(st, at, p)
	case classNumber:
		return a.emitEach(st, at, numberTexts(p.lo), p.src)
	case classBool:
		return a.emitEach(st, at, []string{"true", "false"}, p.src)
	case classJSON:
		return a.emitText(st, at, "[]", p.src)
	case classValue:
		return a.emitEach(st, at, []string{"[]", "0", "1", "1.5", "1e9"}, p.src)
	}
	return a.emitAny(st, at, p)
}

// numberTexts returns numbers that stand for all: every state of the automaton
// that a number from lo on can lead to is reached by one of them.
func numberTexts(lo int) []string {
	texts := []string{"1", "10", "100", "1000", "10000"}
	if lo <= 0 {
		texts = append(texts, "0")
	}
	if lo < 0 {
		texts = append(texts, "-1", "-10", "-100", "-1000", "-10000")
	}
	return texts
}

func (a *analyzer) emitText(st *state, at span, text string, src *path) []*state {
	r := a.read(st.doc, text, int32(at.start), false)
	for _, e := range r.errors {
		a.syntaxProblem(st, e, at, src)
		st = misled(st, e.err)
	}
	return moved(st, r.doc)
}

// emitEach moves a state over one of several texts.
func (a *analyzer) emitEach(st *state, at span, texts []string, src *path) []*state {
	if st.doc.inString() && st.doc.esc == escNone {
		return moved(st, a.inKey(st.doc))
	}
	var out states
	for _, text := range texts {
		out.add(a.emitText(st, at, text, src)...)
	}
	return out.list
}

// emitSet moves a state over each text of a set that can occur. Where they lead
// to different places, the place tells which it was.
func (a *analyzer) emitSet(st *state, at span, p part) []*state {
	known, bounded := domain{}, false
	if p.path != nil {
		known, bounded = st.facts.domainOf(subject{path: p.path})
	}
	type way struct {
		doc    *doc
		values []string
	}
	var ways []way
	for i, text := range p.set {
		value := ""
		if p.path != nil {
			if value = p.path.values[i]; bounded && !known.has(value) {
				continue
			}
		}
		r := a.read(st.doc, text, int32(at.start), false)
		for _, e := range r.errors {
			from := st
			if p.path != nil {
				if learnt := a.learn(st, subject{path: p.path}, textSet(false, value)); len(learnt) > 0 {
					from = learnt[0]
				}
			}
			a.syntaxProblem(from, e, at, p.src)
		}
		if r.doc == nil {
			continue
		}
		found := false
		for j := range ways {
			if ways[j].doc == r.doc {
				ways[j].values, found = append(ways[j].values, value), true
			}
		}
		if !found {
			ways = append(ways, way{r.doc, []string{value}})
		}
	}
	if len(ways) == 1 || p.path == nil {
		var out states
		for _, w := range ways {
			out.add(moved(st, w.doc)...)
		}
		return out.list
	}
	var out []*state
	for _, w := range ways {
		for _, s := range a.learn(st, subject{path: p.path}, textSet(false, w.values...)) {
			out = append(out, moved(s, w.doc)...)
		}
	}
	return out
}

// emitAny moves a state over text that is not known.
func (a *analyzer) emitAny(st *state, at span, p part) []*state {
	c := cursor{doc: *st.doc, pool: a.pool}
	switch st.doc.mode {
	case modeString, modeKeyString:
		switch {
		case st.doc.esc != escNone:
			a.contentProblem(st, at, p, ruleUnescaped)
			c.esc = escNone
		case p.class == classBody || p.class == classSafe, p.class == classJS && a.limits.plant == faultEscaper:
		case p.class == classText:
			a.contentProblem(st, at, p, ruleUnescaped)
		default:
			a.contentProblem(st, at, p, ruleWrongEscaper)
		}
		return moved(st, a.inKey(a.pool.doc(c.doc)))
	case modeStart:
		a.textBegins(at.start)
		return moved(st, a.pool.doc(doc{mode: modeText}))
	case modeValue, modeFirstValue:
		a.contentProblem(st, at, p, ruleUnquoted)
		c.endValue()
	case modeFirstKey, modeKey:
		a.contentProblem(st, at, p, ruleUnquoted)
		c.mode, c.comma = modeColon, 0
	default:
		if st.doc.stack == nil && (st.doc.mode != modeDone || st.doc.literal != wholeContainer) ||
			st.doc.stack != nil && st.doc.stack.depth == 1 && st.doc.stack.array && !a.endsLikeJSON {
			a.textBegins(at.start)
			return moved(st, a.pool.doc(doc{mode: modeText}))
		}
		a.contentProblem(st, at, p, ruleStructure)
	}
	return moved(st, a.pool.doc(c.doc))
}

// inKey notes in a key that something unknown was printed there.
func (a *analyzer) inKey(d *doc) *doc {
	if d.mode != modeKeyString || len(d.key) >= len(dynamic) && d.key[len(d.key)-len(dynamic):] == dynamic {
		return d
	}
	c := cursor{doc: *d, pool: a.pool}
	c.addKey(dynamic)
	return a.pool.doc(c.doc)
}
