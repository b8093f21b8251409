package jsonflow

import "github.com/hooktool/hooktool/internal/automaton"

// fault is a mistake injected into the analysis, to check that executing the templates
// it calls proved reveals the mistake.
type fault uint8

const (
	noFault       fault = iota
	faultElement        // the element of a turn is not forgotten after the turn
	faultTurns          // loops are walked only once
	faultEscaper        // js is treated as a JSON escaper
	faultCompare        // an opaque condition is treated as false
	faultNewline        // line breaks in nested strings are treated as repaired
	faultShadowed       // := sets the outer variable
)

func (f fault) String() string {
	return [...]string{"none", "element", "turns", "escaper", "compare", "newline", "shadowed"}[f]
}

// planted returns the decisions with the fault injected.
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
