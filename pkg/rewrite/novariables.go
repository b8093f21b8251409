package rewrite

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// maxTwice is the maximum length, in bytes, of a list element's text that may be
// written twice; a longer one becomes a separate template.
const maxTwice = 160

// repairWithoutVariables puts commas between members whose number depends on the event,
// without using a variable: the elements of a loop after the first get a loop to
// themselves, and a member after optional ones repeats their conditions.
func (f *fixer) repairWithoutVariables(e *edits, c container) bool {
	if f.repairBeforeLast(e, c) {
		return true
	}
	var mine edits
	keep := map[*comma]bool{}
	for _, el := range c.elements {
		switch {
		case el.before == countSome:
			f.separate(&mine, c, el, keep)
		case el.before == countMaybe && len(c.elements) == 1:
			return f.splitLoop(e, c, el)
		case el.before == countMaybe:
			condition := f.anyBefore(c, el)
			if condition == "" {
				return false
			}
			f.insertAction(&mine, f.commaPlace(el), "{{ if "+condition+" }},{{ end }}")
		}
	}
	for _, comma := range c.commas {
		if !keep[comma] {
			f.removeComma(&mine, comma)
		}
	}
	*e = append(*e, mine...)
	return true
}

// splitLoop moves the elements of a loop after the first into a second loop, in which a
// comma precedes each.
func (f *fixer) splitLoop(e *edits, c container, el *element) bool {
	loop := el.loop
	if loop == nil || loop.List != el.list || len(loop.Pipe.Decl) > 0 || loop.ElseList != nil || leavesLoop(loop.List) {
		return false
	}
	start, bodyStart := actionSpan(f.text, int(loop.Pos))
	bodyEnd, ok := endOf(f.text, int(loop.Pos))
	if !ok {
		return false
	}
	var inner edits
	for _, comma := range c.commas {
		f.removeComma(&inner, comma)
	}
	for i := range inner {
		if inner[i].start < bodyStart || inner[i].end > bodyEnd {
			return false
		}
		inner[i].start -= bodyStart
		inner[i].end -= bodyStart
	}
	body := inner.apply(f.text[bodyStart:bodyEnd])
	if len(body) > maxTwice && !strings.Contains(body, "$") {
		name := f.unusedName("element")
		f.insertAction(e, 0, fmt.Sprintf("{{ define %q }}%s{{ end -}}%s", name, strings.TrimSpace(body), f.options.afterDefine(f.text)))
		body = leadingSpace(body) + fmt.Sprintf("{{ template %q . }}", name) + trailingSpace(body)
	}
	head := f.text[start:bodyStart]
	open := strings.Replace(head, "range", "with", 1)
	e.replace(start, bodyEnd, open+"{{ range slice . 0 1 }}"+body+"{{ end }}{{ range slice . 1 }},"+body+"{{ end }}")
	return true
}

func leavesLoop(list *parse.ListNode) (found bool) {
	inspect(list, func(node parse.Node) {
		found = found || node.Type() == parse.NodeContinue || node.Type() == parse.NodeBreak
	})
	return found
}

// anyBefore returns the condition under which another member of the container precedes
// el, or "" if no simple condition expresses it.
func (f *fixer) anyBefore(c container, el *element) string {
	siblings := f.siblings(el.list)
	if siblings == nil {
		return ""
	}
	var asked []string
	for _, other := range c.elements {
		if other.offset >= el.offset {
			break
		}
		i := slices.IndexFunc(siblings.Nodes, func(n parse.Node) bool { return holds(n, other.list) })
		if i < 0 {
			return ""
		}
		condition := f.conditionText(siblings.Nodes[i])
		if condition == "" {
			return ""
		}
		if !slices.Contains(asked, condition) {
			asked = append(asked, condition)
		}
	}
	if len(asked) == 1 {
		return asked[0]
	}
	for i, condition := range asked {
		if strings.ContainsAny(condition, " |") {
			asked[i] = "(" + condition + ")"
		}
	}
	return "or " + strings.Join(asked, " ")
}

// siblings returns the list that contains the condition around an element's list,
// provided that the dot is the same there, or the list itself if it has no condition.
func (f *fixer) siblings(list *parse.ListNode) (found *parse.ListNode) {
	for _, tree := range f.trees {
		if tree.Root == list {
			return list
		}
		inspect(tree.Root, func(node parse.Node) {
			outer, ok := node.(*parse.ListNode)
			if !ok {
				return
			}
			for _, n := range outer.Nodes {
				if branch, ok := n.(*parse.IfNode); ok && branch.List == list && branch.ElseList == nil {
					found = outer
				}
			}
		})
	}
	return found
}

// holds reports whether a list is the only branch of a condition.
func holds(node parse.Node, list *parse.ListNode) bool {
	branch := condition(node)
	return branch != nil && branch.List == list && branch.ElseList == nil
}

// conditionText returns the condition of an if or with as written.
func (f *fixer) conditionText(node parse.Node) string {
	branch := condition(node)
	if branch == nil || len(branch.Pipe.Decl) > 0 {
		return ""
	}
	_, end := actionSpan(f.text, int(branch.Pipe.Pos))
	return strings.TrimSpace(f.text[branch.Pipe.Pos:pipelineEnd(f.text, end)])
}

// condition returns the branches of an if or with, and nil for any other node.
func condition(node parse.Node) *parse.BranchNode {
	if _, loop := node.(*parse.RangeNode); loop {
		return nil
	}
	return source.Branch(node)
}
