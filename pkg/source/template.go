package source

import "text/template/parse"

// NodeStart returns the byte offset at which a node of a template begins.
//
// parse.Node.Position does not say: for a chain of several parts, such as
// .Application.Name or $x.Name, it gives the offset of the second part.
func NodeStart(node parse.Node) int {
	switch node := node.(type) {
	case *parse.FieldNode:
		return PartStart(node, 0)
	case *parse.VariableNode:
		return PartStart(node, 0)
	case *parse.ChainNode:
		return NodeStart(node.Node)
	case *parse.CommandNode:
		if len(node.Args) > 0 {
			return NodeStart(node.Args[0])
		}
	}
	return int(node.Position())
}

// PartStart returns the byte offset of one part of a chain, counted from 0. The
// parts of .A.B are .A and .B, those of $x.A are $x and .A, those of (...).A.B
// are .A and .B.
func PartStart(node parse.Node, part int) int {
	switch node := node.(type) {
	case *parse.FieldNode:
		start := int(node.Pos)
		if len(node.Ident) > 1 {
			start -= len(".") + len(node.Ident[0])
		}
		for _, name := range node.Ident[:min(part, len(node.Ident))] {
			start += len(".") + len(name)
		}
		return start
	case *parse.VariableNode:
		start := int(node.Pos)
		if len(node.Ident) > 1 {
			start -= len(node.Ident[0])
		}
		for i, name := range node.Ident[:min(part, len(node.Ident))] {
			start += len(name)
			if i > 0 {
				start += len(".")
			}
		}
		return start
	case *parse.ChainNode:
		start := int(node.Pos)
		for _, name := range node.Field[:min(part, len(node.Field))] {
			start += len(".") + len(name)
		}
		return start
	}
	return int(node.Position())
}

// Parts returns the names in a chain; see PartStart. It is nil for other nodes.
func Parts(node parse.Node) []string {
	switch node := node.(type) {
	case *parse.FieldNode:
		return node.Ident
	case *parse.VariableNode:
		return node.Ident
	case *parse.ChainNode:
		return node.Field
	}
	return nil
}

// PartStarts returns the byte offset of each part of a chain; see PartStart. It is
// nil for other nodes.
func PartStarts(node parse.Node) []int {
	var starts []int
	at := PartStart(node, 0)
	for part, name := range Parts(node) {
		starts = append(starts, at)
		at += len(name)
		if _, variable := node.(*parse.VariableNode); !variable || part > 0 {
			at += len(".")
		}
	}
	return starts
}
