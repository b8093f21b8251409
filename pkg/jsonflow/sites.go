package jsonflow

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/pkg/source"
)

// site is a position among the nodes of a template.
type site struct {
	list  *parse.ListNode
	index int    // of the node at the position
	lead  string // what the node's own text says before the position, without surrounding spaces
}

// sites finds the nodes of a template by their offsets.
type sites struct {
	made    bool
	nodes   []located                 // by offset
	parents map[*parse.ListNode]*site // the condition or loop of which a list is a branch

	calling map[*parse.ListNode]bool   // the templates that may call themselves
	certain map[*parse.ListNode][]bool // see certainAfter
}

type located struct {
	at int
	site
}

func (t *sites) make(a *analyzer) {
	t.made, t.parents, t.calling = true, map[*parse.ListNode]*site{}, map[*parse.ListNode]bool{}
	for _, name := range a.parsed.Names() {
		root := a.parsed.Trees[name].Root
		source.Inspect(root, func(node parse.Node) bool {
			switch node := node.(type) {
			case *parse.ListNode:
				t.add(node)
			case *parse.TemplateNode:
				if name != a.parsed.Name {
					t.calling[root] = true
				}
				if node.Name == a.parsed.Name {
					t.calling[a.parsed.Root()] = true
				}
			}
			return true
		})
	}
	slices.SortStableFunc(t.nodes, func(x, y located) int { return cmp.Compare(x.at, y.at) })
}

func (t *sites) add(list *parse.ListNode) {
	for i, child := range list.Nodes {
		here := site{list: list, index: i}
		t.nodes = append(t.nodes, located{int(child.Position()), here})
		if branch := source.Branch(child); branch != nil {
			t.parents[branch.List] = &here
			if branch.ElseList != nil {
				t.parents[branch.ElseList] = &here
			}
		}
	}
}

// siteOf returns the site of an offset.
func (a *analyzer) siteOf(offset int) (s site, ok bool) {
	found, ok := a.nodeAt(offset)
	if s = found.site; ok {
		if text, isText := s.node().(*parse.TextNode); isText {
			s.lead = strings.TrimSpace(string(text.Text[:min(offset-found.at, len(text.Text))]))
		}
	}
	return s, ok
}

// nodeAt returns the last node that begins at an offset or before it. Its site has no
// lead.
func (a *analyzer) nodeAt(offset int) (located, bool) {
	t := &a.sites
	if !t.made {
		t.make(a)
	}
	after, _ := slices.BinarySearchFunc(t.nodes, offset+1, func(n located, at int) int { return cmp.Compare(n.at, at) })
	if after == 0 {
		return located{}, false
	}
	return t.nodes[after-1], true
}

func (s site) node() parse.Node { return s.list.Nodes[s.index] }

// before returns the node that prints what is directly before a site in its list; nil if
// there is none, or if the text at the site itself does.
func (s site) before() (parse.Node, site) {
	if s.lead != "" {
		return nil, s
	}
	for i := s.index - 1; i >= 0; i-- {
		if node := s.list.Nodes[i]; !silent(node) {
			return node, site{list: s.list, index: i}
		}
	}
	return nil, s
}

// within returns the sites of the conditions and loops around a site, from the site
// itself to the outermost.
func (a *analyzer) within(s site) iter.Seq[site] {
	return func(yield func(site) bool) {
		for here := &s; here != nil && yield(*here); here = a.sites.parents[here.list] {
		}
	}
}

// silent reports whether a node prints nothing but spaces.
func silent(node parse.Node) bool {
	switch node := node.(type) {
	case *parse.TextNode:
		return strings.TrimSpace(string(node.Text)) == ""
	case *parse.ActionNode:
		return len(node.Pipe.Decl) > 0
	}
	return node.Type() == parse.NodeComment
}

// printing reports whether a list prints something whenever it is executed.
func printing(list *parse.ListNode) bool {
	if list == nil {
		return false
	}
	for _, node := range list.Nodes {
		switch node.(type) {
		case *parse.BreakNode, *parse.ContinueNode:
			return false
		case *parse.IfNode, *parse.WithNode:
			if branch := source.Branch(node); printing(branch.List) && printing(branch.ElseList) {
				return true
			}
		case *parse.RangeNode:
		default:
			if !silent(node) {
				return true
			}
		}
	}
	return false
}

// ends reports whether the last thing that a list prints is a comma, in one of its
// branches.
func ends(list *parse.ListNode) bool {
	if list == nil {
		return false
	}
	for _, node := range slices.Backward(list.Nodes) {
		if silent(node) {
			continue
		}
		if text, ok := node.(*parse.TextNode); ok {
			return strings.HasSuffix(strings.TrimSpace(string(text.Text)), ",")
		}
		branch := source.Branch(node)
		return branch != nil && (ends(branch.List) || ends(branch.ElseList))
	}
	return false
}

