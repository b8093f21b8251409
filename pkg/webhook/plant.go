package webhook

import (
	"slices"
	"text/template"
	"text/template/parse"
)

// maxFrames bounds how many blocks and templates may be open at a time, because each
// takes stack. text/template's own limit, 100,000 templates that call one another,
// takes half a gigabyte and does not count blocks: a template that calls itself from
// within a thousand of them would exhaust the stack, which nothing can recover from.
const maxFrames = 20_000

// guardLoops plants a tick in every loop that is not known to be short for any event:
// nested ranges, ranges over anything but a field or with a long body, and templates
// that are called. A plain range over a list stays as it is.
func guardLoops(root *template.Template, g *guard) {
	p := &planter{main: root.Name(), marks: g.marks}
	var called []*parse.ListNode
	for _, tmpl := range root.Templates() {
		if tmpl.Tree == nil || tmpl.Root == nil {
			continue
		}
		p.variables = 0
		weight := p.list(tmpl.Root, tmpl.Name() != root.Name(), 1, 0)
		if tmpl.Name() == root.Name() {
			g.weight = weight
		} else {
			called = append(called, tmpl.Root)
			p.marks.plant(tmpl.Root, (*guard).enter, weight)
		}
	}
	if p.callsMain {
		called = append(called, root.Root)
		p.marks.plant(root.Root, (*guard).enter, g.weight)
	}
	for _, list := range called {
		list.Nodes = append(list.Nodes, p.marks.mark(list.Pos, (*guard).leave, 0))
	}
	g.maxDepth, g.nodesAnElement = maxFrames/max(1, p.depth), p.nodesAnElement
}

type planter struct {
	main      string // the name of the template that is executed
	callsMain bool   // whether a template calls it
	depth     int    // the deepest nesting of blocks
	variables int    // the variables declared so far in the tree
	marks     *marks

	nodesAnElement int // see guard
}

// A turn is about a microsecond, in which this many nodes are executed, and a node takes
// as long as looking through this many variables. A range over a field has ticks, too,
// if its body takes more turns than longBody.
const (
	nodesATurn     = 4
	variablesANode = 150
	longBody       = 16
	turnNodes      = 2 // a turn of a loop takes as long as this many more nodes
	callNodes      = 2 // a call of a function takes as long as this many more nodes
	panicNodes     = 8 // and leaving a turn of a loop, as this many
)

// list plants ticks below a list. inner says that the list itself can be executed many
// times, depth is how many blocks it is in, and loops how many of those are ranges. It
// returns how many turns it takes to execute the list once, not counting the turns of
// ranges and templates in it.
func (p *planter) list(list *parse.ListNode, inner bool, depth, loops int) (turns int) {
	return p.nodes(list, inner, depth, loops) / nodesATurn
}

// nodes does the work of list, and returns how many nodes are executed.
func (p *planter) nodes(list *parse.ListNode, inner bool, depth, loops int) int {
	if list == nil {
		return 0
	}
	p.depth = max(p.depth, depth)
	count := len(list.Nodes)
	branch := func(node *parse.BranchNode) {
		count += p.nodesIn(node.Pipe) + max(p.nodes(node.List, inner, depth+1, loops), p.nodes(node.ElseList, inner, depth+1, loops))
	}
	var planted []parse.Node // the nodes of the list, with what was planted
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			if isMark(node) { // which takes no time to speak of
				count--
			}
		case *parse.ActionNode:
			count += p.nodesIn(node.Pipe)
		case *parse.IfNode:
			branch(&node.BranchNode)
		case *parse.WithNode:
			branch(&node.BranchNode)
		case *parse.RangeNode:
			body := p.nodes(node.List, true, depth+1, loops+1)
			turns := body / nodesATurn
			count += p.nodesIn(node.Pipe) + p.nodes(node.ElseList, inner, depth+1, loops+1)
			if inner || turns > longBody || !overField(node.Pipe) {
				p.marks.plant(node.List, (*guard).tick, turns)
			} else {
				p.nodesAnElement += turnNodes + body
			}
		case *parse.BreakNode, *parse.ContinueNode:
			count += panicNodes
		case *parse.TemplateNode:
			count += p.nodesIn(node.Pipe)
			p.callsMain = p.callsMain || node.Name == p.main
			if loops > 0 {
				if planted == nil {
					planted = slices.Clone(list.Nodes[:i])
				}
				planted = append(planted, p.marks.mark(node.Pos, (*guard).within, loops), node, p.marks.mark(node.Pos, (*guard).outside, loops))
				continue
			}
		}
		if planted != nil {
			planted = append(planted, node)
		}
	}
	if planted != nil {
		list.Nodes = planted
	}
	return count
}

// nodesIn returns how many nodes are executed in a pipeline. Looking for a variable
// counts for as many more as there are others to look through.
func (p *planter) nodesIn(pipe *parse.PipeNode) int {
	if pipe == nil {
		return 0
	}
	count := 0
	for _, cmd := range pipe.Cmds {
		count += len(cmd.Args)
		for _, arg := range cmd.Args {
			switch arg := arg.(type) {
			case *parse.PipeNode:
				count += p.nodesIn(arg)
			case *parse.ChainNode:
				if inner, ok := arg.Node.(*parse.PipeNode); ok {
					count += p.nodesIn(inner)
				}
				count += len(arg.Field)
			case *parse.FieldNode:
				count += len(arg.Ident) - 1
			case *parse.VariableNode:
				count += p.variables/variablesANode + len(arg.Ident) - 1
			case *parse.IdentifierNode:
				count += callNodes
			}
		}
	}
	if pipe.IsAssign {
		return count + p.variables/variablesANode
	}
	p.variables += len(pipe.Decl)
	return count
}

func overField(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch node := pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode:
		return true
	case *parse.VariableNode: // a variable itself can hold any number of elements
		return len(node.Ident) > 1
	}
	return false
}
