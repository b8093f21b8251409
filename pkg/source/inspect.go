package source

import (
	"reflect"
	"text/template/parse"
)

// Inspect calls visit for a node of a template and for each node below it, in the order
// of the text. When visit returns false, the nodes below that node are skipped.
func Inspect(node parse.Node, visit func(parse.Node) bool) {
	if node == nil || reflect.ValueOf(node).IsNil() || !visit(node) {
		return
	}
	switch node := node.(type) {
	case *parse.ListNode:
		inspectAll(node.Nodes, visit)
	case *parse.ActionNode:
		Inspect(node.Pipe, visit)
	case *parse.IfNode:
		inspectBranch(&node.BranchNode, visit)
	case *parse.WithNode:
		inspectBranch(&node.BranchNode, visit)
	case *parse.RangeNode:
		inspectBranch(&node.BranchNode, visit)
	case *parse.TemplateNode:
		Inspect(node.Pipe, visit)
	case *parse.PipeNode:
		inspectAll(node.Decl, visit)
		inspectAll(node.Cmds, visit)
	case *parse.CommandNode:
		inspectAll(node.Args, visit)
	case *parse.ChainNode:
		Inspect(node.Node, visit)
	}
}

func inspectAll[N parse.Node](nodes []N, visit func(parse.Node) bool) {
	for _, node := range nodes {
		Inspect(node, visit)
	}
}

func inspectBranch(node *parse.BranchNode, visit func(parse.Node) bool) {
	Inspect(node.Pipe, visit)
	Inspect(node.List, visit)
	Inspect(node.ElseList, visit)
}
