package jsonflow

import (
	"slices"

	"github.com/hooktool/hooktool/internal/automaton"
)

// state is one possible state of the execution at a place in the template.
type state struct {
	doc   *automaton.Doc
	env   *env
	facts *facts
	trace *trace

	faulty bool // an error on the way makes the rest ambiguous
}

// stateKey identifies a state, regardless of how it was reached.
type stateKey struct {
	doc   *automaton.Doc
	env   *env
	facts *facts
}

func (s *state) key() stateKey { return stateKey{s.doc, s.env, s.facts} }

// place returns a key shared by all states that differ only in their facts.
func (s *state) place() stateKey { return stateKey{doc: s.doc, env: s.env} }

// env holds the variables and the dot, innermost first. Environments are interned
// lists. The dot is the variable named ".".
type env struct {
	parent *env
	name   string
	value  *value
	depth  int
}

type envKey struct {
	parent *env
	name   string
	value  *value
}

func (a *analyzer) push(parent *env, name string, v *value) *env {
	v = a.internValue(v)
	key := envKey{parent, name, v}
	if known, ok := a.envs[key]; ok {
		return known
	}
	e := &env{parent: parent, name: name, value: v, depth: 1}
	if parent != nil {
		e.depth = parent.depth + 1
	}
	a.envs[key] = e
	return e
}

func (a *analyzer) internValue(v *value) *value {
	if v.interned {
		a.steps += len(v.key) / 64
		return v
	}
	if v.num.expr != "" { // only valid within its pipeline
		w := *v
		w.num.expr = ""
		v = w.named()
	}
	a.steps += len(v.key) / 64
	if known, ok := a.values[v.key]; ok {
		return known
	}
	v.interned = true
	a.values[v.key] = v
	return v
}

// find returns the innermost variable with a name, or nil if there is none.
func (a *analyzer) find(e *env, name string) *env {
	for ; e != nil; e = e.parent {
		a.steps++
		if e.name == name {
			return e
		}
	}
	return nil
}

// set returns e with another value for the variable at target.
func (a *analyzer) set(e, target *env, v *value) *env {
	var above []*env
	for ; e != target; e = e.parent {
		a.steps++
		above = append(above, e)
	}
	e = a.push(target.parent, target.name, v)
	for i := len(above) - 1; i >= 0; i-- {
		e = a.push(e, above[i].name, above[i].value)
	}
	return e
}

// pop returns e without the variables declared beyond a depth.
func pop(e *env, depth int) *env {
	for e != nil && e.depth > depth {
		e = e.parent
	}
	return e
}

func depthOf(e *env) int {
	if e == nil {
		return 0
	}
	return e.depth
}

// names is a set of field and variable names, one bit per name. If two names share a
// bit, facts may be kept longer than necessary.
type names uint64

const allNames = ^names(0)

func (a *analyzer) nameBit(name string) names {
	if bit, ok := a.bits[name]; ok {
		return bit
	}
	bit := names(1) << (len(a.bits) % 64)
	a.bits[name] = bit
	return bit
}

// states is a set of states in insertion order.
type states struct {
	list []*state
	seen map[stateKey]bool
}

// fewStates is the number of states below which comparing is faster than hashing.
const fewStates = 24

// add adds the states that are not yet in the set.
func (s *states) add(all ...*state) {
	for _, st := range all {
		if !s.has(st) {
			s.list = append(s.list, st)
		}
	}
}

// has reports whether a state is in the set. It also marks the state as seen, because
// add appends it next.
func (s *states) has(st *state) bool {
	key := st.key()
	if len(s.list) < fewStates {
		return slices.ContainsFunc(s.list, func(old *state) bool { return old.key() == key })
	}
	if s.seen == nil {
		s.seen = make(map[stateKey]bool, 4*fewStates)
		for _, old := range s.list {
			s.seen[old.key()] = true
		}
	}
	known := s.seen[key]
	s.seen[key] = true
	return known
}

// trace records how a state was reached: a list of assumptions, latest first.
type trace struct {
	before  *trace
	subject subject
	domain  domain
	turn    *loopTurn // a turn of a loop began, or the loop ended
	inner   *trace    // the steps in a call whose outcome was already known, back to innerTo
	innerTo *trace
}

// loopTurn requires a list to have at least a number of elements, or exactly that
// number.
type loopTurn struct {
	list  *path
	turn  turn
	index int // the element whose turn begins; the number of elements if the loop is over
	over  bool
}

// span is a range of the template, in byte offsets.
type span struct{ start, end int }
