package typecheck

import "text/template/parse"

// Variables maps the uses of variables in a template to their declarations.
type Variables struct {
	// Declared maps each use of a variable to its declaration. It has no entry for $,
	// which is never declared.
	Declared map[*parse.VariableNode]*parse.VariableNode
	// Assigned contains the declarations of variables that are set again, by = or by each
	// iteration of a loop.
	Assigned map[*parse.VariableNode]bool
}

// ResolveVariables resolves the variables of templates by name.
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
