package webhook

import (
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// UsesCustomField reports whether the output of a template can depend on a custom field:
// it names the field, or uses all of its data at once, as in {{ json . }}. It can be
// wrong only in saying yes.
func UsesCustomField(t *source.Template, key string) bool {
	return usageOf(t).of(FieldName(key))
}

// usage is which fields of an event a template can use, at least: those that it names,
// or all of them.
type usage struct {
	named map[string]bool
	all   bool
}

func usageOf(t *source.Template) usage {
	u := usage{named: map[string]bool{}}
	for _, name := range t.Names() {
		u.inspect(t.Trees[name].Root, true)
	}
	return u
}

func (u usage) of(field string) bool { return u.all || u.named[field] }

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
			u.all = u.all || len(n.Ident) == 1 && n.Ident[0] == "$"
		case *parse.DotNode:
			u.all = u.all || whole
		case *parse.RangeNode:
			return u.branch(&n.BranchNode, whole)
		case *parse.WithNode:
			return u.branch(&n.BranchNode, whole)
		case *parse.TemplateNode:
			return !passesDot(n) // what it does with the dot, its own tree shows
		}
		return !u.all
	})
}

func (u *usage) name(names []string) {
	for _, name := range names {
		u.named[name] = true
	}
}

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