// begins reports whether the first thing that a list prints is a comma.
func begins(list *parse.ListNode) bool {
	for _, node := range list.Nodes {
		if silent(node) {
			continue
		}
		text, ok := node.(*parse.TextNode)
		return ok && strings.HasPrefix(strings.TrimSpace(string(text.Text)), ",")
	}
	return false
}

// awaits reports whether what is printed before a site is a comma or an opening bracket,
// or nothing.
func (a *analyzer) awaits(s site) bool {
	if s.lead != "" {
		return strings.ContainsAny(s.lead[len(s.lead)-1:], ",{[")
	}
	node, _ := s.before()
	if node == nil {
		parent, ok := a.sites.parents[s.list]
		return !ok || a.awaits(*parent)
	}
	if text, ok := node.(*parse.TextNode); ok {
		printed := strings.TrimSpace(string(text.Text))
		return strings.ContainsAny(printed[len(printed)-1:], ",{[")
	}
	branch := source.Branch(node)
	return branch != nil && (ends(branch.List) || ends(branch.ElseList))
}

// certain reports whether a member is always printed before a site in its list.
func (a *analyzer) certain(s site) bool {
	known := a.sites.certain[s.list]
	if known == nil {
		known = certainAfter(s.list)
		if a.sites.certain == nil {
			a.sites.certain = map[*parse.ListNode][]bool{}
		}
		a.sites.certain[s.list] = known
	}
	return known[s.index]
}

// certainAfter says for the nodes of a list, and for its end, whether a member is always
// printed before them.
func certainAfter(list *parse.ListNode) []bool {
	certain := make([]bool, 1, len(list.Nodes)+1)
	for i, node := range list.Nodes {
		is := certain[i]
		switch node := node.(type) {
		case *parse.TextNode:
			if text := bytes.TrimRight(node.Text, ", \t\r\n"); len(text) > 0 {
				is = !bytes.ContainsAny(text[len(text)-1:], "{[")
			}
		case *parse.ActionNode:
			is = is || len(node.Pipe.Decl) == 0
		}
		certain = append(certain, is)
	}
	return certain
}

// loopAsValue reports whether an offset is in a loop that directly follows a colon.
func (a *analyzer) loopAsValue(offset int) bool {
	loop := a.innerLoop(offset)
	if loop == nil {
		return false
	}
	here, ok := a.siteOf(int(loop.Pos))
	for ok {
		node, first := here.before()
		if text, isText := node.(*parse.TextNode); isText || first.lead != "" {
			return isText && strings.HasSuffix(strings.TrimSpace(string(text.Text)), ":")
		}
		parent := a.sites.parents[here.list]
		if ok = node == nil && parent != nil && parent.node().Type() != parse.NodeRange; ok {
			here = *parent // in the first place of a condition
		}
	}
	return false
}

// memberStart returns where the text begins at whose end an error is: the quote of a key
// before a colon, and otherwise the error itself.
func (a *analyzer) memberStart(e textError, at int) int {
	if key, ok := strings.CutSuffix(strings.TrimRight(a.source[:min(at, len(a.source))], " \t\r\n"), `"`); e.char == ':' && ok {
		return stringStart(a.source, len(key))
	}
	return at
}

// keyAsValue reports whether an error is the colon after a key that was read as the
// value of the key before, because a loop or a condition between them printed nothing.
func (a *analyzer) keyAsValue(e textError, at int) bool {
	if e.char != ':' || e.action || e.doc.Mode != automaton.ModeAfter || e.doc.Stack.InArray() {
		return false
	}
	here, ok := a.siteOf(a.memberStart(e, at))
	if !ok {
		return false
	}
	node, _ := here.before()
	return node != nil && source.Branch(node) != nil
}

// sometimes reports whether the condition that ends just before an offset prints
// something in one of its branches only.
func (a *analyzer) sometimes(offset int) bool {
	here, ok := a.siteOf(offset)
	if !ok {
		return false
	}
	node, _ := here.before()
	branch := source.Branch(node)
	return branch != nil && printing(branch.List) != printing(branch.ElseList)
}

// emptyLoopHint says how to print a value if the loop that ends just before an offset
// prints nothing; it is empty if no loop does.
func (a *analyzer) emptyLoopHint(offset int) string {
	here, ok := a.siteOf(offset)
	if !ok {
		return ""
	}
	node, _ := here.before()
	loop, ok := node.(*parse.RangeNode)
	switch {
	case !ok:
		return ""
	case len(loop.List.Nodes) > 0 && loop.List.Nodes[len(loop.List.Nodes)-1].Type() == parse.NodeBreak:
		return "print a value for an empty list too: {{ else }}null"
	}
	return listHint
}
