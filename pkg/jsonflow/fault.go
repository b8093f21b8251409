package jsonflow

// fault is a mistake that tests plant into the analysis, to see that executing
// what it calls proved finds mistakes.
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
