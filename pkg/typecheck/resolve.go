package typecheck

import (
	"text/template/parse"
)

// Variables says which variables of a template are meant where.
type Variables struct {
	// Declared has the place where each variable that is used was declared. $ is
	// declared nowhere.
	Declared map[*parse.VariableNode]*parse.VariableNode
	// Assigned has the declarations of variables that are set again, by = or in each turn
	// of a loop.
	Assigned map[*parse.VariableNode]bool
}

// ResolveVariables follows the variables of templates by their names.
func ResolveVariables(trees map[string]*parse.Tree) Variables {
	v := Variables{map[*parse.VariableNode]*parse.VariableNode{}, map[*parse.VariableNode]bool{}}
	for _, tree := range trees {
		s := &scopes{byName: map[string][]*declaration{}, resolved: v.Declared}
		s.list(tree.Root)
		for _, d := range s.declared {
			if len(d.writes) > 0 {
				v.Assigned[d.node] = true
			}
		}
	}
	return v
}
