package jsonflow

import (
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// maxIndex is the greatest number up to which the indexes of a loop are exact because
// its body compares them with it. Each costs a walk of the body.
const maxIndex = 8

// exactTurns returns from which turn on the indexes of a loop need not be distinguished:
// 1, or more if the body compares the index with a greater constant.
func (a *analyzer) exactTurns(loop *parse.RangeNode) int {
	if len(loop.Pipe.Decl) < 2 {
		return 1
	}
	if turns, known := a.exact[loop]; known {
		return turns
	}
	turns := 1
	source.Inspect(loop.List, func(node parse.Node) bool {
		if cmd, ok := node.(*parse.CommandNode); ok && isCompared(cmd, loop.Pipe.Decl[0].Ident[0]) {
			for _, arg := range cmd.Args {
				if n, ok := arg.(*parse.NumberNode); ok && n.IsInt && n.Int64 <= maxIndex {
					turns = max(turns, int(n.Int64)+1)
				}
			}
		}
		return true
	})
	a.exact[loop] = turns
	return turns
}

// isCompared reports whether a command compares a variable.
func isCompared(cmd *parse.CommandNode, variable string) bool {
	function, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || !compares(function.Ident) {
		return false
	}
	return slices.ContainsFunc(cmd.Args[1:], func(arg parse.Node) bool {
		v, ok := arg.(*parse.VariableNode)
		return ok && len(v.Ident) == 1 && v.Ident[0] == variable
	})
}
