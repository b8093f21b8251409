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
	for _, child := range children(node) {
		Inspect(child, visit)
	}
}

func children(node parse.Node) []parse.Node {
	switch node := node.(type) {
	case *parse.ListNode:
		return node.Nodes
	case *parse.ActionNode:
		return []parse.Node{node.Pipe}
	case *parse.IfNode:
		return branch(&node.BranchNode)
	case *parse.WithNode:
		return branch(&node.BranchNode)
	case *parse.RangeNode:
		return branch(&node.BranchNode)
	case *parse.TemplateNode:
		if node.Pipe != nil {
			return []parse.Node{node.Pipe}
		}
	case *parse.PipeNode:
		nodes := make([]parse.Node, 0, len(node.Decl)+len(node.Cmds))
		for _, variable := range node.Decl {
			nodes = append(nodes, variable)
		}
		for _, command := range node.Cmds {
			nodes = append(nodes, command)
		}
		return nodes
	case *parse.CommandNode:
		return node.Args
	case *parse.ChainNode:
		return []parse.Node{node.Node}
	}
	return nil
}

func branch(node *parse.BranchNode) []parse.Node {
	nodes := []parse.Node{node.Pipe, node.List}
	if node.ElseList != nil {
		nodes = append(nodes, node.ElseList)
	}
	return nodes
}
