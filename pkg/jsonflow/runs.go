package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

// run is a piece of JSON between the brackets of an array or object with at least one
// item, such as a loop collects in a variable: "a","b" or "k":1, with the comma before,
// after, or only between items.
type run struct {
	array    bool
	from, to automaton.Mode // ModeValue or ModeKey before an item, ModeAfter after one
	comma    bool           // its first byte is a comma
	depth    int            // nesting depth of the items
}

// depthOfJSON is the maximum nesting of the JSON of a part of an event.
const depthOfJSON = len(deepest) / 2

// runOf returns the run that parts always form. ok is false if they form none.
func runOf(parts []part) (run, bool) {
	for _, r := range []run{
		{array: true, from: automaton.ModeValue},
		{array: false, from: automaton.ModeKey},
		{array: true, from: automaton.ModeAfter},
		{array: false, from: automaton.ModeAfter},
	} {
		if r.read(parts) {
			return r, true
		}
	}
	return run{}, false
}

// read follows parts from where the run begins and records where it ends.
func (r *run) read(parts []part) bool {
	pool := automaton.NewPool((*automaton.Doc).Repaired)
	outer := pool.Frame(automaton.Frame{Depth: 1, Array: true})
	base := pool.Frame(automaton.Frame{Parent: outer, Array: r.array, Depth: 2})
	c := &automaton.Cursor{Doc: automaton.Doc{Mode: r.from, Stack: base}, Pool: pool}
	for _, p := range parts {
		if !r.readPart(c, p) {
			return false
		}
	}
	if c.Mode == automaton.ModeZero || c.Mode == automaton.ModeInt || c.Mode == automaton.ModeFraction || c.Mode == automaton.ModeExponent {
		c.EndValue()
	}
	if c.Stack != base || c.Mode != automaton.ModeAfter && c.Mode != automaton.ModeValue && c.Mode != automaton.ModeKey {
		return false
	}
	r.to = c.Mode
	r.comma = r.from == automaton.ModeAfter && len(parts) > 0 &&
		(parts[0].class == classLit && parts[0].lit[0] == ',' || parts[0].class == classRun && parts[0].run.comma)
	return len(parts) > 0
}

func (r *run) readPart(c *automaton.Cursor, p part) bool {
	nests := func(depth int) { r.depth = max(r.depth, c.Stack.Depth-2+depth) }
	switch p.class {
	case classLit:
		return r.readText(c, p.lit)
	case classSet:
		return r.readSet(c, p.set)
	case classBody, classSafe:
		return c.InString() && c.Esc == automaton.EscNone
	case classNumber, classBool, classJSON, classValue:
		if c.InString() {
			return c.Esc == automaton.EscNone && (p.class == classNumber || p.class == classBool)
		}
		if c.Mode != automaton.ModeValue && c.Mode != automaton.ModeFirstValue {
			return false
		}
		nests(depthOfJSON)
		c.EndValue()
		return true
	case classRun:
		if !takes(c, p.run) {
			return false
		}
		nests(p.run.depth)
		c.Mode = p.run.to
		return true
	}
	return false
}

// withoutComma returns the run without its leading comma.
func (r run) withoutComma() run {
	r.comma, r.from = false, automaton.ModeKey
	if r.array {
		r.from = automaton.ModeValue
	}
	return r
}

func (r *run) readText(c *automaton.Cursor, text string) bool {
	for i := range len(text) {
		escaped := c.Esc == automaton.EscBackslash
		if c.Step(text[i], 0) != automaton.OK || c.Stack.Depth < 2 {
			return false
		}
		if escaped && text[i] == 'u' && c.Mode == automaton.ModeKeyString {
			return false // it could be half of a surrogate pair
		}
		r.depth = max(r.depth, c.Stack.Depth-2)
	}
	return true
}

// readSet follows each text of a set. All of them must lead to the same state.
func (r *run) readSet(c *automaton.Cursor, set []string) bool {
	var ends []automaton.Doc
	for _, text := range set {
		one := *c
		if !r.readText(&one, text) {
			return false
		}
		one.Key = "" // irrelevant here
		ends = append(ends, one.Doc)
	}
	for _, end := range ends {
		if end != ends[0] {
			return false
		}
	}
	if len(ends) > 0 {
		c.Doc = ends[0]
	}
	return true
}

// takes reports whether a run can stand at the cursor.
func takes(c *automaton.Cursor, r run) bool {
	if c.Stack == nil || c.Stack.Array != r.array || c.Stack.Depth+r.depth > automaton.MaxDepth {
		return false
	}
	switch c.Mode {
	case automaton.ModeFirstValue:
		return r.from == automaton.ModeValue
	case automaton.ModeFirstKey:
		return r.from == automaton.ModeKey
	}
	return c.Mode == r.from
}

// emitRun moves a state over a run, or over any text if the run cannot stand at that
// place.
func (a *analyzer) emitRun(st *state, at span, p part) []*state {
	c := automaton.Cursor{Doc: *st.doc, Pool: a.pool}
	if !takes(&c, p.run) {
		return a.emitAny(st, at, part{class: classText, src: p.src})
	}
	c.Mode, c.Comma = p.run.to, 0
	return moved(st, a.pool.Doc(c.Doc))
}
