package typecheck

import (
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// assume narrows the types of variables where a condition is known to be true or false:
// after {{ if $x }}, the variable is not an empty literal.
func (c *checker) assume(pipe *parse.PipeNode, holds bool) {
	for _, variable := range pipe.Decl {
		c.narrow(variable, holds)
	}
	if len(pipe.Decl) == 0 && len(pipe.Cmds) == 1 && !assigns(pipe) {
		c.assumeCommand(pipe.Cmds[0], holds)
	}
}

// assigns reports whether a pipeline sets a variable. If so, its value may differ from
// what the condition tested.
func assigns(pipe *parse.PipeNode) bool {
	found := false
	source.Inspect(pipe, func(node parse.Node) bool {
		if inner, ok := node.(*parse.PipeNode); ok && len(inner.Decl) > 0 {
			found = true
		}
		return !found
	})
	return found
}

func (c *checker) assumeCommand(command *parse.CommandNode, holds bool) {
	if len(command.Args) == 1 {
		c.assumeArgument(command.Args[0], holds)
		return
	}
	function, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	switch {
	case function.Ident == "not" && len(command.Args) == 2:
		c.assumeArgument(command.Args[1], !holds)
	case function.Ident == "and" && holds, function.Ident == "or" && !holds:
		for _, argument := range command.Args[1:] {
			c.assumeArgument(argument, holds)
		}
	}
}

func (c *checker) assumeArgument(argument parse.Node, holds bool) {
	switch argument := argument.(type) {
	case *parse.VariableNode:
		c.narrow(argument, holds)
	case *parse.PipeNode:
		c.assume(argument, holds)
	}
}

// narrow restricts a variable to the types that are true or false. If there are none,
// the code is unreachable, and the variable's type is unknown there.
func (c *checker) narrow(variable *parse.VariableNode, holds bool) {
	at := c.vars.find(variable.Ident[0])
	if at < 0 || len(variable.Ident) != 1 {
		return
	}
	val := c.vars.stack[at].value
	types := c.universe.whenFalse(val.types)
	if holds {
		types = c.universe.whenTrue(val.types)
	}
	if types == 0 {
		types, c.vars.dead = unknown, true
	}
	if types != val.types {
		val.types = types
		c.vars.set(at, val)
	}
}
