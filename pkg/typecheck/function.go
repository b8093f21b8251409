package typecheck

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
	"unicode"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/source"
)

// operand is one argument of a function: its node and its value.
type operand struct {
	node parse.Node // nil for what comes through |
	value
}

// invocation is a function call. The value that comes through | is the last operand.
type invocation struct {
	node     *parse.IdentifierNode
	at       span // the whole command
	operands []operand
	argument bool // it stands among the arguments of another
}

func (in invocation) name() string { return in.node.Ident }

// arity is the number of arguments that a function accepts. most is -1 if there is no
// limit.
type arity struct{ least, most int }

// arityOf returns the arity of json and of the functions of text/template. eq accepts a
// single argument but then always fails.
func arityOf(name string) (arity, bool) {
	switch name {
	case "json", "not", "len":
		return arity{1, 1}, true
	case "ne", "lt", "le", "gt", "ge":
		return arity{2, 2}, true
	case "eq":
		return arity{2, -1}, true
	case "slice":
		return arity{1, 4}, true
	case "and", "or", "index", "printf", "call":
		return arity{1, -1}, true
	case "print", "println", "html", "js", "urlquery":
		return arity{0, -1}, true
	}
	return arity{}, false
}

// function evaluates a function call.
func (c *checker) function(dot value, node *parse.IdentifierNode, args []parse.Node, final *value) value {
	in := invocation{node: node, at: c.spanOf(node), argument: len(args) == 0}
	if len(args) > 1 {
		in.at.end = c.argumentEnd(args[len(args)-1])
		args = args[1:]
	} else {
		args = nil
	}
	takes, ok := arityOf(in.name())
	if in.name() == "and" || in.name() == "or" {
		c.surveyLogic(in, args)
		return c.logic(dot, in, args, final)
	}
	for _, arg := range args {
		if _, bare := arg.(*parse.IdentifierNode); bare && (!ok || takes.most > 0 && len(args) > takes.most) {
			in.operands = append(in.operands, operand{arg, value{types: unknown}})
			continue // as in {{ not eq .X 1 }}, which lacks parentheses
		}
		in.operands = append(in.operands, operand{arg, c.argument(dot, arg)})
	}
	if final != nil {
		in.operands = append(in.operands, operand{nil, *final})
	}
	c.surveyCall(in)
	switch {
	case !ok:
		c.unknownFunction(dot, in)
		return value{types: unknown}
	case !c.countFits(in, takes, len(in.operands)):
		if c.touchesField(in) {
			return value{types: unknown}
		}
		return c.result(in)
	}
	return c.apply(in)
}

// result returns the result type of a function that was called incorrectly, if that
// type does not depend on the arguments.
func (c *checker) result(in invocation) value {
	switch in.name() {
	case "len":
		return value{types: typeFor[int](c.universe)}
	case "not", "eq", "ne", "lt", "le", "gt", "ge":
		return value{types: typeFor[bool](c.universe)}
	case "json", "print", "println", "printf", "html", "js", "urlquery":
		return value{types: typeFor[string](c.universe)}
	}
	return value{types: unknown}
}

// apply checks the operands of a function and returns its result.
func (c *checker) apply(in invocation) value {
	switch in.name() {
	case "eq", "ne":
		c.equality(in)
	case "lt", "le", "gt", "ge":
		c.ordering(in)
	case "len":
		c.length(in)
	case "index":
		return c.index(in)
	case "slice":
		return c.slice(in)
	case "printf":
		c.printf(in)
	case "json":
		c.json(in)
	case "call":
		c.report(BadCall, in.at, "call needs a function, but an event contains none", "")
	}
	return c.result(in)
}

// countFits reports a wrong number of arguments.
func (c *checker) countFits(in invocation, takes arity, got int) bool {
	if got >= takes.least && (takes.most < 0 || got <= takes.most) {
		return true
	}
	want := fmt.Sprint(takes.least)
	switch {
	case takes.most < 0:
		want = fmt.Sprintf("at least %d", takes.least)
	case takes.most > takes.least:
		want = fmt.Sprintf("%d to %d", takes.least, takes.most)
	}
	noun := "arguments"
	if want == "1" || want == "at least 1" {
		noun = "argument"
	}
	c.report(BadCall, in.at, fmt.Sprintf("%s takes %s %s, not %d", in.name(), want, noun, got), c.countHint(in, takes, got))
	return false
}

