package jsonflow

import (
	"slices"

	"github.com/hooktool/hooktool/internal/automaton"
)

// merged combines states into a set and drops everything that no longer matters. live
// holds the names that are still mentioned.
func (a *analyzer) merged(in []*state, live names) []*state {
	if len(in) == 0 {
		return nil
	}
	if len(in) == 1 {
		return []*state{a.trimmed(in[0], live, false)}
	}
	var out states
	for _, st := range in {
		out.add(a.trimmed(st, live, true))
	}
	if len(out.list) > a.limits.Texts {
		out.list = a.withWidenedTexts(out.list)
	}
	if most := a.soft(); len(out.list) > most {
		out.list = a.widened(out.list, most)
	}
	if len(out.list) > a.limits.States {
		a.stop("there are too many ways to get here", a.place)
		return nil
	}
	return out.list
}

// trimmed returns a state without facts that can no longer be tested and values of
// variables that are no longer read.
func (a *analyzer) trimmed(st *state, live names, variables bool) *state {
	f, e := a.trimFacts(st.facts, live), st.env
	if variables {
		e = a.trimEnv(e, live)
	}
	if f == st.facts && e == st.env {
		return st
	}
	next := *st
	next.facts, next.env = f, e
	return &next
}

type trimKey struct {
	facts *facts
	live  names
}

func (a *analyzer) trimFacts(f *facts, live names) *facts {
	if len(f.all) == 0 || live == allNames {
		return f
	}
	key := trimKey{f, live}
	if known, ok := a.trims[key]; ok {
		return known
	}
	kept := a.keep(f, func(s subject) bool { return s.live()&live != 0 })
	a.trims[key] = kept
	return kept
}

// trimEnv replaces the values of dead variables down to the first part of the
// environment that needs no change.
func (a *analyzer) trimEnv(e *env, live names) *env {
	var above []*env
	changed := -1
	for at := e; at != nil && len(above) < maxTrim; at = at.parent {
		a.steps++
		if at.name != "." && at.name != "$" && at.value != a.dead && a.nameBit(at.name)&live == 0 {
			changed = len(above)
		}
		above = append(above, at)
	}
	if changed < 0 {
		return e
	}
	out := above[changed].parent
	for i := changed; i >= 0; i-- {
		v := above[i].value
		if above[i].name != "." && above[i].name != "$" && a.nameBit(above[i].name)&live == 0 {
			v = a.dead
		}
		out = a.push(out, above[i].name, v)
	}
	return out
}

// maxTrim limits how deep in an environment dead variables are trimmed.
const maxTrim = 64

// soft returns the number of states at one place above which knowledge is dropped. It
// shrinks as the analysis grows longer, so that even a huge template terminates.
func (a *analyzer) soft() int {
	switch {
	case a.steps > a.limits.Steps/3:
		return a.limits.Soft / 16
	case a.steps > a.limits.Steps/8:
		return a.limits.Soft / 4
	}
	return a.limits.Soft
}

// widened drops knowledge to reduce the number of states: first the positions of
// commas, then all facts, then which values of variables occur together.
func (a *analyzer) widened(in []*state, most int) []*state {
	var out states
	for _, st := range in {
		next := *st
		if st.doc.Comma != 0 {
			d := *st.doc
			d.Comma = 0
			next.doc = a.pool.Doc(d)
		}
		out.add(&next)
	}
	if len(out.list) <= most {
		return out.list
	}
	if in = a.withoutFacts(out.list); len(in) <= most {
		return in
	}
	return a.joinedStates(in)
}

// withoutFacts drops all facts.
func (a *analyzer) withoutFacts(in []*state) []*state {
	var out states
	for _, st := range in {
		next := *st
		next.facts = a.noFacts
		out.add(&next)
	}
	return out.list
}

// shortText is the maximum length of a text that may be a separator, a colour or
// similar, where each value matters.
const shortText = 16

// withWidenedTexts treats long texts in variables, and those made of several parts, as
// any text. Otherwise, every condition on the way would distinguish messages that are
// assembled piece by piece.
func (a *analyzer) withWidenedTexts(in []*state) []*state {
	var out states
	for _, st := range in {
		next := *st
		next.env = a.widenedTexts(st.env)
		out.add(&next)
	}
	return out.list
}

func (a *analyzer) widenedTexts(e *env) *env {
	if e == nil {
		return nil
	}
	if known, ok := a.withoutTexts[e]; ok {
		return known
	}
	a.steps++
	v := e.value
	text, whole := v.text()
	if v.sort == sortText && e.name != "." && e.name != "$" && (len(v.parts) > 1 || whole && len(text) > shortText) {
		v = widenedText(v)
	}
	widened := a.push(a.widenedTexts(e.parent), e.name, v)
	a.withoutTexts[e] = widened
	return widened
}

// widenedText generalises a text to any text. It preserves whether the text is safe in
// a string, a run of an array or object, and non-empty.
func widenedText(v *value) *value {
	if len(v.parts) == 0 {
		return v // there is only one empty text
	}
	p := part{class: classBody, src: v.source(), nonEmpty: neverEmpty(v.parts)}
	if !areBody(v.parts) {
		p.class = classText
		if r, ok := runOf(v.parts); ok {
			p.class, p.run, p.nonEmpty = classRun, r, true
		}
	}
	return newText([]part{p})
}

// areBody reports whether parts are always safe within a string.
func areBody(parts []part) bool {
	for _, p := range parts {
		switch p.class {
		case classBody, classSafe, classNumber, classBool:
		case classLit:
			if !isBody(p.lit) || p.json || p.goQuote {
				return false
			}
		case classSet:
			if slices.ContainsFunc(p.set, func(s string) bool { return !isBody(s) }) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// neverEmpty reports whether parts always print at least one byte.
func neverEmpty(parts []part) bool {
	return slices.ContainsFunc(parts, func(p part) bool {
		switch p.class {
		case classLit, classNumber, classBool, classJSON, classValue, classRun:
			return true
		}
		return p.nonEmpty
	})
}

// isBody reports whether a text is valid inside the quotes of any string. Escapes must
// be complete.
func isBody(s string) bool {
	c := automaton.Cursor{Doc: automaton.Doc{Mode: automaton.ModeString}}
	for i := 0; i < len(s); i++ {
		if s[i] == '"' && c.Esc == automaton.EscNone || c.Step(s[i], 0) != automaton.OK {
			return false
		}
	}
	return c.Esc == automaton.EscNone
}
