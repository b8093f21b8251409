package rewrite

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
)

// container is an object or a list with what separates its members.
type container struct {
	opens    []int
	elements []*element // in the order of the text
	commas   []*comma
}

// maxContainers bounds how many objects and lists are repaired in one round.
const maxContainers = 100

// repairSeparators returns ways to put commas where they are right, the
// smallest change first.
func (f *fixer) repairSeparators() []edits {
	var shadowed edits
	if f.repairShadowed(&shadowed); len(shadowed) > 0 {
		return []edits{shadowed}
	}
	var few, all edits
	wrong := map[int]bool{}
	for _, p := range f.problems(separatorRules...) {
		f.repairPlace(&few, p.Start)
		if open, ok := f.containerAt(p.Start, p.End); ok {
			wrong[open] = true
		}
	}
	for i, open := range slices.Sorted(maps.Keys(wrong)) {
		if i == maxContainers {
			break // the next round takes more
		}
		f.repairContainer(&all, f.collect(open), i)
	}
	return []edits{few, all}
}

// separatorRules are those by which commas are found wrong.
var separatorRules = []string{"json-separator", "json-structure"}

// repairPlace changes nothing but the comma that a problem is about: one that is
// missing before a member, or one with which its object or list can end. That
// goes to the next member, if it depends on the event whether there is one.
func (f *fixer) repairPlace(e *edits, at int) {
	o := f.outline
	if el := o.elements[at]; el != nil && el.before == countSome {
		e.insert(at, ",")
		return
	}
	c := o.commas[at]
	if c == nil {
		return
	}
	f.removeComma(e, c)
	for _, el := range f.collect(o.container(c.container)).elements {
		if el.offset >= c.end && el.before == countSome && el.list != c.list {
			e.insert(el.offset, ",")
			return
		}
	}
}

// repairShadowed finds variables for separators that are declared once more
// where they should be set: what is set in a loop is gone at its end.
func (f *fixer) repairShadowed(e *edits) {
	separators := separatorVariables(f.trees)
	for _, tree := range f.trees {
		if tree.Root == nil {
			continue
		}
		for i, node := range tree.Root.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok || len(action.Pipe.Decl) != 1 || !separators[action.Pipe.Decl[0].Ident[0]] {
				continue
			}
			for _, later := range tree.Root.Nodes[i+1:] {
				f.assignInstead(e, later, action.Pipe.Decl[0].Ident[0])
			}
		}
	}
}

// assignInstead makes declarations of a variable below a node assignments.
func (f *fixer) assignInstead(e *edits, node parse.Node, name string) {
	list := &parse.ListNode{Nodes: []parse.Node{node}}
	inspect(list, func(n parse.Node) {
		action, ok := n.(*parse.ActionNode)
		if !ok || n == node || action.Pipe.IsAssign || len(action.Pipe.Decl) != 1 || action.Pipe.Decl[0].Ident[0] != name {
			return
		}
		_, end := actionSpan(f.text, int(action.Pos))
		if at := strings.Index(f.text[action.Pos:end], ":="); at >= 0 {
			e.remove(int(action.Pos)+at, int(action.Pos)+at+1)
		}
	})
}

// containerAt returns the object or list whose separators a problem is about:
// that of a comma, a member or a closing bracket at its place, or else the
// innermost around it.
func (f *fixer) containerAt(start, end int) (open int, ok bool) {
	o := f.outline
	for at := start; at < max(end, start+1); at++ {
		if c := o.commas[at]; c != nil {
			return o.container(c.container), true
		}
		if open, ok := o.closings[at]; ok {
			return o.container(open), true
		}
		if e := o.elements[at]; e != nil {
			return o.container(e.container), true
		}
	}
	open = -1
	for closing, opening := range o.closings {
		if opening <= start && start < closing && opening > open {
			open = opening
		}
	}
	return o.container(open), open >= 0
}

