package webhook

import (
	"text/template"
	"text/template/parse"
)

// The names of the functions that guardLoops plants. No template can call
// them, because they become known only when the template is parsed.
const (
	tickName  = "hooktoolTick"
	enterName = "hooktoolEnter"
	leaveName = "hooktoolLeave"
)

func (g *guard) planted() template.FuncMap {
	return template.FuncMap{tickName: g.tick, enterName: g.enter, leaveName: g.leave}
}

// maxFrames bounds how many blocks and templates are open at a time while a
// template is executed, all of which take stack. text/template's own limit, 100,000
// templates that call one another, takes half a gigabyte, and does not count blocks:
// a template that calls itself from within a thousand of them would exhaust the
// stack, which nothing can recover from.
const maxFrames = 20_000

// guardLoops plants a tick in every loop that the size of an event does not
// bound to something small: nested ranges, ranges over anything but a field,
// and templates that are called. A plain range over a list stays as it is.
func guardLoops(root *template.Template, g *guard) {
	root.Funcs(g.planted())
	p := &planter{main: root.Name()}
	var called []*parse.Tree
	for _, tmpl := range root.Templates() {
		if tmpl.Tree == nil || tmpl.Root == nil {
			continue
		}
		p.tree = tmpl.Tree
		p.list(tmpl.Root, tmpl.Name() != root.Name(), 1)
		if tmpl.Name() != root.Name() {
			called = append(called, tmpl.Tree)
		}
	}
	if p.callsMain {
		called = append(called, root.Tree)
	}
	for _, tree := range called {
		plant(tree, tree.Root, enterName)
		tree.Root.Nodes = append(tree.Root.Nodes, call(tree, tree.Root.Pos, leaveName))
	}
	g.maxDepth = maxFrames / max(1, p.depth)
}

type planter struct {
	main      string // the name of the template that is executed
	callsMain bool   // some template calls it
	depth     int    // of blocks
	tree      *parse.Tree
}

// list plants ticks below a list; inner tells that the list itself can be
// executed many times, and depth is how many blocks it is in.
func (p *planter) list(list *parse.ListNode, inner bool, depth int) {
	if list == nil {
		return
	}
	p.depth = max(p.depth, depth)
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.IfNode:
			p.list(node.List, inner, depth+1)
			p.list(node.ElseList, inner, depth+1)
		case *parse.WithNode:
			p.list(node.List, inner, depth+1)
			p.list(node.ElseList, inner, depth+1)
		case *parse.RangeNode:
			p.list(node.List, true, depth+1)
			p.list(node.ElseList, inner, depth+1)
			if inner || !overField(node.Pipe) {
				plant(p.tree, node.List, tickName)
			}
		case *parse.TemplateNode:
			p.callsMain = p.callsMain || node.Name == p.main
		}
	}
}

func overField(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch node := pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode:
		return true
	case *parse.VariableNode: // one without a field can hold any number
		return len(node.Ident) > 1
	}
	return false
}

// plant puts the call of a function that prints nothing in front of a list.
func plant(tree *parse.Tree, list *parse.ListNode, function string, args ...parse.Node) {
	list.Nodes = append([]parse.Node{call(tree, list.Pos, function, args...)}, list.Nodes...)
}

// call returns an action that calls a function.
func call(tree *parse.Tree, pos parse.Pos, function string, args ...parse.Node) parse.Node {
	name := parse.NewIdentifier(function).SetPos(pos).SetTree(tree)
	return &parse.ActionNode{
		NodeType: parse.NodeAction, Pos: pos,
		Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: pos, Cmds: []*parse.CommandNode{{
			NodeType: parse.NodeCommand, Pos: pos, Args: append([]parse.Node{name}, args...),
		}}},
	}
}
