package rewrite

import (
	"cmp"
	"slices"
	"strings"
	"text/template/parse"
)

// removeComma removes a comma, together with the condition around it if that holds
// nothing else.
func (f *fixer) removeComma(e *edits, c *comma) {
	if node := f.conditionOf(c.list); node != nil && strings.TrimSpace(listText(c.list)) == "," {
		start, _ := actionSpan(f.text, int(node.Pos))
		if at := strings.Index(f.text[c.end:], leftDelim); at >= 0 {
			end := actionEnd(f.text, c.end+at+len(leftDelim))
			if strings.Trim(f.text[c.end+at:end], "{}- \t\r\n") == "end" {
				e.remove(start, end)
				return
			}
		}
	}
	end := c.end
	if rest := strings.TrimLeft(f.text[end:], " "); beginsEnd(rest) { // the space was between elements
		end = len(f.text) - len(rest)
	}
	e.remove(c.start, end)
}

// beginsEnd reports whether a text begins with {{ end }} or a closing bracket.
func beginsEnd(text string) bool {
	if !strings.HasPrefix(text, leftDelim) || strings.HasPrefix(text, "{{-") {
		return strings.HasPrefix(text, "]") || strings.HasPrefix(text, "}")
	}
	_, word, ok := nextAction(text, 0)
	return ok && keyword(word) == "end"
}

// conditionOf returns the if without an else whose body is this list.
func (f *fixer) conditionOf(list *parse.ListNode) *parse.IfNode {
	if f.conditions == nil {
		f.conditions = map[*parse.ListNode]*parse.IfNode{}
		for _, tree := range f.trees {
			inspect(tree.Root, func(node parse.Node) {
				if branch, ok := node.(*parse.IfNode); ok && branch.ElseList == nil {
					f.conditions[branch.List] = branch
				}
			})
		}
	}
	return f.conditions[list]
}

// listText returns what a list prints if it contains only text.
func listText(list *parse.ListNode) string {
	var b strings.Builder
	for _, node := range list.Nodes {
		text, ok := node.(*parse.TextNode)
		if !ok {
			return ""
		}
		b.Write(text.Text)
	}
	return b.String()
}

// repairBeforeLast puts a comma after each optional member that a mandatory one
// follows. It reports whether there is a mandatory member.
func (f *fixer) repairBeforeLast(e *edits, c container) bool {
	last := slices.IndexFunc(c.elements, func(el *element) bool {
		return el.before == countMaybe && el.loop == nil && el.list == f.outline.lists[c.opens[0]]
	})
	if last < 0 || len(c.opens) > 1 {
		return false
	}
	var mine edits
	keep := map[*comma]bool{}
	for i, el := range c.elements[:last] {
		next := c.elements[i+1]
		end, ok := listEnd(f.text, el.list)
		switch {
		case next.list == el.list:
			f.separate(&mine, c, next, keep)
		case !ok || next.offset < end || el.list == c.elements[last].list:
			return false
		default:
			f.follow(&mine, c, el, end, keep)
		}
	}
	for _, el := range c.elements[last+1:] {
		if el.before != countSome {
			return false
		}
		f.separate(&mine, c, el, keep)
	}
	for _, comma := range c.commas {
		if !keep[comma] {
			f.removeComma(&mine, comma)
		}
	}
	*e = append(*e, mine...)
	return true
}

// follow puts a comma after the last member of a list of nodes, unless one is already
// there.
func (f *fixer) follow(e *edits, c container, el *element, end int, keep map[*comma]bool) {
	after, _ := slices.BinarySearchFunc(c.commas, el.offset+1, func(c *comma, at int) int { return cmp.Compare(c.start, at) })
	for _, comma := range c.commas[after:] {
		if comma.start >= end {
			break
		}
		if comma.list == el.list && strings.TrimSpace(f.text[comma.end:end]) == "" {
			keep[comma] = true
			return
		}
	}
	e.insert(len(strings.TrimRight(f.text[:end], " \t\r\n")), ",")
}

// maxBranches bounds the branches of a condition that begin with a member and share one
// comma.
const maxBranches = 8

// commaBeforeBranches returns the comma right before a condition all of whose branches
// begin with a member, where el is the first in one of them.
func (f *fixer) commaBeforeBranches(c container, el *element) *comma {
	before, _ := slices.BinarySearchFunc(c.commas, el.offset, func(c *comma, at int) int { return cmp.Compare(c.start, at) })
	for _, comma := range c.commas[max(before-maxBranches, 0):before] {
		i, _ := slices.BinarySearchFunc(comma.list.Nodes, comma.end, func(n parse.Node, at int) int { return cmp.Compare(int(n.Position()), at) })
		for ; i < len(comma.list.Nodes); i++ {
			branch, ok := comma.list.Nodes[i].(*parse.IfNode)
			if text, isText := comma.list.Nodes[i].(*parse.TextNode); isText && strings.TrimSpace(string(text.Text)) == "" {
				continue
			}
			if start := 0; ok {
				start, _ = actionSpan(f.text, int(branch.Pos))
				if strings.TrimSpace(f.text[comma.end:start]) == "" && f.beginsAll(c, branch, el) {
					return comma
				}
			}
			break
		}
	}
	return nil
}

// beginsAll reports whether every branch of a condition begins with a member, and one
// of them with el.
func (f *fixer) beginsAll(c container, branch *parse.IfNode, el *element) (is bool) {
	found := false
	for list := branch.List; ; {
		at := firstByte(f.text, list)
		i, ok := slices.BinarySearchFunc(c.elements, at, func(el *element, at int) int { return cmp.Compare(el.offset, at) })
		if !ok {
			return false
		}
		found = found || c.elements[i] == el
		switch {
		case list == branch.ElseList:
			return found
		case branch.ElseList == nil:
			return false
		}
		list = branch.ElseList
		if next, ok := list.Nodes[0].(*parse.IfNode); ok && len(list.Nodes) == 1 {
			branch, list = next, next.List
		}
	}
}

// firstByte returns the offset of the first non-space byte that a list prints, or -1 if
// that depends on the event.
func firstByte(source string, list *parse.ListNode) int {
	for _, node := range list.Nodes {
		if action, ok := node.(*parse.ActionNode); ok && len(action.Pipe.Decl) == 0 {
			start, _ := actionSpan(source, int(action.Pos))
			return start
		}
		text, ok := node.(*parse.TextNode)
		if !ok {
			return -1
		}
		if trimmed := strings.TrimLeft(string(text.Text), " \t\r\n"); trimmed != "" {
			return int(text.Pos) + len(text.Text) - len(trimmed)
		}
	}
	return -1
}
