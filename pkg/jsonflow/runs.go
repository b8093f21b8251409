package jsonflow

// run is a piece of JSON that is between the brackets of an array or an object
// and holds one item at least, such as what a loop gathers in a variable:
// "a","b" or "k":1, with the comma in front, after, or only between.
type run struct {
	array    bool
	from, to mode // modeValue or modeKey where an item comes next, modeAfter after one
	comma    bool // its first byte is a comma
	depth    int  // how deeply the items nest
}

// depthOfJSON is how deeply what json makes of a part of an event can nest.
const depthOfJSON = len(deepest) / 2

// runOf returns the run that parts always make. It is not ok when there is none.
func runOf(parts []part) (run, bool) {
	for _, r := range []run{
		{array: true, from: modeValue},
		{array: false, from: modeKey},
		{array: true, from: modeAfter},
		{array: false, from: modeAfter},
	} {
		if r.read(parts) {
			return r, true
		}
	}
	return run{}, false
}

// read follows parts from where the run begins, and notes where it ends.
func (r *run) read(parts []part) bool {
	pool := newPool((*doc).repaired)
	outer := pool.frame(frame{depth: 1, array: true})
	base := pool.frame(frame{parent: outer, array: r.array, depth: 2})
	c := &cursor{doc: doc{mode: r.from, stack: base}, pool: pool}
	for _, p := range parts {
		if !r.readPart(c, p) {
			return false
		}
	}
	if c.mode == modeZero || c.mode == modeInt || c.mode == modeFraction || c.mode == modeExponent {
		c.endValue()
	}
	if c.stack != base || c.mode != modeAfter && c.mode != modeValue && c.mode != modeKey {
		return false
	}
	r.to = c.mode
	r.comma = r.from == modeAfter && len(parts) > 0 &&
		(parts[0].class == classLit && parts[0].lit[0] == ',' || parts[0].class == classRun && parts[0].run.comma)
	return len(parts) > 0
}

func (r *run) readPart(c *cursor, p part) bool {
	nests := func(depth int) { r.depth = max(r.depth, c.stack.depth-2+depth) }
	switch p.class {
	case classLit:
		return r.readText(c, p.lit)
	case classSet:
		return r.readSet(c, p.set)
	case classBody, classSafe:
		return c.inString() && c.esc == escNone
	case classNumber, classBool, classJSON, classValue:
		if c.inString() {
			return c.esc == escNone && (p.class == classNumber || p.class == classBool)
		}
		if c.mode != modeValue && c.mode != modeFirstValue {
			return false
		}
		nests(depthOfJSON)
		c.endValue()
		return true
	case classRun:
		if !c.takes(p.run) {
			return false
		}
		nests(p.run.depth)
		c.mode = p.run.to
		return true
	}
	return false
}

// withoutComma returns the run without the comma that it begins with.
func (r run) withoutComma() run {
	r.comma, r.from = false, modeKey
	if r.array {
		r.from = modeValue
	}
	return r
}

func (r *run) readText(c *cursor, text string) bool {
	for i := range len(text) {
		escaped := c.esc == escBackslash
		if c.step(text[i], 0) != okByte || c.stack.depth < 2 {
			return false
		}
		if escaped && text[i] == 'u' && c.mode == modeKeyString {
			return false // it could be half a surrogate pair
		}
		r.depth = max(r.depth, c.stack.depth-2)
	}
	return true
}

// readSet follows each text of a set, all of which must lead to one place.
func (r *run) readSet(c *cursor, set []string) bool {
	var ends []doc
	for _, text := range set {
		one := *c
		if !r.readText(&one, text) {
			return false
		}
		one.key = "" // of no matter here
		ends = append(ends, one.doc)
	}
	for _, end := range ends {
		if end != ends[0] {
			return false
		}
	}
	if len(ends) > 0 {
		c.doc = ends[0]
	}
	return true
}

// takes reports whether a run can be where the cursor is.
func (c *cursor) takes(r run) bool {
	if c.stack == nil || c.stack.array != r.array || c.stack.depth+r.depth > maxDepth {
		return false
	}
	switch c.mode {
	case modeFirstValue:
		return r.from == modeValue
	case modeFirstKey:
		return r.from == modeKey
	}
	return c.mode == r.from
}

// emitRun moves a state over a run where it can stand.
func (a *analyzer) emitRun(st *state, at span, p part) []*state {
	c := cursor{doc: *st.doc, pool: a.pool}
	if !c.takes(p.run) {
		return a.emitAny(st, at, part{class: classText, src: p.src})
	}
	c.mode, c.comma = p.run.to, 0
	return moved(st, a.pool.doc(c.doc))
}