func (c *checker) countHint(in invocation, takes arity, got int) string {
	switch after := int(in.node.Pos) + len(in.name()); {
	case got == 0 && c.touchesField(in):
		return fmt.Sprintf("a function and a field need a space between them: %s .%s", in.name(), firstWord(c.text[after+1:]))
	case got == 0 && !in.argument:
		return "write its argument after it: " + in.name() + " " + foreign.SomeField(c.kind)
	case got == 0:
		return fmt.Sprintf("put parentheses around %s and its arguments: (%s …)", in.name(), in.name())
	case in.name() == "not" && got > 1, in.name() == "len" && got > 1, in.name() == "json" && got > 1:
		return fmt.Sprintf("put parentheses around the argument: %s (…)", in.name())
	case in.name() == "ne" && got > takes.most:
		return "only eq compares with several values: not (eq X A B)"
	case got == 1 && takes.least == 2:
		return c.comparisonHint(in)
	}
	return ""
}

// comparisonHint says what a comparison of a single value lacks, with one of the texts
// that the value can have, if they are known.
func (c *checker) comparisonHint(in invocation) string {
	const hint = "write what to compare with after it"
	only := in.operands[0]
	if only.domain == nil || len(only.domain.values) == 0 || in.name() != "eq" && in.name() != "ne" {
		return hint
	}
	example := fmt.Sprintf("%s %q", in.name(), only.domain.values[0])
	if only.node != nil {
		example = fmt.Sprintf("%s %s %q", in.name(), only.node, only.domain.values[0])
	}
	return hint + ": " + example
}

// touchesField reports whether a field directly follows the name of a function, as in
// json.Summary.
func (c *checker) touchesField(in invocation) bool {
	after := int(in.node.Pos) + len(in.name())
	return after < len(c.text) && c.text[after] == '.'
}

// firstWord returns the letters and digits at the beginning of a text.
func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return r != '_' && r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		return text
	}
	return text[:end]
}

// unknownFunction reports a function that Coroot does not have.
func (c *checker) unknownFunction(dot value, in invocation) {
	name := in.name()
	hint := foreign.Function(c.kind, name, c.prefix(dot))
	c.report(UnknownFunction, c.spanOf(in.node), fmt.Sprintf("there is no function %s", name), hint)
}

// checkFunctions reports functions that Coroot does not have where no value is evaluated,
// such as in a template that is never called: text/template parses no such template. A
// command that has a problem before the function is left out, because the function is
// often a part of it, as in {{ .Sumary is defined }}.
func (c *checker) checkFunctions() {
	starts := make([]int, 0, len(c.problems))
	for _, p := range c.problems {
		starts = append(starts, p.Start)
	}
	slices.Sort(starts)
	for _, tree := range c.trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			command, ok := node.(*parse.CommandNode)
			if !ok {
				return true
			}
			for _, arg := range command.Args {
				name, ok := arg.(*parse.IdentifierNode)
				if _, known := arityOf(nameOf(name)); !ok || known {
					continue
				}
				first, _ := slices.BinarySearch(starts, int(command.Pos))
				if first == len(starts) || starts[first] > int(name.Pos) {
					c.unknownFunction(value{types: c.dot}, invocation{node: name})
					break
				}
			}
			return true
		})
	}
}

// logic evaluates and and or. Every argument after the first may be skipped and is
// reached only if the preceding ones did not decide the result.
func (c *checker) logic(dot value, in invocation, args []parse.Node, final *value) value {
	count := len(args)
	if final != nil {
		count++
	}
	if !c.countFits(in, arity{1, -1}, count) {
		for _, arg := range args {
			c.argument(dot, arg)
		}
		return value{types: unknown}
	}
	return c.shortCircuit(dot, in.name() == "and", args, final)
}

func (c *checker) shortCircuit(dot value, and bool, args []parse.Node, final *value) value {
	if len(args) == 0 {
		return *final
	}
	val := c.argument(dot, args[0])
	if len(args) == 1 && final == nil {
		return val
	}
	var rest value
	height := c.vars.height()
	var declared []variable
	evaluated := c.vars.branch(func() {
		c.assumeArgument(args[0], and)
		rest = c.shortCircuit(dot, and, args[1:], final)
		declared = slices.Clone(c.vars.stack[height:])
	})
	if c.vars.dead {
		return c.either(val, rest, and)
	}
	c.vars.merge(evaluated, outcome{})
	if evaluated == nil {
		return val
	}
	for _, variable := range declared {
		variable.maybe = true
		c.vars.declare(variable)
	}
	return c.either(val, rest, and)
}

// either returns the value of and or or: the first argument if it decides the result,
// otherwise the value of the rest.
func (c *checker) either(first, rest value, and bool) value {
	if first.unknown() {
		return value{types: unknown}
	}
	first.variable = ""
	if and {
		first.types = c.universe.whenFalse(first.types)
		if first.always {
			first.types = 0
		}
	} else {
		if first.always || c.universe.whenFalse(first.types) == 0 {
			return first
		}
		first.types = c.universe.whenTrue(first.types)
	}
	if first.types == 0 {
		return rest
	}
	return join(first, rest)
}
