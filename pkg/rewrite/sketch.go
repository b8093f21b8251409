package rewrite

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/jsonwords"
)

// errShape says why no outline can be made.
type errShape struct {
	offset   int
	message  string
	branches bool // whether branches end in different states
}

func (e *errShape) Error() string { return e.message }

// maxSteps bounds the nodes visited, maxCalls the depth of nested template calls.
const (
	maxSteps = 200_000
	maxCalls = 12
)

// sketcher builds an outline.
type sketcher struct {
	*outline
	text       string
	trees      map[string]*parse.Tree
	separators map[string]bool // variables that hold only commas and spaces
	byNode     map[*parse.ActionNode]*action
	loops      []*loop
	calls      []*called
	steps      int
	failure    *errShape

	lenient    bool         // treat invalid JSON as a stray if it can be fixed
	actionEnds map[int]bool // set by textEnd

	commentEnds map[int]int // from the end of a comment to its start
	lastMarkup  int         // where the last comment of HTML ends

	oneBraceMore func() bool // oneBraceMore of the text

	lineComments bool         // // and # begin comments
	short        map[int]bool // the comments that end before the brackets at the end of their lines
	until        int          // where the current one of them ends
	merged       int          // documents merged into one
	runs         int          // how often quoteRun looked for a run of texts
	skip         span         // the rest of what a stray already covers
}

// loop is a range whose body is being walked.
type loop struct {
	node      *parse.RangeNode
	depth     int // the number of frames open around it
	next, out []place
}

// called is a call of a template that is being walked.
type called struct {
	name  string
	start int             // of the action
	list  *parse.ListNode // that contains it
	frame *frame          // at the call
	loops []*loop         // around it
}

type treesByName = map[string]*parse.Tree

func newSketcher(text string, trees treesByName) *sketcher {
	s := &sketcher{
		outline: &outline{
			spaced:   strings.Contains(text, ", "),
			controls: map[int]control{}, escapes: map[int]bool{}, words: map[int]bool{}, strays: map[int]Stray{}, ends: map[int]bool{}, lists: map[int]*parse.ListNode{},
			elements: map[int]*element{}, moved: map[int]int{}, commas: map[int]*comma{}, closings: map[int]int{}, noValue: map[int]bool{}, same: map[int]int{},
		},
		text: text, trees: trees, byNode: map[*parse.ActionNode]*action{}, commentEnds: map[int]int{},
		lastMarkup: strings.LastIndex(text, "-->"), oneBraceMore: sync.OnceValue(func() bool { return oneBraceMore(text) }),
	}
	s.separators = separatorVariables(trees)
	return s
}

// sketch makes the outline of a template. It is an error if anything is left open at
// the end.
func sketch(text, root string, trees treesByName) (*outline, error) {
	s := newSketcher(text, trees)
	tree := trees[root]
	if tree == nil || tree.Root == nil {
		return nil, &errShape{message: "the template is empty"}
	}
	p := s.list(tree.Root, place{})
	if s.failure == nil && p.frame != nil {
		s.fail(len(text), "the body ends before what was opened is closed")
	}
	if s.failure != nil {
		return nil, s.failure
	}
	return s.outline, nil
}

func (s *sketcher) fail(offset int, format string, args ...any) {
	if s.failure == nil {
		s.failure = &errShape{offset: offset, message: fmt.Sprintf(format, args...)}
	}
}

// list walks the nodes of a list.
func (s *sketcher) list(list *parse.ListNode, p place) place {
	if list == nil {
		return p
	}
	for i, node := range list.Nodes {
		if s.steps++; s.steps > maxSteps {
			s.fail(int(node.Position()), "the template is too large")
		}
		if s.failure != nil || p.dead {
			return p
		}
		p = s.node(list, i, node, p)
	}
	return p
}

func (s *sketcher) node(list *parse.ListNode, i int, node parse.Node, p place) place {
	if s.lenient {
		p = s.beginRun(node, p)
	}
	switch node := node.(type) {
	case *parse.TextNode:
		return s.textNode(list, node, p)
	case *parse.ActionNode:
		return s.action(list, i, node, p)
	case *parse.IfNode:
		return s.branch(&node.BranchNode, p)
	case *parse.WithNode:
		return s.branch(&node.BranchNode, p)
	case *parse.RangeNode:
		return s.loop(node, p)
	case *parse.TemplateNode:
		return s.call(list, node, p)
	case *parse.BreakNode:
		return s.leave(int(node.Pos), p, true)
	case *parse.ContinueNode:
		return s.leave(int(node.Pos), p, false)
	}
	return p
}

func (s *sketcher) branch(node *parse.BranchNode, p place) place {
	yes := s.closeBranch(node.List, s.list(node.List, p), p)
	if blank(node.ElseList) && p.lex == lexValue && !yes.dead && valueEnds(yes.lex) && yes.frame == p.frame {
		s.noValue[int(node.Pos)] = node.ElseList != nil
		return yes
	}
	return s.join(int(node.Pos), yes, s.closeBranch(node.ElseList, s.list(node.ElseList, p), p))
}

// blank reports whether a list is nil or prints only spaces.
func blank(list *parse.ListNode) bool {
	return list == nil || !slices.ContainsFunc(list.Nodes, func(n parse.Node) bool {
		text, ok := n.(*parse.TextNode)
		return n.Type() != parse.NodeComment && (!ok || strings.TrimSpace(string(text.Text)) != "")
	})
}

