package jsonflow

import (
	"cmp"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// survey collects information about the whole template before it is walked.
func (a *analyzer) survey() {
	var pipes []*parse.PipeNode
	a.parsed.Inspect(func(node parse.Node) bool {
		if pipe, ok := node.(*parse.PipeNode); ok && len(pipe.Decl) > 0 {
			pipes = append(pipes, pipe)
		}
		return true
	})
	for _, name := range a.parsed.Names() {
		a.collectRanges(a.trees[name].Root)
	}
	slices.SortFunc(a.ranges, compareSpans)
	last := 0
	for _, r := range a.ranges {
		last = max(last, r.end)
		a.rangeEnds = append(a.rangeEnds, last)
	}
	a.collectAssigned(pipes)
	if root := a.parsed.Root(); root != nil {
		last := a.lastByte(root, map[string]byte{})
		a.endsLikeJSON = last == ']' || last == '}'
	}
}

// lastByte returns the last non-space byte of a list's text. It returns 0 if an action
// prints the last output or nothing does. Among branches, the first that ends in text
// counts. known caches the results of templates, each of which is visited once.
func (a *analyzer) lastByte(list *parse.ListNode, known map[string]byte) byte {
	if list == nil {
		return 0
	}
	for _, node := range slices.Backward(list.Nodes) {
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
				last, ok := known[node.Name]
				if !ok {
					known[node.Name] = 0
					last = a.lastByte(tree.Root, known)
					known[node.Name] = last
				}
				return last
			}
		}
		if branch := source.Branch(node); branch != nil {
			if last := a.lastByte(branch.List, known); last != 0 {
				return last
			}
			if last := a.lastByte(branch.ElseList, known); last != 0 {
				return last
			}
		}
	}
	return 0
}

// collectRanges records the spans of loop bodies and returns the offset after the last
// node of a list.
func (a *analyzer) collectRanges(list *parse.ListNode) int {
	if list == nil {
		return 0
	}
	end := int(list.Pos)
	for _, node := range list.Nodes {
		end = max(end, int(node.Position()))
		switch node := node.(type) {
		case *parse.TextNode:
			end = max(end, int(node.Pos)+len(node.Text))
		case *parse.ActionNode:
			end = max(end, endOf(node.Pipe))
		}
		if branch := source.Branch(node); branch != nil {
			body := a.collectRanges(branch.List)
			if branch.NodeType == parse.NodeRange {
				a.ranges = append(a.ranges, span{int(branch.List.Pos), body})
			}
			end = max(end, endOf(branch.Pipe), body, a.collectRanges(branch.ElseList))
		}
	}
	return end
}

// endOf returns the offset of the last node of a pipeline.
func endOf(pipe *parse.PipeNode) int {
	end := 0
	source.Inspect(pipe, func(node parse.Node) bool {
		end = max(end, int(node.Position()))
		return true
	})
	return end
}

func (a *analyzer) inLoop(offset int) bool {
	begun, _ := slices.BinarySearchFunc(a.ranges, offset+1, func(r span, offset int) int { return cmp.Compare(r.start, offset) })
	return begun > 0 && offset < a.rangeEnds[begun-1]
}

// afterLoop reports whether a loop ends just before an offset.
func (a *analyzer) afterLoop(offset int) bool {
	here, ok := a.siteOf(offset)
	if !ok {
		return false
	}
	node, _ := here.before()
	return node != nil && node.Type() == parse.NodeRange
}
