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
	case *parse.IfNode, *parse.WithNode, *parse.RangeNode:
		branch := Branch(node)
		Inspect(branch.Pipe, visit)
		Inspect(branch.List, visit)
		Inspect(branch.ElseList, visit)
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

// Branch returns what an if, a with and a range have in common, and nil for any other
// node.
func Branch(node parse.Node) *parse.BranchNode {
	switch node := node.(type) {
	case *parse.IfNode:
		return &node.BranchNode
	case *parse.WithNode:
		return &node.BranchNode
	case *parse.RangeNode:
		return &node.BranchNode
	}
	return nil
}

// Pipe returns the pipeline of an action, a branch or a call, and nil for any other node.
func Pipe(node parse.Node) *parse.PipeNode {
	switch node := node.(type) {
	case *parse.ActionNode:
		return node.Pipe
	case *parse.TemplateNode:
		return node.Pipe
	}
	if branch := Branch(node); branch != nil {
		return branch.Pipe
	}
	return nil
}