func (f *fixer) collect(id int) container {
	var c container
	o := f.outline
	opens := map[int]bool{id: true}
	for open := range o.same {
		if o.container(open) == id {
			opens[open] = true
		}
	}
	c.opens = slices.Sorted(maps.Keys(opens))
	for _, e := range o.elements {
		if o.container(e.container) == id {
			c.elements = append(c.elements, e)
		}
	}
	for _, comma := range o.commas {
		if o.container(comma.container) == id {
			c.commas = append(c.commas, comma)
		}
	}
	slices.SortFunc(c.elements, func(a, b *element) int { return cmp.Compare(a.offset, b.offset) })
	slices.SortFunc(c.commas, func(a, b *comma) int { return cmp.Compare(a.start, b.start) })
	return c
}

// repairContainer puts a comma before each member that has one before it, and
// nowhere else. Where that depends on the event, a variable says it: the index
// of the loop that all members come from, or one that is empty until a member
// was printed.
func (f *fixer) repairContainer(e *edits, c container, n int) {
	keep := map[*comma]bool{}
	index := f.loopIndex(e, c)
	separator := ""
	for _, el := range c.elements {
		switch {
		case el.before == countSome:
			if own := f.commaBefore(c, el); own != nil {
				keep[own] = true
			} else {
				e.insert(el.offset, ",")
			}
		case el.before == countMaybe && index != "":
			f.insertAction(e, el.offset, "{{ if "+index+" }},{{ end }}")
		case el.before == countMaybe:
			separator = f.separatorName(separator, n)
			f.insertAction(e, el.offset, "{{ "+separator+" }}{{ "+separator+` = "," }}`)
		case f.needsFlag(c, el):
			separator = f.separatorName(separator, n)
			f.insertAction(e, el.offset, "{{ "+separator+` = "," }}`)
		}
	}
	if separator != "" {
		for _, open := range c.opens {
			f.insertAction(e, open+1, "{{ "+separator+` := "" }}`)
		}
	}
	for _, comma := range c.commas {
		if !keep[comma] {
			f.removeComma(e, comma)
		}
	}
}

// commaBefore returns the comma that stands right before a member.
func (f *fixer) commaBefore(c container, el *element) *comma {
	i, found := slices.BinarySearchFunc(c.commas, el.offset, func(c *comma, at int) int { return cmp.Compare(c.start, at) })
	if found || i == 0 {
		return nil
	}
	comma := c.commas[i-1]
	if comma.list == el.list && strings.TrimSpace(f.text[comma.end:el.offset]) == "" {
		return comma
	}
	return nil
}

// needsFlag reports whether a first member must be remembered, because it
// depends on the event whether another one follows as the first.
func (f *fixer) needsFlag(c container, el *element) bool {
	return slices.ContainsFunc(c.elements, func(other *element) bool {
		return other != el && other.before == countMaybe
	})
}

// loopIndex returns the variable for the index of the loop that makes all
// members, one in each turn. It declares the variable when there is none.
func (f *fixer) loopIndex(e *edits, c container) string {
	if len(c.elements) != 1 {
		return ""
	}
	el := c.elements[0]
	if el.before != countMaybe || el.loop == nil || el.loop.List != el.list || hasContinue(el.loop.List) {
		return ""
	}
	pipe := el.loop.Pipe
	switch len(pipe.Decl) {
	case 2:
		return pipe.Decl[0].Ident[0]
	case 1:
		name := f.unusedVariable("$i")
		e.insert(int(pipe.Decl[0].Pos), name+", ")
		return name
	}
	name := f.unusedVariable("$i")
	e.insert(int(pipe.Pos), name+", $_ := ")
	return name
}

func hasContinue(list *parse.ListNode) (found bool) {
	inspect(list, func(node parse.Node) {
		if node.Type() == parse.NodeContinue {
			found = true
		}
	})
	return found
}

func (f *fixer) separatorName(name string, n int) string {
	if name != "" {
		return name
	}
	base := "$sep"
	if n > 0 {
		base = fmt.Sprint("$sep", n+1)
	}
	return f.unusedVariable(base)
}

// unusedVariable returns a name that no variable of the template has.
func (f *fixer) unusedVariable(name string) string {
	for candidate, i := name, 2; ; i++ {
		if !strings.Contains(f.text, candidate) {
			return candidate
		}
		candidate = fmt.Sprint(name, i)
	}
}
