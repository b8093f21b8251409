package typecheck

import (
	"fmt"
	"reflect"
)

// basic is the kind of a value as eq and lt distinguish it. The zero basic is for
// everything else: lists, structs and no value.
type basic int

const (
	notBasic basic = iota
	basicBool
	basicInt
	basicFloat
	basicComplex
	basicString
)

// basicOf returns the basic kind of a type. Numbers and bytes are comparable with each
// other.
func basicOf(m member) basic {
	switch m.kind() {
	case reflect.Bool:
		return basicBool
	case reflect.Int, reflect.Uint8:
		return basicInt
	case reflect.Float64:
		return basicFloat
	case reflect.Complex128:
		return basicComplex
	case reflect.String:
		return basicString
	}
	return notBasic
}

// equality checks eq and ne, which compare each operand with the first.
func (c *checker) equality(in invocation) {
	first := in.operands[0]
	for _, op := range in.operands[1:] {
		if c.comparable(in, first, op, c.equal) {
			c.impossibleEither(in, first, op)
		} else {
			return // the remaining operands fail for the same reason
		}
	}
}

func (c *checker) impossibleEither(in invocation, a, b operand) {
	if b.node != nil {
		c.impossible(in, a.value, b.value, b.node)
	}
	if a.node != nil {
		c.impossible(in, b.value, a.value, a.node)
	}
}

// equal returns why eq rejects two types, or "" if it accepts them. It follows funcs.go
// in text/template, where nil is comparable with everything.
func (c *checker) equal(a, b member) (reason, hint string) {
	if a.typ == nil || b.typ == nil {
		return "", ""
	}
	if basicOf(a) != basicOf(b) {
		return c.incompatible(a, b)
	}
	if basicOf(a) != notBasic {
		return "", ""
	}
	if a.kind() != b.kind() {
		return c.incompatible(a, b)
	}
	if !b.typ.Comparable() {
		hint := ""
		if b.kind() == reflect.Slice {
			hint = "to test for an empty list, write {{ if not … }}; to compare lengths, use len"
		}
		return fmt.Sprintf("%s cannot be compared", c.universe.describe(b.set)), hint
	}
	return "", ""
}

func (c *checker) incompatible(a, b member) (reason, hint string) {
	hint = ""
	number := func(m member) bool { return basicOf(m) == basicInt || basicOf(m) == basicFloat }
	switch {
	case a.kind() == reflect.Slice && number(b), b.kind() == reflect.Slice && number(a):
		hint = "to compare the number of elements, use len"
	case a.kind() == reflect.String && number(b):
		hint = "write the number in quotes"
	case a.kind() == reflect.String && b.kind() == reflect.Struct, b.kind() == reflect.String && a.kind() == reflect.Struct:
		hint = "compare with a field, such as .Application.Name, or with .Application.String"
	case a.kind() == reflect.Bool || b.kind() == reflect.Bool:
		hint = "do not compare with true or false: write {{ if X }} or {{ if not X }}"
	}
	return fmt.Sprintf("%s and %s cannot be compared", c.universe.describe(a.set), c.universe.describe(b.set)), hint
}

// ordering checks lt, le, gt and ge.
func (c *checker) ordering(in invocation) {
	c.comparable(in, in.operands[0], in.operands[1], c.ordered)
}

func (c *checker) ordered(a, b member) (reason, hint string) {
	for _, m := range []member{a, b} {
		if kind := basicOf(m); kind != basicInt && kind != basicFloat && kind != basicString {
			if m.kind() == reflect.Slice {
				hint = "to compare the number of elements, use len"
			}
			return fmt.Sprintf("%s cannot be ordered", c.universe.describe(m.set)), hint
		}
	}
	if basicOf(a) != basicOf(b) {
		return c.incompatible(a, b)
	}
	return "", ""
}

// comparable reports whether two operands can be compared, and adds a problem if any of
// their types cannot.
func (c *checker) comparable(in invocation, a, b operand, check func(a, b member) (reason, hint string)) bool {
	if a.unknown() || b.unknown() {
		return true
	}
	var bad, good int
	var message, hint string
	for _, x := range c.universe.members(a.types) {
		for _, y := range c.universe.members(b.types) {
			reason, advice := check(x, y)
			if reason == "" {
				good++
				continue
			}
			if bad++; bad == 1 {
				message, hint = fmt.Sprintf("%s fails: %s", in.name(), reason), advice
			}
		}
	}
	if bad == 0 {
		return true
	}
	rule := BadComparison
	if good > 0 && (a.variable != "" || b.variable != "") {
		rule = VariableTypeChange
	}
	c.report(rule, in.at, message, hint)
	return false
}
