package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

func moved(st *state, d *automaton.Doc) []*state {
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

// emit moves a state over the output of an action.
func (a *analyzer) emit(st *state, at span, v *value) []*state {
	parts := a.printed(v)
	a.standsAt(at, st.doc, v, parts)
	if st.doc.InString() && quotes(parts) {
		a.inQuotes(st, at, parts)
		return moved(st, a.inKey(st.doc))
	}
	states := []*state{st}
	for _, p := range parts {
		if len(states) == 1 { // as nearly always
			states = a.emitPart(states[0], at, p)
			continue
		}
		var next []*state
		for _, s := range states {
			next = append(next, a.emitPart(s, at, p)...)
		}
		states = next
	}
	return states
}

// quotes reports whether parts contain a quoted string or a JSON value that is not a
// number. A lone quote, such as slice can leave, is ordinary text.
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
	if st.doc.Mode == automaton.ModeText {
		return []*state{st}
	}
	switch p.class {
	case classLit:
		return a.emitText(st, at, p.lit, p.src)
	case classSet:
		return a.emitSet(st, at, p)
	}
	st = a.unpaired(st, at)
	switch p.class {
	case classNumber:
		return a.emitEach(st, at, numberTexts(p.lo, st.doc.Esc), p.src)
	case classBool:
		return a.emitEach(st, at, []string{"true", "false"}, p.src)
	case classJSON:
		return a.emitText(st, at, deepest, p.src)
	case classRun:
		return a.emitRun(st, at, p)
	case classValue:
		return a.emitEach(st, at, []string{deepest, "0", "1", "1.5", "1e9"}, p.src)
	}
	return a.emitAny(st, at, p)
}

// deepest stands for the JSON of a list or struct. No part of an event nests more
// deeply.
const deepest = "[[[]]]"

// unpaired handles unknown text after half of a surrogate pair in a key.
func (a *analyzer) unpaired(st *state, at span) *state {
	if st.doc.Esc < automaton.EscPair {
		return st
	}
	a.doubt(surrogateDoubt, at)
	c := automaton.Cursor{Doc: *st.doc, Pool: a.pool}
	c.Unpaired()
	next := *st
	next.doc = a.pool.Doc(c.Doc)
	return &next
}

// numberTexts returns numbers that together reach every state of the automaton that a
// number from lo on can lead to. Only in an escape does each digit count: elsewhere a
// third digit leads where the second one did.
func numberTexts(lo int, esc automaton.Escape) []string {
	texts := []string{"1", "10"}
	if esc != automaton.EscNone {
		texts = append(texts, "100", "1000", "10000", "8", "80", "800", "8000", "80000")
	}
	if lo <= 0 {
		texts = append(texts, "0")
	}
	if lo < 0 {
		texts = append(texts, "-1", "-10")
		if esc != automaton.EscNone {
			texts = append(texts, "-100", "-1000", "-10000")
		}
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

// emitEach moves a state over each of several texts.
func (a *analyzer) emitEach(st *state, at span, texts []string, src *path) []*state {
	if st.doc.InString() && st.doc.Esc == automaton.EscNone {
		return moved(st, a.inKey(st.doc))
	}
	var out states
	for _, text := range texts {
		out.add(a.emitText(st, at, text, src)...)
	}
	return out.list
}

// emitSet moves a state over each text of a set that can occur. Where the texts lead to
// different states, each state learns which text it was.
func (a *analyzer) emitSet(st *state, at span, p part) []*state {
	known, bounded := domain{}, false
	if p.path != nil {
		known, bounded = st.facts.domainOf(subject{path: p.path})
	}
	type way struct {
		doc    *automaton.Doc
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

// emitAny moves a state over unknown text.
func (a *analyzer) emitAny(st *state, at span, p part) []*state {
	c := automaton.Cursor{Doc: *st.doc, Pool: a.pool}
	switch st.doc.Mode {
	case automaton.ModeString, automaton.ModeKeyString:
		switch {
		case st.doc.Esc != automaton.EscNone:
			a.contentProblem(st, at, p, ruleUnescaped)
			c.Esc = automaton.EscNone
		case a.limits.decide.harmless(p.class):
		case p.class == classText:
			a.contentProblem(st, at, p, ruleUnescaped)
		default:
			a.contentProblem(st, at, p, ruleWrongEscaper)
		}
		return moved(st, a.inKey(a.pool.Doc(c.Doc)))
	case automaton.ModeStart:
		a.textBegins(at.start)
		return moved(st, a.pool.Doc(automaton.Doc{Mode: automaton.ModeText}))
	case automaton.ModeValue, automaton.ModeFirstValue:
		a.contentProblem(st, at, p, ruleUnquoted)
		c.EndValue()
	case automaton.ModeFirstKey, automaton.ModeKey:
		a.contentProblem(st, at, p, ruleUnquoted)
		c.Mode, c.Comma = automaton.ModeColon, 0
	default:
		if st.doc.Stack == nil && (st.doc.Mode != automaton.ModeDone || st.doc.Literal != automaton.WholeContainer) ||
			st.doc.Stack != nil && st.doc.Stack.Depth == 1 && st.doc.Stack.Array && !a.endsLikeJSON {
			a.textBegins(at.start)
			return moved(st, a.pool.Doc(automaton.Doc{Mode: automaton.ModeText}))
		}
		a.contentProblem(st, at, p, ruleStructure)
	}
	return moved(st, a.pool.Doc(c.Doc))
}

// inKey records that something unknown was printed in a key.
func (a *analyzer) inKey(d *automaton.Doc) *automaton.Doc {
	if d.Mode != automaton.ModeKeyString || len(d.Key) >= len(automaton.Dynamic) && d.Key[len(d.Key)-len(automaton.Dynamic):] == automaton.Dynamic {
		return d
	}
	c := automaton.Cursor{Doc: *d, Pool: a.pool}
	c.AddKey(automaton.Dynamic)
	return a.pool.Doc(c.Doc)
}
