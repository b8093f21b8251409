package rewrite

import (
	"slices"
	"text/template/parse"
)

// flagState is a variable that distinguishes the first element from the others.
type flagState struct{ initial string }

// holds evaluates a condition on the index or a flag; ok is false for other conditions.
func (u *unroller) holds(pipe *parse.PipeNode) (holds, ok bool) {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return false, false
	}
	args := pipe.Cmds[0].Args
	switch {
	case len(args) == 1:
		return u.truth(args[0])
	case len(args) == 2 && calls(pipe.Cmds[0], "not"):
		holds, ok = u.truth(args[1])
		return !holds, ok
	case len(args) == 3:
		return u.compared(args)
	}
	return false, false
}

// truth evaluates a variable or a parenthesized condition.
func (u *unroller) truth(node parse.Node) (holds, ok bool) {
	switch node := node.(type) {
	case *parse.PipeNode:
		return u.holds(node)
	case *parse.VariableNode:
		if len(node.Ident) > 1 {
			return false, false
		}
		if node.Ident[0] == u.index && u.index != "" {
			return !u.first, true
		}
		value, isFlag := u.env[node.Ident[0]]
		return value != "false" && value != "0" && value != `""`, isFlag
	}
	return false, false
}

// compared evaluates a comparison of the index with 0 or 1.
func (u *unroller) compared(args []parse.Node) (holds, ok bool) {
	function, isName := args[0].(*parse.IdentifierNode)
	variable, isVariable := args[1].(*parse.VariableNode)
	if !isName || !isVariable || variable.Ident[0] != u.index || u.index == "" {
		return false, false
	}
	switch function.Ident + " " + args[2].String() {
	case "gt 0", "ne 0", "ge 1":
		return !u.first, true
	case "eq 0", "lt 1", "le 0":
		return u.first, true
	}
	return false, false
}

// findFlags finds the variables that only this loop reads and sets. They are declared
// with a constant in the list that contains the loop. It reports whether the loop sets
// no other variable.
func (u *unroller) findFlags() bool {
	u.flags = map[string]flagState{}
	set := map[string]bool{}
	inspect(u.loop.List, func(n parse.Node) {
		if pipe, ok := n.(*parse.PipeNode); ok && pipe.IsAssign {
			for _, v := range pipe.Decl {
				set[v.Ident[0]] = true
			}
		}
	})
	around := u.around(u.root)
	for name := range set {
		if around == nil {
			return false
		}
		declared := 0
		for _, node := range around.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok || len(action.Pipe.Decl) != 1 || action.Pipe.Decl[0].Ident[0] != name {
				continue
			}
			value, constant := constantOf(action.Pipe)
			if declared++; !constant || action.Pipe.IsAssign || action.Pos > u.loop.Pos {
				return false
			}
			u.flags[name] = flagState{value}
			start, end := actionSpan(u.text, int(action.Pos))
			u.remove(&u.outside, start, end, "")
		}
		if declared != 1 || uses(u.trees, name) != 1+uses(treesByName{"": {Root: u.loop.List}}, name) {
			return false
		}
	}
	return true
}

// around returns the list that directly contains the loop.
func (u *unroller) around(root *parse.ListNode) (found *parse.ListNode) {
	inspect(root, func(n parse.Node) {
		if list, ok := n.(*parse.ListNode); ok && slices.Contains(list.Nodes, parse.Node(u.loop)) {
			found = list
		}
	})
	return found
}

// constantOf returns, as written, the constant that a pipeline consists of.
func constantOf(pipe *parse.PipeNode) (value string, ok bool) {
	if !isConstant(pipe) {
		return "", false
	}
	return pipe.Cmds[0].Args[0].String(), true
}

// unquoted returns what a constant prints.
func unquoted(constant string) string {
	node, err := parse.New("").Parse("{{ "+constant+" }}", "", "", map[string]*parse.Tree{})
	if err != nil {
		return constant
	}
	if text, ok := node.Root.Nodes[0].(*parse.ActionNode).Pipe.Cmds[0].Args[0].(*parse.StringNode); ok {
		return text.Text
	}
	return constant
}
