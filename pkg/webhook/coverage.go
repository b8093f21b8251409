package webhook

import (
	"fmt"
	"sort"
	"sync/atomic"
	"text/template"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// Branch is one path through an if, with or range of a template.
type Branch struct {
	Offset  int // of the pipeline of the if, with or range, in bytes
	Pos     source.Position
	Source  string // such as "if .Reports"
	Arm     string // what is executed: "then" or "else"; of a range "some" or "none"
	Reached bool
}

func (b Branch) String() string { return fmt.Sprintf("%s: %s", b.Source, b.Arm) }

// WithCoverage records which branches of a template were executed; see
// Template.Branches. It does not change the output.
func WithCoverage() Option { return func(t *Template) { t.coverage = &coverage{} } }

// coverage records which branches of a template were reached. Several renderings may
// use it at a time.
type coverage struct {
	branches []Branch
	reached  []atomic.Bool
}

func (c *coverage) reach(_ *guard, branch int) error {
	c.reached[branch].Store(true)
	return nil
}

// plantCoverage puts a mark in front of each branch of the template.
func (t *Template) plantCoverage(root *template.Template) {
	for _, tmpl := range root.Templates() {
		if tmpl.Tree == nil || tmpl.Root == nil {
			continue
		}
		source.Inspect(tmpl.Root, func(node parse.Node) bool {
			switch node := node.(type) {
			case *parse.IfNode:
				t.plantBranches(&node.BranchNode, "if", "then", "else")
			case *parse.WithNode:
				t.plantBranches(&node.BranchNode, "with", "then", "else")
			case *parse.RangeNode:
				t.plantBranches(&node.BranchNode, "range", "some", "none")
			}
			return true
		})
	}
	t.coverage.reached = make([]atomic.Bool, len(t.coverage.branches))
}

func (t *Template) plantBranches(node *parse.BranchNode, word, arm, other string) {
	t.plantBranch(node, node.List, word, arm)
	if chained(node.ElseList) {
		return // else if: the branches of the inner one cover it
	}
	if node.ElseList == nil {
		node.ElseList = &parse.ListNode{NodeType: parse.NodeList, Pos: node.Pos}
	}
	t.plantBranch(node, node.ElseList, word, other)
}

func (t *Template) plantBranch(node *parse.BranchNode, list *parse.ListNode, word, arm string) {
	c := t.coverage
	t.marks.plant(list, c.reach, len(c.branches))
	offset := int(node.Pipe.Position())
	c.branches = append(c.branches, Branch{
		Offset: offset, Pos: t.Index().Position(offset), Source: word + " " + node.Pipe.String(), Arm: arm,
	})
}

// chained reports whether an else holds only another if or with, as {{ else if }} does.
func chained(list *parse.ListNode) bool {
	if list == nil || len(list.Nodes) != 1 {
		return false
	}
	switch list.Nodes[0].(type) {
	case *parse.IfNode, *parse.WithNode:
		return true
	}
	return false
}

// Branches returns the branches of a template that was parsed WithCoverage, in the
// order of the text, with whether a rendering has reached each. It is nil for other
// templates.
func (t *Template) Branches() []Branch {
	if t.coverage == nil {
		return nil
	}
	branches := make([]Branch, len(t.coverage.branches))
	for i, branch := range t.coverage.branches {
		branch.Reached = t.coverage.reached[i].Load()
		branches[i] = branch
	}
	sort.SliceStable(branches, func(i, j int) bool { return branches[i].Offset < branches[j].Offset })
	return branches
}
