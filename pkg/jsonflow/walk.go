package jsonflow

import "text/template/parse"

// list walks the nodes of a list. live holds the names mentioned after it.
func (a *analyzer) list(list *parse.ListNode, in []*state, live names) []*state {
	if list == nil {
		return in
	}
	behind := a.suffixes(list)
	for i, node := range list.Nodes {
		if len(in) == 0 || a.stopped() {
			return nil
		}
		in = a.node(node, in, live|behind[i])
	}
	return in
}

// node walks one node.
func (a *analyzer) node(node parse.Node, in []*state, live names) []*state {
	a.steps += len(in)
	switch node := node.(type) {
	case *parse.TextNode:
		if len(in) == 1 {
			return a.text(in[0], node.Text, int(node.Pos))
		}
		var out states
		for _, st := range in {
			out.add(a.text(st, node.Text, int(node.Pos))...)
		}
		return out.list
	case *parse.ActionNode:
		return a.action(node, in, live)
	case *parse.IfNode:
		return a.ifElse(&node.BranchNode, in, live)
	case *parse.WithNode:
		return a.withDot(&node.BranchNode, in, live)
	case *parse.RangeNode:
		return a.loop(node, in, live)
	case *parse.TemplateNode:
		return a.template(node, in, live)
	case *parse.BreakNode:
		loop := a.loops[len(a.loops)-1]
		loop.breaks = append(loop.breaks, in...)
		return nil
	case *parse.ContinueNode:
		loop := a.loops[len(a.loops)-1]
		loop.continues = append(loop.continues, in...)
		return nil
	}
	return in // a comment
}

func (a *analyzer) action(node *parse.ActionNode, in []*state, live names) []*state {
	at := a.spanOf(node.Pipe)
	a.place = at
	var out []*state
	for _, st := range in {
		for _, r := range a.pipe(st, node.Pipe) {
			if len(node.Pipe.Decl) > 0 {
				out = append(out, r.st)
				continue
			}
			out = append(out, a.emit(r.st, at, r.val)...)
		}
	}
	if len(out) < 2 {
		return out
	}
	return a.merged(out, live)
}

func (a *analyzer) ifElse(node *parse.BranchNode, in []*state, live names) []*state {
	var yes, no states
	inner := a.liveIn(node, live, false)
	a.place = a.spanOf(node.Pipe)
	depth := depthOf(in[0].env)
	for _, st := range in {
		for _, r := range a.pipe(st, node.Pipe) {
			t, f := a.split(r)
			yes.add(t...)
			no.add(f...)
		}
	}
	return a.join(node, yes.list, no.list, inner, live, depth)
}

// liveIn returns the names that matter in the branches of a node. If the dot changes,
// they include the names from which it was derived.
func (a *analyzer) liveIn(node *parse.BranchNode, live names, dot bool) names {
	if dot {
		live |= a.mentioned(node.Pipe)
	}
	return live
}

// join walks both branches and combines their states, without variables declared beyond
// depth.
func (a *analyzer) join(node *parse.BranchNode, yes, no []*state, inner, live names, depth int) []*state {
	yes = a.list(node.List, a.merged(yes, inner|a.mentioned(node.List)), inner)
	elseLive := inner
	if node.ElseList != nil {
		elseLive |= a.mentioned(node.ElseList)
	}
	no = a.list(node.ElseList, a.merged(no, elseLive), inner)
	return a.merged(append(popped(yes, depth), popped(no, depth)...), live)
}

func popped(in []*state, depth int) []*state {
	for i, st := range in {
		if st.env.depth > depth {
			next := *st
			next.env = pop(st.env, depth)
			in[i] = &next
		}
	}
	return in
}

func (a *analyzer) withDot(node *parse.BranchNode, in []*state, live names) []*state {
	var yes, no states
	inner := a.liveIn(node, live, true)
	a.place = a.spanOf(node.Pipe)
	depth := depthOf(in[0].env)
	for _, st := range in {
		for _, r := range a.pipe(st, node.Pipe) {
			t, f := a.split(r)
			for _, s := range t {
				next := *s
				next.env = a.push(s.env, ".", r.val)
				yes.add(&next)
			}
			no.add(f...)
		}
	}
	return a.join(node, yes.list, no.list, inner, live, depth)
}
