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

	parsed  *source.Template
	visited map[visit]bool
}

// visit is an execution of a template; whole says that its dot can be all data.
type visit struct {
	name  string
	whole bool
}

func usageOf(t *source.Template) usage {
	u := usage{named: map[string]bool{}, parsed: t, visited: map[visit]bool{}}
	u.visit(visit{t.Name, true})
	return u
}

func (u usage) of(field string) bool { return u.all || u.named[field] }

func (u *usage) visit(v visit) {
	tree := u.parsed.Trees[v.name]
	if tree == nil || tree.Root == nil || u.visited[v] || u.all {
		return
	}
	u.visited[v] = true
	u.inspect(tree.Root, v.whole, v.whole)
}

// inspect searches a node and those below it; whole says that the dot can be all data,
// and top that $ can.
func (u *usage) inspect(node parse.Node, whole, top bool) {
	source.Inspect(node, func(n parse.Node) bool {
		switch n := n.(type) {
		case *parse.FieldNode:
			u.name(n.Ident)
		case *parse.ChainNode:
			u.name(n.Field)
		case *parse.VariableNode:
			u.name(n.Ident[1:])
			u.all = u.all || top && len(n.Ident) == 1 && n.Ident[0] == "$"
		case *parse.DotNode:
			u.all = u.all || whole
		case *parse.RangeNode, *parse.WithNode:
			return u.branch(source.Branch(n), whole, top)
		case *parse.TemplateNode:
			dot, dollar := passes(n)
			u.visit(visit{n.Name, dot && whole || dollar && top})
			return !dot && !dollar // what the template does with it, its own tree shows
		}
		return !u.all
	})
}

// branch searches a range or with, in whose list the dot is a part of the data. It
// returns false: nothing is left to search.
func (u *usage) branch(n *parse.BranchNode, whole, top bool) bool {
	u.inspect(n.Pipe, whole, top)
	u.inspect(n.List, false, top)
	u.inspect(n.ElseList, whole, top)
	return false
}

func (u *usage) name(names []string) {
	for _, name := range names {
		u.named[name] = true
	}
}

// passes reports whether a template is called with the dot or $ as it is.
func passes(n *parse.TemplateNode) (dot, dollar bool) {
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 1 {
		return false, false
	}
	switch argument := n.Pipe.Cmds[0].Args[0].(type) {
	case *parse.DotNode:
		return true, false
	case *parse.VariableNode:
		return false, len(argument.Ident) == 1 && argument.Ident[0] == "$"
	}
	return false, false
}
