package lint

import (
	"slices"
	"text/template/parse"
)

// assumePipe records what follows from a condition being true or false.
func (f *flow) assumePipe(pipe *parse.PipeNode, dot string, holds bool, where int) {
	if len(pipe.Cmds) != 1 || pipe.IsAssign {
		return
	}
	if key := f.opaque(pipe, dot); key != "" {
		f.assumeTruth(key, holds, where)
	}
	command := pipe.Cmds[0]
	if len(command.Args) == 1 {
		f.assume(command.Args[0], dot, holds, where)
		return
	}
	name, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	args := command.Args[1:]
	switch name.Ident {
	case "not":
		f.assume(args[0], dot, !holds, where)
	case "and", "or":
		if holds == (name.Ident == "and") {
			for _, arg := range args {
				f.assume(arg, dot, holds, where)
			}
		}
	case "eq":
		f.assumeEqual(args, dot, holds, where)
	case "ne":
		f.assumeEqual(args, dot, !holds, where)
	}
	if key, truth, ok := f.lengthTest(name.Ident, args, dot); ok {
		f.assumeTruth(key, holds == truth, where)
	}
}

func (f *flow) assume(node parse.Node, dot string, holds bool, where int) {
	if pipe, ok := node.(*parse.PipeNode); ok {
		f.assumePipe(pipe, dot, holds, where)
		return
	}
	if key := f.key(node, dot); key != "" {
		f.assumeTruth(key, holds, where)
	}
}

func (f *flow) assumeTruth(key string, holds bool, where int) {
	f.learn(key, func(known *fact) {
		known.truth, known.where = -1, where
		if holds {
			known.truth = 1
		}
	})
}

func (f *flow) assumeEqual(args []parse.Node, dot string, holds bool, where int) {
	key, values, ok := f.operands(args, dot)
	if !ok {
		return
	}
	f.learn(key, func(known *fact) {
		known.where = where
		if holds {
			known.allowed = values
			if !slices.Contains(values, "") {
				known.truth = 1
			}
		}
	})
	if !holds {
		f.exclude(key, values)
	}
}
