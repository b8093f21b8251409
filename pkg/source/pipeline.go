package source

import "strings"

// Operand returns the field or variable that a pipeline gives to the last of some calls,
// if it does nothing but these, one after the other: .X of both json .X and .X | json,
// for json. A call is the name of a function with what may precede the operand, such as
// printf "%q". It is empty for any other pipeline.
func Operand(pipeline string, calls ...string) string {
	steps := strings.Split(pipeline, "|")
	for i := range steps {
		steps[i] = strings.Join(strings.Fields(steps[i]), " ")
	}
	first, rest := steps[0], steps[1:]
	if len(calls) == 0 || len(rest) != len(calls) && len(rest) != len(calls)-1 {
		return ""
	}
	if len(rest) < len(calls) {
		operand, ok := strings.CutPrefix(first, calls[0]+" ")
		if !ok {
			return ""
		}
		first, calls = operand, calls[1:]
	}
	for i, call := range calls {
		if rest[i] != call {
			return ""
		}
	}
	if !isPath(first) {
		return ""
	}
	return first
}

// isPath reports whether a text is a field or a variable, or a field of one.
func isPath(text string) bool {
	if text == "" || text[0] != '.' && text[0] != '$' {
		return false
	}
	for i := range len(text) {
		c := text[i]
		if c != '.' && c != '_' && (c != '$' || i > 0) && (c < '0' || '9' < c) && (c < 'a' || 'z' < c) && (c < 'A' || 'Z' < c) {
			return false
		}
	}
	return true
}
