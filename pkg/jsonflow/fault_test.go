package jsonflow

import (
	"github.com/hooktool/hooktool/internal/automaton"
)

// fault is a mistake that is planted into the analysis, to see that executing what
// it calls proved finds mistakes.
type fault uint8

const (
	noFault       fault = iota
	faultElement        // the element of a turn is not forgotten after it
	faultTurns          // loops are walked once
	faultEscaper        // js is taken for an escaper of JSON
	faultCompare        // a condition that is not understood is taken for false
	faultNewline        // line breaks are taken to be repaired in nested strings
	faultShadowed       // := sets the variable outside
)

func (f fault) String() string {
	return [...]string{"none", "element", "turns", "escaper", "compare", "newline", "shadowed"}[f]
}

// planted returns decisions of which one is wrong.
func (f fault) planted() decisions {
	d := usualDecisions()
	switch f {
	case noFault:
	case faultElement:
		d.endTurn = func(_ *analyzer, _ *ranging, st *state) *state { return st }
	case faultTurns:
		d.goesOn = func(int) bool { return false }
	case faultEscaper:
		usual := d.harmless
		d.harmless = func(c class) bool { return c == classJS || usual(c) }
	case faultCompare:
		d.opaque = func(*formula) *formula { return never }
	case faultNewline:
		d.repairs = func(*automaton.Doc) bool { return true }
	case faultShadowed:
		d.declares = func(a *analyzer, e *env, name string, assign bool) bool { return !assign && a.find(e, name) == nil }
	}
	return d
}
