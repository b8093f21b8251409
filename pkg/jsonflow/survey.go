package jsonflow

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// survey looks at the whole template before it is followed.
func (a *analyzer) survey() {
	var pipes []*parse.PipeNode
	for _, tree := range a.trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			switch node := node.(type) {
			case *parse.PipeNode:
				if len(node.Decl) > 0 {
					pipes = append(pipes, node)
				}
			case *parse.RangeNode:
				a.ranges = append(a.ranges, span{int(node.List.Pos), endOf(node.List)})
			}
			return true
		})
	}
	slices.SortFunc(a.ranges, compareSpans)
	a.collectAssigned(pipes)
	if root := a.trees[a.kind.TemplateName()]; root != nil {
		last := a.lastByte(root.Root, 0)
		a.endsLikeJSON = last == ']' || last == '}'
	}
}

// lastByte returns the last byte of a list's text that is no space; 0 when an
// action prints the last, or nothing does. Of branches the first that ends in text
// counts.
func (a *analyzer) lastByte(list *parse.ListNode, depth int) byte {
	const deepest = 100
	if list == nil || depth > deepest {
		return 0
	}
	for _, node := range slices.Backward(list.Nodes) {
		var branch *parse.BranchNode
		switch node := node.(type) {
		case *parse.TextNode:
			if t := strings.TrimSpace(string(node.Text)); t != "" {
				return t[len(t)-1]
			}
		case *parse.ActionNode:
			if len(node.Pipe.Decl) == 0 {
				return 0
			}
		case *parse.TemplateNode:
			if tree := a.trees[node.Name]; tree != nil {
				return a.lastByte(tree.Root, depth+1)
			}
		case *parse.IfNode:
			branch = &node.BranchNode
		case *parse.WithNode:
			branch = &node.BranchNode
		case *parse.RangeNode:
			branch = &node.BranchNode
		}
		if branch != nil {
			if last := a.lastByte(branch.List, depth+1); last != 0 {
				return last
			}
			if last := a.lastByte(branch.ElseList, depth+1); last != 0 {
				return last
			}
		}
	}
	return 0
}

// endOf returns the offset behind the last text of a list.
func endOf(list *parse.ListNode) int {
	end := int(list.Pos)
	source.Inspect(list, func(node parse.Node) bool {
		at := int(node.Position())
		if text, ok := node.(*parse.TextNode); ok {
			at += len(text.Text)
		}
		end = max(end, at)
		return true
	})
	return end
}

func (a *analyzer) inLoop(offset int) bool {
	for _, r := range a.ranges {
		if r.start > offset {
			return false
		}
		if offset < r.end {
			return true
		}
	}
	return false
}

// behindLoop reports whether a loop ends just before an offset.
func (a *analyzer) behindLoop(offset int) bool {
	for _, r := range a.ranges {
		if r.end <= offset && strings.TrimSpace(afterEnd(a.source[r.end:offset])) == "" {
			return true
		}
	}
	return false
}

// afterEnd returns what follows {{ end }} at the front of a text.
func afterEnd(s string) string {
	trimmed := strings.TrimSpace(s)
	if !strings.HasPrefix(trimmed, "{{") {
		return s
	}
	inner, rest, ok := strings.Cut(trimmed[2:], "}}")
	if !ok || strings.Trim(inner, " -\t\n\r") != "end" {
		return s
	}
	return rest
}