func (s *sketcher) leave(offset int, p place, out bool) place {
	if len(s.loops) == 0 {
		s.fail(offset, "a called template leaves the loop around its call")
		return p
	}
	l := s.loops[len(s.loops)-1]
	if out {
		l.out = append(l.out, p)
	} else {
		l.next = append(l.next, p)
	}
	p.dead = true
	return p
}

// loop walks the body of a range until the state before it is also a state after it.
func (s *sketcher) loop(node *parse.RangeNode, p place) place {
	out := s.list(node.ElseList, p)
	l := &loop{node: node, depth: depth(p.frame)}
	s.loops = append(s.loops, l)
	defer func() { s.loops = s.loops[:len(s.loops)-1] }()
	if q, ok := s.firstElement(l, p); ok {
		return q
	}
	q, wrapped := s.beginList(node, p)
	if wrapped {
		p, out = q, q
		l.depth++
	}
	for range 4 { // the counts of a container can change at most twice
		l.next, l.out = nil, nil
		q := s.list(node.List, p)
		q = s.closeBranch(node.List, q, p)
		for _, other := range l.next {
			q = s.join(int(node.Pos), q, other)
		}
		joined := s.join(int(node.Pos), p, q)
		if s.failure != nil || samePlace(joined, p) {
			break
		}
		p = joined
	}
	out = s.join(int(node.Pos), out, p)
	for _, other := range l.out {
		out = s.join(int(node.Pos), out, other)
	}
	if wrapped && s.failure == nil && out.frame != nil {
		out.frame = out.frame.parent
		out = endValue(out)
	}
	return out
}

// firstElement walks a loop that prints one value for a key and then breaks. For an
// empty list, it prints none.
func (s *sketcher) firstElement(l *loop, p place) (place, bool) {
	if l.node.ElseList != nil || p.lex != lexValue || !endsInBreak(l.node.List) {
		return p, false
	}
	q := s.list(l.node.List, p)
	if s.failure != nil || len(l.out) != 1 || len(l.next) > 0 || !q.dead || !valueEnds(l.out[0].lex) || l.out[0].frame != p.frame {
		l.next, l.out = nil, nil
		return p, false
	}
	s.noValue[int(l.node.Pos)] = false
	return l.out[0], true
}

func endsInBreak(list *parse.ListNode) bool {
	for i := len(list.Nodes) - 1; i >= 0; i-- {
		if text, ok := list.Nodes[i].(*parse.TextNode); ok && strings.TrimSpace(string(text.Text)) == "" {
			continue
		}
		return list.Nodes[i].Type() == parse.NodeBreak
	}
	return false
}

func depth(f *frame) (n int) {
	for ; f != nil; f = f.parent {
		n++
	}
	return n
}

// call walks a called template.
func (s *sketcher) call(list *parse.ListNode, node *parse.TemplateNode, p place) place {
	tree := s.trees[node.Name]
	if tree == nil || tree.Root == nil || p.inComment() {
		return p
	}
	for _, outer := range s.calls {
		if outer.name == node.Name {
			s.fail(int(node.Pos), "the template %q calls itself", node.Name)
			return p
		}
	}
	if len(s.calls) >= maxCalls {
		s.fail(int(node.Pos), jsonwords.TooDeep)
		return p
	}
	start, _ := actionSpan(s.text, int(node.Pos))
	s.calls = append(s.calls, &called{node.Name, start, list, p.frame, s.loops})
	loops := s.loops
	s.loops = nil
	p = s.list(tree.Root, p)
	if p.inComment() {
		s.fail(p.from, "a comment goes on after the template that it begins in")
	}
	s.loops = loops
	s.calls = s.calls[:len(s.calls)-1]
	return p
}

// join returns the place that represents both.
func (s *sketcher) join(offset int, a, b place) place {
	switch {
	case a.dead:
		return b
	case b.dead || s.failure != nil:
		return a
	}
	if a.lex != b.lex {
		switch {
		case valueEnds(a.lex) && valueEnds(b.lex):
			a.lex = max(a.lex, b.lex)
			if a.lex == lexBare {
				a.lex = lexBetween
			}
		case len(s.loops) == 0 && a.frame == nil && b.frame == nil && (a.lex == lexBegin && b.lex == lexDone || a.lex == lexDone && b.lex == lexBegin):
			a.lex = lexBegin // another condition may print another document
		default:
			s.fail(offset, "the branches end at different places in the JSON")
			s.failure.branches = true
			return a
		}
	}
	if a.quote != b.quote {
		s.fail(offset, "the branches leave different quotes open")
	}
	if a.esc != b.esc {
		s.fail(offset, "an escape is split between branches")
	}
	f, ok := s.joinFrames(a.frame, b.frame)
	if !ok {
		s.fail(offset, "one branch leaves more objects or lists open than the other")
		s.failure.branches = true
	}
	a.frame = f
	return a
}

// valueEnds reports whether l can be the state after a complete value.
func valueEnds(l lexeme) bool { return l == lexBare || l == lexBetween || l == lexDone }

func (s *sketcher) joinFrames(a, b *frame) (*frame, bool) {
	if a == b {
		return a, true
	}
	if a == nil || b == nil || a.array != b.array {
		return nil, false
	}
	parent, ok := s.joinFrames(a.parent, b.parent)
	s.unite(a.open, b.open)
	return &frame{parent: parent, open: a.open, array: a.array, members: joinCounts(a.members, b.members), depth: a.depth}, ok
}

func (s *sketcher) unite(a, b int) {
	if a, b = s.container(a), s.container(b); a != b {
		s.same[max(a, b)] = min(a, b)
	}
}
