package typecheck

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// checkEndless reports calls that make a template call itself endlessly. Two causes are
// independent of the event's values: every path through the template reaches the call,
// or the call passes on the template's own dot, so that the callee repeats the same
// steps.
func (c *checker) checkEndless() {
	ending := c.ending()
	search := cycles{edges: map[string][]*parse.TemplateNode{}, state: map[string]int{}}
	for from, tree := range c.trees {
		same := sameDotCalls(tree)
		for _, call := range calls(tree) {
			if c.trees[call.Name] != nil && (same[call] || !ending[from] && !ending[call.Name]) {
				search.edges[from] = append(search.edges[from], call)
			}
		}
	}
	for _, name := range c.templatesInOrder() {
		search.visit(name)
	}
	for _, call := range search.closing {
		c.report(EndlessRecursion, c.quotedSpan(int(call.Position())), fmt.Sprintf("this makes the template %q call itself forever", call.Name),
			"make it stop at some point, and pass it a different dot than its own")
	}
}

// cycles finds the calls that close a cycle, using a depth-first search.
type cycles struct {
	edges   map[string][]*parse.TemplateNode
	state   map[string]int
	closing []*parse.TemplateNode
}

const (
	onPath = 1 + iota
	finished
)

func (s *cycles) visit(name string) {
	if s.state[name] != 0 {
		return
	}
	s.state[name] = onPath
	for _, call := range s.edges[name] {
		if s.state[call.Name] == onPath {
			s.closing = append(s.closing, call)
		} else {
			s.visit(call.Name)
		}
	}
	s.state[name] = finished
}

func (c *checker) templatesInOrder() []string {
	return slices.SortedFunc(maps.Keys(c.trees), func(a, b string) int {
		return cmp.Compare(c.trees[a].Root.Position(), c.trees[b].Root.Position())
	})
}

// ending returns the templates with at least one path that calls only templates that
// end.
func (c *checker) ending() map[string]bool {
	ending := map[string]bool{}
	callers := map[string][]string{}
	for name, tree := range c.trees {
		for _, call := range calls(tree) {
			callers[call.Name] = append(callers[call.Name], name)
		}
	}
	pending := slices.Collect(maps.Keys(c.trees))
	for len(pending) > 0 {
		name := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if !ending[name] && listEnds(c.trees[name].Root, ending) {
			ending[name] = true
			pending = append(pending, callers[name]...)
		}
	}
	return ending
}

func listEnds(list *parse.ListNode, ending map[string]bool) bool {
	if list == nil {
		return true
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TemplateNode:
			if !ending[node.Name] {
				return false
			}
		case *parse.BreakNode, *parse.ContinueNode:
			return true
		}
		if branch := source.Branch(node); branch != nil && !listEnds(branch.List, ending) && !listEnds(branch.ElseList, ending) {
			return false
		}
	}
	return true
}

// sameDotCalls returns the calls that pass on their template's own dot.
func sameDotCalls(tree *parse.Tree) map[*parse.TemplateNode]bool {
	same := map[*parse.TemplateNode]bool{}
	var walk func(list *parse.ListNode, outer bool)
	branch := func(node *parse.BranchNode, inner, outer bool) {
		walk(node.List, inner)
		walk(node.ElseList, outer)
	}
	walk = func(list *parse.ListNode, outer bool) {
		if list == nil {
			return
		}
		for _, node := range list.Nodes {
			switch node := node.(type) {
			case *parse.TemplateNode:
				same[node] = passesDot(node.Pipe, outer)
			case *parse.IfNode:
				branch(&node.BranchNode, outer, outer)
			case *parse.WithNode:
				branch(&node.BranchNode, outer && passesDot(node.Pipe, outer), outer)
			case *parse.RangeNode:
				branch(&node.BranchNode, false, outer)
			}
		}
	}
	walk(tree.Root, true)
	return same
}

// passesDot reports whether a pipeline is the dot that the template was called with.
// outer reports whether the current dot is still that one.
func passesDot(pipe *parse.PipeNode, outer bool) bool {
	if pipe == nil || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch arg := pipe.Cmds[0].Args[0].(type) {
	case *parse.DotNode:
		return outer
	case *parse.VariableNode:
		return len(arg.Ident) == 1 && arg.Ident[0] == "$"
	}
	return false
}
