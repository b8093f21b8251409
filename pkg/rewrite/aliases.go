package rewrite

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// inlineOne replaces one variable by the field or constant that it stands for. The
// variable is declared for the whole template or by a with, and never reassigned.
func inlineOne(t *source.Template) (text string, ok bool) {
	_, sets := variableUses(t.Trees)
	if root := t.Root(); root != nil {
		for _, node := range root.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok || len(action.Pipe.Decl) != 1 || action.Pipe.IsAssign || sets[action.Pipe.Decl[0].Ident[0]] != 1 {
				continue
			}
			if text, ok := inlineAlias(t, root, action); ok {
				return text, true
			}
		}
	}
	for _, name := range t.Names() {
		found := false
		inspect(t.Trees[name].Root, func(n parse.Node) {
			with, isWith := n.(*parse.WithNode)
			if found || !isWith || len(with.Pipe.Decl) != 1 || with.Pipe.IsAssign || sets[with.Pipe.Decl[0].Ident[0]] != 1 {
				return
			}
			text, found = inlineWith(t.Text, with)
		})
		if found {
			return text, true
		}
	}
	return "", false
}

// inlineAlias replaces a variable by the value it was declared with.
func inlineAlias(t *source.Template, root *parse.ListNode, action *parse.ActionNode) (string, bool) {
	name := action.Pipe.Decl[0].Ident[0]
	cmds := action.Pipe.Cmds
	if len(cmds) != 1 || len(cmds[0].Args) != 1 {
		return "", false
	}
	value := cmds[0].Args[0].String()
	switch cmds[0].Args[0].(type) {
	case *parse.FieldNode:
		value = "$" + value
	case *parse.StringNode, *parse.NumberNode, *parse.BoolNode:
	default:
		return "", false
	}
	u := &unroller{text: t.Text}
	start, end := actionSpan(t.Text, int(action.Pos))
	var e edits
	u.remove(&e, start, end, "")
	ok := true
	inspect(root, func(n parse.Node) {
		if v, isVariable := n.(*parse.VariableNode); isVariable && v.Ident[0] == name && int(v.Pos) > end {
			at := source.NodeStart(v)
			ok = ok && (len(v.Ident) == 1 || strings.HasPrefix(value, "$"))
			e.replace(at, at+len(name), value)
		}
	})
	return e.apply(t.Text), ok
}

// inlineWith replaces the variable of a with by the dot.
func inlineWith(text string, with *parse.WithNode) (string, bool) {
	u := &unroller{text: text, value: with.Pipe.Decl[0].Ident[0]}
	var e edits
	e.remove(int(with.Pipe.Pos), operandStart(text, with.Pipe.Cmds[0].Args[0]))
	u.list(&e, with.List, true)
	inspect(with.ElseList, func(n parse.Node) {
		if v, ok := n.(*parse.VariableNode); ok && v.Ident[0] == u.value {
			u.failed = true
		}
	})
	return e.apply(text), !u.failed
}
