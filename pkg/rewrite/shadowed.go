package rewrite

import (
	"strings"
	"text/template/parse"
)

// repairShadowed finds separator variables that are redeclared where they should be
// assigned: a declaration in a loop is lost at the end of the loop body.
func (f *fixer) repairShadowed(e *edits) {
	separators := separatorVariables(f.trees)
	for _, tree := range f.trees {
		if tree.Root == nil {
			continue
		}
		declared := map[string]bool{} // so far, outside loops
		for _, node := range tree.Root.Nodes {
			if len(declared) > 0 {
				f.assignInstead(e, node, declared)
			}
			if action, ok := node.(*parse.ActionNode); ok && len(action.Pipe.Decl) == 1 && separators[action.Pipe.Decl[0].Ident[0]] {
				declared[action.Pipe.Decl[0].Ident[0]] = true
			}
		}
	}
}

// assignInstead turns redeclarations of variables below a node into assignments.
func (f *fixer) assignInstead(e *edits, node parse.Node, declared map[string]bool) {
	list := &parse.ListNode{Nodes: []parse.Node{node}}
	inspect(list, func(n parse.Node) {
		action, ok := n.(*parse.ActionNode)
		if !ok || n == node || action.Pipe.IsAssign || len(action.Pipe.Decl) != 1 || !declared[action.Pipe.Decl[0].Ident[0]] {
			return
		}
		_, end := actionSpan(f.text, int(action.Pos))
		if at := strings.Index(f.text[action.Pos:end], ":="); at >= 0 {
			e.remove(int(action.Pos)+at, int(action.Pos)+at+1)
		}
	})
}
