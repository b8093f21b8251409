package typecheck

import (
	"fmt"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// pipeline evaluates a pipeline and sets its variables. As in text/template, variables
// that it declares are visible until the enclosing block ends.
func (c *checker) pipeline(dot value, pipe *parse.PipeNode) value {
	if pipe == nil {
		return value{types: noValue}
	}
	if c.survey != nil {
		c.survey.pipeline(c.spanOf(pipe), dot, &c.vars)
	}
	var last *value
	for _, command := range pipe.Cmds {
		val := c.command(dot, command, last)
		last = &val
	}
	if last == nil {
		return value{types: unknown}
	}
	for _, variable := range pipe.Decl {
		c.survey.declared(c.partSpan(variable, 0), variable.Ident[0], *last)
		if pipe.IsAssign {
			c.assign(variable, *last)
		} else {
			c.vars.push(variable.Ident[0], *last)
		}
	}
	return *last
}

func (c *checker) assign(variable *parse.VariableNode, val value) {
	name := variable.Ident[0]
	at := c.vars.find(name)
	if at >= 0 && !c.vars.stack[at].maybe {
		c.vars.set(at, val)
		return
	}
	if !c.undeclared[name] {
		c.undeclared[name] = true
		c.report(UndeclaredAssignment, c.spanOf(variable), fmt.Sprintf("variable %s is assigned but not declared here", name),
			fmt.Sprintf("declare it first: {{ %s := … }}", name))
	}
	if at < 0 {
		c.vars.push(name, value{types: unknown})
	}
}

// command evaluates one stage of a pipeline. final is the value of the previous stage,
// or nil in the first one.
func (c *checker) command(dot value, command *parse.CommandNode, final *value) value {
	args := command.Args
	switch first := args[0].(type) {
	case *parse.FieldNode:
		return c.chain(dot, dot, chain{first, first.Ident, 0}, args, final)
	case *parse.ChainNode:
		return c.chain(dot, c.argument(dot, first.Node), chain{first, first.Field, 0}, args, final)
	case *parse.IdentifierNode:
		return c.function(dot, first, args, final)
	case *parse.VariableNode:
		val := c.variable(first)
		if len(first.Ident) > 1 {
			return c.chain(dot, val, chain{first, first.Ident[1:], 1}, args, final)
		}
		return c.noArguments(dot, args, final, val)
	case *parse.NilNode:
		c.report(BadCall, c.spanOf(first), "nil is not a command", "nil can only be an argument; to test for an empty value, write {{ if not .Status }}")
		return value{types: unknown}
	}
	return c.noArguments(dot, args, final, c.argument(dot, args[0]))
}

// noArguments reports arguments to something that is not a function.
func (c *checker) noArguments(dot value, args []parse.Node, final *value, val value) value {
	for _, arg := range args[1:] {
		c.argument(dot, arg)
	}
	if len(args) == 1 && final == nil {
		return val
	}
	at := span{c.spanOf(args[0]).start, c.argumentEnd(args[len(args)-1])}
	what := c.whole(args[0])
	hint := ""
	if final != nil {
		hint = "a function must follow |"
	} else if function, ok := args[1].(*parse.IdentifierNode); ok && len(args) == 3 {
		hint = "a function comes before its arguments: write " + function.Ident + " " + what + " " + c.whole(args[2])
	}
	c.report(BadCall, at, fmt.Sprintf("%s is not a function and takes no arguments", shorten(what)), hint)
	return value{types: unknown}
}

// whole returns the source text of an argument, with its parentheses.
func (c *checker) whole(node parse.Node) string {
	if _, ok := node.(*parse.PipeNode); ok {
		return "(" + c.source(node) + ")"
	}
	return c.source(node)
}

// shorten keeps a message on one line.
func shorten(text string) string { return words.Line(text, 40) }

// argument evaluates an argument.
func (c *checker) argument(dot value, node parse.Node) value {
	switch node := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.NilNode:
		return value{types: noValue}
	case *parse.FieldNode:
		return c.chain(dot, dot, chain{node, node.Ident, 0}, nil, nil)
	case *parse.VariableNode:
		val := c.variable(node)
		if len(node.Ident) > 1 {
			return c.chain(dot, val, chain{node, node.Ident[1:], 1}, nil, nil)
		}
		return val
	case *parse.PipeNode:
		return c.pipeline(dot, node)
	case *parse.IdentifierNode:
		return c.function(dot, node, nil, nil)
	case *parse.ChainNode:
		return c.chain(dot, c.argument(dot, node.Node), chain{node, node.Field, 0}, nil, nil)
	}
	return c.literal(node)
}

// variable returns the value of the variable that a node starts with.
func (c *checker) variable(node *parse.VariableNode) value {
	name := node.Ident[0]
	at := c.vars.find(name)
	if at >= 0 && !c.vars.stack[at].maybe {
		val := c.vars.stack[at].value
		c.survey.part(c.partSpan(node, 0), name, 0, val)
		val.variable = name
		return val
	}
	if !c.undeclared[name] {
		c.undeclared[name] = true
		c.report(UndeclaredAssignment, c.partSpan(node, 0), fmt.Sprintf("variable %s is not declared here", name),
			"it is declared in another branch; declare it before the branches")
	}
	return value{types: unknown}
}

// literal evaluates a constant. The type of a number depends on how it is written, as
// in idealConstant in exec.go.
func (c *checker) literal(node parse.Node) value {
	switch node := node.(type) {
	case *parse.BoolNode:
		if node.True {
			return value{types: typeFor[bool](c.universe), always: true}
		}
		return value{types: falseBool}
	case *parse.StringNode:
		if node.Text == "" {
			return value{types: emptyString, literal: true}
		}
		return value{types: typeFor[string](c.universe), literal: true, text: node.Text, always: true}
	case *parse.NumberNode:
		return c.number(node)
	}
	return value{types: unknown}
}

func (c *checker) number(node *parse.NumberNode) value {
	isRune := strings.HasPrefix(node.Text, "'")
	isHex := len(node.Text) > 2 && node.Text[0] == '0' && (node.Text[1] == 'x' || node.Text[1] == 'X') &&
		!strings.ContainsAny(node.Text, "pP")
	switch {
	case node.IsComplex:
		return value{types: typeFor[complex128](c.universe), always: node.Complex128 != 0}
	case node.IsFloat && !isHex && !isRune && strings.ContainsAny(node.Text, ".eEpP"):
		return value{types: typeFor[float64](c.universe), always: node.Float64 != 0}
	case node.IsInt && node.Int64 == 0:
		return value{types: zeroInt}
	case node.IsInt:
		return value{types: typeFor[int](c.universe), always: true}
	}
	start := source.NodeStart(node)
	c.report(BadOperand, span{start, start + len(node.Text)}, fmt.Sprintf("the number %s is too large", node.Text),
		"the largest is 9223372036854775807")
	return value{types: unknown}
}
