package jsonflow

import (
	"slices"
	"text/template/parse"
)

// loopFrame collects the states that leave a loop's body early.
type loopFrame struct {
	breaks, continues []*state
}

// loop walks a range. It walks the body turn by turn until no new state results: the
// index is 0 in the first turn and at least 1 in all later ones, or exact up to the
// numbers that the body compares it with. If a list is known to be short, loop walks
// exactly as many turns as it has elements.
func (a *analyzer) loop(node *parse.RangeNode, in []*state, live names) []*state {
	a.place = a.spanOf(node.Pipe)
	depth := depthOf(in[0].env)
	if len(in) > a.limits.Entering {
		in = a.withoutFacts(in)
	}
	var out []*state
	for _, st := range in {
		for _, r := range a.pipe(st, node.Pipe) {
			out = append(out, a.loopOver(node, r, live)...)
		}
	}
	return a.merged(popped(out, depth), live)
}

// ranging is one walk of a loop over one value.
type ranging struct {
	node   *parse.RangeNode
	turn   turn
	list   *value
	elem   *path // the element of a turn; nil if the list has no path
	inner  names // what matters in the body
	head   names // what matters where a turn begins
	live   names // what matters after the loop
	depth  int   // of the environment before the loop
	exits  []*state
	lo, hi int // bounds on the number of elements
	exact  int // from which turn on indexes are not distinguished
}

func (a *analyzer) loopOver(node *parse.RangeNode, r result, live names) []*state {
	l := &ranging{node: node, turn: turn{int(node.Pos), a.depth}, list: r.val, live: live, depth: depthOf(r.st.env), exact: a.exactTurns(node)}
	inner := live | a.mentioned(node.Pipe)
	l.head = inner | a.mentioned(node.List)
	for _, v := range node.Pipe.Decl {
		l.head |= a.nameBit(v.Ident[0])
	}
	l.inner = l.head
	switch r.val.sort {
	case sortList:
		l.lo, l.hi = 0, noMaximum
		if r.val.path != nil {
			l.elem = a.child(r.val.path, "[]", l.turn, r.val.typ.Elem())
			if d, ok := r.st.facts.domainOf(subject{path: r.val.path}); ok {
				l.lo, l.hi = d.lo, d.hi
			}
		} else {
			l.lo, l.hi = r.val.num.lo, r.val.num.hi
		}
	case sortNumber:
		l.lo, l.hi = max(r.val.num.lo, 0), max(r.val.num.hi, 0)
	case sortNil:
		l.hi = 0
	default:
		l.hi = noMaximum
	}
	return a.turns(l, r.st)
}

// maxExact is the greatest known length for which each turn is walked exactly.
const maxExact = 32

// leastTurns is how many turns a longer loop of known length is known to take.
const leastTurns = 4

func (a *analyzer) turns(l *ranging, st *state) []*state {
	if l.hi > maxExact {
		if l.hi != noMaximum {
			l.lo = min(l.lo, leastTurns)
		}
		l.hi = noMaximum
	}
	l.lo = min(l.lo, maxExact)
	if l.lo == 0 {
		for _, s := range a.count(l, st, 0, true) {
			l.exits = append(l.exits, a.otherwise(l, s)...)
		}
	}
	front := []*state{st}
	seen, places := map[stateKey]bool{}, map[stateKey]bool{}
	for i := 0; i < l.hi && len(front) > 0 && !a.stopped(); i++ {
		var entering []*state
		for _, s := range front {
			if i > 0 && a.isLast(l, s) == knownTrue {
				continue
			}
			if i > 0 {
				s = a.limits.decide.endTurn(a, l, s)
			}
			entering = append(entering, a.count(l, s, i+1, false)...)
		}
		entering = a.merged(entering, l.head)
		if same := i - max(l.lo, l.exact-1); same > 0 && l.hi == noMaximum {
			if same > a.limits.Turns {
				entering = slices.DeleteFunc(entering, func(st *state) bool { return seen[st.key()] })
				entering = a.widenedTurn(l.node.Pipe, entering, same, places)
			}
			entering = unseen(entering, seen)
		}
		for _, st := range entering {
			places[st.place()] = true
		}
		front = a.turn(l, entering, i)
		if !a.limits.decide.goesOn(i) {
			break
		}
	}
	return popped(l.exits, l.depth)
}

// otherwise walks the else branch of a range. As in text/template, break in that branch
// ends this range although there is no turn, while continue applies to the enclosing
// loop.
func (a *analyzer) otherwise(l *ranging, st *state) []*state {
	frame := &loopFrame{}
	a.loops = append(a.loops, frame)
	out := a.list(l.node.ElseList, []*state{st}, l.live|a.mentioned(l.node.Pipe))
	a.loops = a.loops[:len(a.loops)-1]
	if n := len(a.loops); n > 0 {
		a.loops[n-1].continues = append(a.loops[n-1].continues, frame.continues...)
	}
	return append(out, frame.breaks...)
}

// unseen returns the states in which no turn has begun before.
func unseen(in []*state, seen map[stateKey]bool) []*state {
	var out []*state
	for _, st := range in {
		if !seen[st.key()] {
			seen[st.key()] = true
			out = append(out, st)
		}
	}
	return out
}

