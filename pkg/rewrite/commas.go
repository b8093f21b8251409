package rewrite

import (
	"strings"
	"text/template/parse"
)

// removeComma takes a comma away, and the condition around it when it is all
// that is there.
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
	e.remove(c.start, c.end)
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

// listText returns what a list prints when it holds nothing but text.
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
