package jsonflow

import "text/template/parse"

// A fact matters as long as the template can still test it, which is decided by name. A
// fact about .Status matters while the name Status is still mentioned after this place,
// as .Status, as $.Status, or through a variable or dot derived from it. Therefore, a
// variable counts as a mention of all names in anything assigned to it, and the names
// in the pipeline of a range, with or template count throughout its body.

// mentioned returns the names mentioned by a node and its descendants. It remembers
// those of lists and pipelines, for which it is called again and again.
func (a *analyzer) mentioned(node parse.Node) names {
	switch node.(type) {
	case *parse.ListNode, *parse.PipeNode:
	default:
		return a.mentionedIn(node)
	}
	known, ok := a.mentions[node]
	if !ok {
		known = a.mentionedIn(node)
		a.mentions[node] = known
	}
	return known
}

// mentionedIn computes the result of mentioned.
func (a *analyzer) mentionedIn(node parse.Node) names {
	var m names
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return 0
		}
		for _, child := range node.Nodes {
			m |= a.mentioned(child)
		}
	case *parse.ActionNode:
		return a.mentionedIn(node.Pipe)
	case *parse.IfNode:
		return a.mentionedBranch(&node.BranchNode)
	case *parse.WithNode:
		return a.mentionedBranch(&node.BranchNode)
	case *parse.RangeNode:
		return a.mentionedBranch(&node.BranchNode)
	case *parse.TemplateNode:
		if node.Pipe != nil {
			m = a.mentioned(node.Pipe)
		}
		m |= a.mentionedTemplate(node.Name)
	case *parse.PipeNode:
		for _, cmd := range node.Cmds {
			m |= a.mentioned(cmd)
		}
	case *parse.CommandNode:
		for _, arg := range node.Args {
			m |= a.mentioned(arg)
		}
	case *parse.FieldNode:
		for _, name := range node.Ident {
			m |= a.nameBit(name)
		}
	case *parse.VariableNode:
		m = a.varNames(node.Ident[0])
		for _, name := range node.Ident[1:] {
			m |= a.nameBit(name)
		}
	case *parse.ChainNode:
		m = a.mentioned(node.Node)
		for _, name := range node.Field {
			m |= a.nameBit(name)
		}
	}
	return m
}

func (a *analyzer) mentionedBranch(node *parse.BranchNode) names {
	m := a.mentioned(node.Pipe) | a.mentioned(node.List)
	if node.ElseList != nil {
		m |= a.mentioned(node.ElseList)
	}
	return m
}

// mentionedTemplate returns the names that a template mentions. A recursive template
// counts as mentioning all names.
func (a *analyzer) mentionedTemplate(name string) names {
	tree := a.trees[name]
	if tree == nil || tree.Root == nil {
		return 0
	}
	if known, ok := a.mentions[tree.Root]; ok {
		return known
	}
	if a.visiting[name] {
		return allNames
	}
	a.visiting[name] = true
	defer delete(a.visiting, name)
	return a.mentioned(tree.Root)
}

// varNames returns the bit of a variable and the names in everything assigned to it. $
// is the dot of its template.
func (a *analyzer) varNames(name string) names {
	if name == "$" {
		return 0
	}
	return a.nameBit(name) | a.assigned[name]
}

// collectAssigned collects the names assigned to each variable, directly or through
// other variables.
func (a *analyzer) collectAssigned(pipes []*parse.PipeNode) {
	for range maxChain {
		changed := false
		for _, pipe := range pipes {
			clear(a.mentions)
			m := a.mentionedIn(pipe)
			for _, v := range pipe.Decl {
				if before := a.assigned[v.Ident[0]]; before|m != before {
					a.assigned[v.Ident[0]] = before | m
					changed = true
				}
			}
		}
		clear(a.mentions)
		if !changed {
			return
		}
	}
	for name := range a.assigned {
		a.assigned[name] = allNames
	}
}

// maxChain limits the chain of variables through which names are traced.
const maxChain = 8

// suffixes returns, for each node of a list, the names mentioned after it.
func (a *analyzer) suffixes(list *parse.ListNode) []names {
	if known, ok := a.behind[list]; ok {
		return known
	}
	all := make([]names, len(list.Nodes))
	var m names
	for i := len(list.Nodes) - 1; i >= 0; i-- {
		all[i] = m
		m |= a.mentioned(list.Nodes[i])
	}
	a.behind[list] = all
	return all
}
