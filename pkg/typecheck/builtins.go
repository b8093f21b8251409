package typecheck

import (
	"fmt"
	"reflect"
)

// spanOfOperand returns the span of an operand. For an operand that comes through |, it
// is the span of the function's name.
func (c *checker) spanOfOperand(in invocation, op operand) span {
	if op.node == nil {
		return c.spanOf(in.node)
	}
	at := c.spanOf(op.node)
	return span{at.start, c.end(op.node)}
}

// operandFits reports an operand whose types a function does not accept, and returns
// whether all are accepted.
func (c *checker) operandFits(in invocation, op operand, fits func(member) bool, hint string) bool {
	return !c.each(op.value, func(m member) (typeSet, bool) { return m.set, fits(m) }, func(bad typeSet) {
		message := fmt.Sprintf("%s cannot take %s", in.name(), c.universe.describe(bad))
		c.reportUse(BadOperand, op.value, bad, c.spanOfOperand(in, op), message, hint)
	}).unknown()
}

func (c *checker) length(in invocation) {
	c.operandFits(in, in.operands[0], func(m member) bool {
		return m.kind() == reflect.String || m.kind() == reflect.Slice
	}, "only a string or a list has a length")
}

// json checks the operand of json, which fails only for complex numbers.
func (c *checker) json(in invocation) {
	c.operandFits(in, in.operands[0], func(m member) bool {
		return m.kind() != reflect.Complex128
	}, "")
}

func isInteger(m member) bool {
	return m.kind() == reflect.Int || m.kind() == reflect.Uint8
}

// index checks index and returns the type of the element.
func (c *checker) index(in invocation) value {
	item := in.operands[0]
	if len(in.operands) == 1 {
		c.operandFits(in, item, func(m member) bool { return m.typ != nil }, "")
		return item.value.stored()
	}
	for _, op := range in.operands[1:] {
		if c.operandFits(in, op, isInteger, "an index must be a number: index LIST NUMBER") {
			item.value = c.element(in, item)
		} else {
			item.value = value{types: unknown}
		}
	}
	return item.value
}

func (c *checker) element(in invocation, item operand) value {
	return c.each(item.value, func(m member) (typeSet, bool) {
		switch m.kind() {
		case reflect.String:
			return typeFor[uint8](c.universe), true
		case reflect.Slice:
			return c.universe.of(m.typ.Elem()), true
		}
		return 0, false
	}, func(bad typeSet) {
		message := fmt.Sprintf("index cannot take %s", c.universe.describe(bad))
		c.reportUse(BadOperand, item.value, bad, c.spanOfOperand(in, item), message, "only a list or a string has elements: index LIST NUMBER")
	})
}

// slice checks slice, whose result has the type of the sliced string or list.
func (c *checker) slice(in invocation) value {
	const hint = "only a string or a list can be sliced: slice X FROM TO"
	item := in.operands[0]
	ok := c.operandFits(in, item, func(m member) bool {
		return m.kind() == reflect.Slice || m.kind() == reflect.String && len(in.operands) <= 3
	}, hint)
	for _, op := range in.operands[1:] {
		ok = c.operandFits(in, op, isInteger, "bounds must be numbers: slice X FROM TO") && ok
	}
	if !ok {
		return value{types: unknown}
	}
	types := item.types &^ emptyString
	if types != item.types {
		types |= typeFor[string](c.universe)
	}
	return value{types: types}
}