// turn walks the body once, adds the states that leave the loop to the exits, and
// returns those that continue.
func (a *analyzer) turn(l *ranging, in []*state, i int) []*state {
	frame := &loopFrame{}
	outer := a.pool.LoopDepth
	a.pool.LoopDepth = 0
	for _, st := range in {
		if st.doc.Stack != nil {
			a.pool.LoopDepth = max(a.pool.LoopDepth, st.doc.Stack.Depth)
		}
	}
	defer func() { a.pool.LoopDepth = outer }()
	a.loops = append(a.loops, frame)
	starts := make([]*state, 0, len(in))
	for _, st := range in {
		starts = append(starts, a.bind(l, st, i))
	}
	out := a.list(l.node.List, starts, l.inner)
	a.loops = a.loops[:len(a.loops)-1]
	for _, st := range popped(frame.breaks, l.depth) {
		l.exits = append(l.exits, a.limits.decide.endTurn(a, l, st))
	}
	out = a.merged(popped(append(out, frame.continues...), l.depth), l.head)
	var over states
	for _, st := range out {
		if i+1 < l.lo || a.isLast(l, st) == knownFalse {
			continue
		}
		for _, s := range a.count(l, a.limits.decide.endTurn(a, l, st), i+1, true) {
			over.add(s)
		}
	}
	l.exits = append(l.exits, over.list...)
	return out
}

// bind sets the dot and the variables of a turn.
func (a *analyzer) bind(l *ranging, st *state, i int) *state {
	index := number{lo: i, hi: i}
	if i > max(l.lo, l.exact-1) && l.hi == noMaximum {
		index = number{lo: l.exact, hi: noMaximum}
	}
	if l.elem != nil {
		index.form, index.base = formIndex, l.elem
	}
	var elem *value
	switch l.list.sort {
	case sortList:
		elem = a.data(l.elem, l.list.typ.Elem())
	case sortOther, sortText, sortStruct, sortBool:
		elem = unknownValue()
	default:
		elem = newNumber(index)
	}
	next := *st
	if decl := l.node.Pipe.Decl; len(decl) > 0 { // the pipeline has set them to the list
		if len(decl) > 1 {
			next.env = a.declare(next.env, decl[0].Ident[0], newNumber(index), true)
		}
		next.env = a.declare(next.env, decl[len(decl)-1].Ident[0], elem, true)
	}
	next.env = a.push(next.env, ".", elem)
	return &next
}

// endTurn drops what is known about the element of a finished turn.
func (a *analyzer) endTurn(l *ranging, st *state) *state {
	next := *st
	next.facts = a.keep(st.facts, func(s subject) bool { return !s.within(l.turn) })
	next.env = a.forget(st.env, l.turn)
	if !l.node.Pipe.IsAssign { // the next turn sets them again
		for _, variable := range l.node.Pipe.Decl {
			next.env = a.declare(next.env, variable.Ident[0], a.dead, true)
		}
	}
	if next.facts == st.facts && next.env == st.env {
		return st
	}
	return &next
}

// forget removes the element of a turn from the variables.
func (a *analyzer) forget(e *env, t turn) *env {
	var above []*env
	changed := -1
	for at := e; at != nil; at = at.parent {
		if at.value.forget(t) != at.value {
			changed = len(above)
		}
		above = append(above, at)
	}
	a.steps += 1 + len(above)/8
	if changed < 0 {
		return e
	}
	out := above[changed].parent
	for i := changed; i >= 0; i-- {
		out = a.push(out, above[i].name, above[i].value.forget(t))
	}
	return out
}

// count learns that the list has at least n elements, or exactly n if over is true.
// Lengths of two or more are not distinguished unless another fact does so.
func (a *analyzer) count(l *ranging, st *state, n int, over bool) []*state {
	var out []*state
	if l.elem == nil {
		out = []*state{st}
	} else {
		const many = 2
		d := domain{kind: kindLen, lo: min(n, many), hi: noMaximum}
		if over && n < many {
			d.hi = n
		}
		out = a.learn(st, subject{path: l.list.path}, d)
	}
	for i, s := range out {
		next := *s
		next.trace = &trace{before: s.trace, turn: &loopTurn{list: l.list.path, turn: l.turn, index: n - btoi(!over), over: over}}
		out[i] = &next
	}
	return out
}

type known uint8

const (
	knownNot known = iota
	knownTrue
	knownFalse
)

// isLast reports whether the turn of a state is known to be the last, or known not to
// be.
func (a *analyzer) isLast(l *ranging, st *state) known {
	if l.elem == nil {
		return knownNot
	}
	d, ok := st.facts.domainOf(subject{path: l.elem, last: true})
	switch {
	case !ok:
		return knownNot
	case d.lo == 1:
		return knownTrue
	}
	return knownFalse
}

// widenedTurn drops knowledge so that the walk of a loop terminates: facts, if nothing
// else is new; otherwise the values of variables that change in every turn. places are
// the states, without their facts, in which turns have begun.
func (a *analyzer) widenedTurn(pipe *parse.PipeNode, in []*state, i int, places map[stateKey]bool) []*state {
	if i > 3*a.limits.Turns && len(in) > 0 { // results so far remain valid
		a.doubt("each iteration of the loop leaves the JSON in a different state", a.spanOf(pipe))
		return nil
	}
	variables := i > 2*a.limits.Turns || slices.ContainsFunc(in, func(st *state) bool { return !places[st.place()] })
	out := make([]*state, 0, len(in))
	for _, st := range in {
		next := *st
		if variables {
			next.env = a.widenedEnv(st.env)
		}
		if !variables || i > 2*a.limits.Turns {
			next.facts = a.noFacts
		}
		out = append(out, &next)
	}
	return out
}

func (a *analyzer) widenedEnv(e *env) *env {
	if e == nil {
		return nil
	}
	a.steps++
	v := e.value
	if e.name != "." && e.name != "$" {
		switch v.sort {
		case sortText:
			if _, ok := v.text(); ok || len(v.parts) > 1 {
				v = widenedText(v)
			}
		case sortNumber:
			v = newNumber(number{lo: noMinimum, hi: noMaximum})
		case sortBool:
			v = newBool(either)
		}
	}
	return a.push(a.widenedEnv(e.parent), e.name, v)
}
