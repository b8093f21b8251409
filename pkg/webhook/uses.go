package webhook

import (
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// UsesCustomField reports whether the output of a template can depend on a custom field:
// it names the field, or uses all of its data at once, as in {{ json . }}. It can be
// wrong only in saying yes.
func UsesCustomField(t *source.Template, key string) bool {
	u := usage{field: FieldName(key)}
	for _, name := range t.Names() {
		u.inspect(t.Trees[name].Root, true)
	}
	return u.found
}

// usage looks for the use of a field.
type usage struct {
	field string
	found bool
}

// inspect searches a node and those below it; whole says that the dot can be all data.
func (u *usage) inspect(node parse.Node, whole bool) {
	source.Inspect(node, func(n parse.Node) bool {
		switch n := n.(type) {
		case *parse.FieldNode:
			u.name(n.Ident)
		case *parse.ChainNode:
			u.name(n.Field)
		case *parse.VariableNode:
			u.name(n.Ident[1:])
			u.found = u.found || len(n.Ident) == 1 && n.Ident[0] == "$"
		case *parse.DotNode:
			u.found = u.found || whole
		case *parse.RangeNode:
			return u.branch(&n.BranchNode, whole)
		case *parse.WithNode:
			return u.branch(&n.BranchNode, whole)
		case *parse.TemplateNode:
			return !passesDot(n) // what it does with the dot, its own tree shows
		}
		return !u.found
	})
}

func (u *usage) name(names []string) { u.found = u.found || slices.Contains(names, u.field) }

// branch searches a range or with, in whose list the dot is a part of the data. It
// returns false: nothing is left to search.
func (u *usage) branch(n *parse.BranchNode, whole bool) bool {
	u.inspect(n.Pipe, whole)
	u.inspect(n.List, false)
	u.inspect(n.ElseList, whole)
	return false
}

// passesDot reports whether a template is called with the dot or $ as it is.
func passesDot(n *parse.TemplateNode) bool {
	if n.Pipe == nil || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch argument := n.Pipe.Cmds[0].Args[0].(type) {
	case *parse.DotNode:
		return true
	case *parse.VariableNode:
		return len(argument.Ident) == 1 && argument.Ident[0] == "$"
	}
	return false
}
