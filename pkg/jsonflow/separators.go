package jsonflow

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// separatorHint says how to print the comma at an offset in a loop before every element
// except the first: by the index of the loop, or by a separate variable if the loop
// does not print an element in each turn.
func (a *analyzer) separatorHint(offset int) string {
	if hint, ok := a.separators[offset]; ok {
		return hint
	}
	loop := a.innerLoop(offset)
	hint := "print a comma before every element except the first"
	switch at, ok := a.siteOf(a.loopStart(loop)); {
	case loop != nil && ok && a.certain(at) && !a.everyTurn(loop, offset):
		hint = eachComma
	case loop != nil:
		hint += ": " + a.separatorOf(loop, offset)
	}
	if a.separators == nil {
		a.separators = map[int]string{}
	}
	a.separators[offset] = hint
	return hint
}

// eachComma is the hint for a loop after a member that is always printed.
const eachComma = "print a comma before each element in the loop, and none before the loop"

// loopStart returns the offset of a loop.
func (a *analyzer) loopStart(loop *parse.RangeNode) int {
	if loop == nil {
		return 0
	}
	return int(loop.Pos)
}

// loopBodies are the loop bodies, ordered by start offset.
type loopBodies struct {
	made    bool
	loops   []*parse.RangeNode
	bodies  []span
	parents []int                     // index of the enclosing loop of each loop; -1 for none
	free    map[string]string         // names not used by any variable
	skip    map[*parse.RangeNode]bool // whether some turns end early
}

// innerLoop returns the innermost loop whose body contains an offset, or nil if there
// is none.
func (a *analyzer) innerLoop(offset int) *parse.RangeNode {
	t := &a.bodies
	if !t.made {
		t.make(a)
	}
	after, _ := slices.BinarySearchFunc(t.bodies, offset+1, func(s span, at int) int { return cmp.Compare(s.start, at) })
	for i := after - 1; i >= 0; i = t.parents[i] {
		if offset < t.bodies[i].end {
			return t.loops[i]
		}
	}
	return nil
}

func (t *loopBodies) make(a *analyzer) {
	t.made, t.skip = true, map[*parse.RangeNode]bool{}
	loops := map[int]*parse.RangeNode{}
	a.parsed.Inspect(func(node parse.Node) bool {
		if r, ok := node.(*parse.RangeNode); ok {
			loops[int(r.List.Pos)] = r
		}
		return true
	})
	var open []int
	for _, body := range a.ranges { // ordered by start
		if loops[body.start] == nil {
			continue
		}
		for len(open) > 0 && t.bodies[open[len(open)-1]].end <= body.start {
			open = open[:len(open)-1]
		}
		parent := -1
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		open = append(open, len(t.bodies))
		t.bodies, t.loops, t.parents = append(t.bodies, body), append(t.loops, loops[body.start]), append(t.parents, parent)
	}
}

// beginsTurn reports whether the text or the action at an offset is the first thing that
// a loop body prints, if only under a condition.
func (a *analyzer) beginsTurn(offset int) bool {
	here, ok := a.siteOf(offset)
	for ok {
		node, first := here.before()
		if node != nil || first.lead != "" {
			return false
		}
		var parent *site
		if parent, ok = a.sites.parents[here.list]; ok {
			if parent.node().Type() == parse.NodeRange {
				return true
			}
			here = *parent
		}
	}
	return false
}

// afterLoopHint says how to print the comma after a loop only if the loop printed
// something.
func afterLoopHint(loop *parse.BranchNode) string {
	return fmt.Sprintf("print it only if the list before it is not empty: {{ if %s }},{{ end }}", overOf(loop))
}

// overOf returns what a loop ranges over.
func overOf(loop *parse.BranchNode) string {
	over := *loop.Pipe
	over.Decl = nil
	return over.String()
}

func (a *analyzer) separatorOf(loop *parse.RangeNode, offset int) string {
	if !a.everyTurn(loop, offset) {
		name := a.freeVariable("$sep")
		return fmt.Sprintf(`{{ %s := "" }} before the loop, and {{ %s }}{{ %s = "," }} before each element`, name, name, name)
	}
	decl := loop.Pipe.Decl
	if len(decl) == 2 && decl[0].Ident[0] != "$_" {
		return "{{ if " + decl[0].Ident[0] + " }},{{ end }}"
	}
	index, element := a.freeVariable("$i"), a.freeVariable("$e")
	if len(decl) > 0 {
		element = decl[len(decl)-1].Ident[0]
	}
	return fmt.Sprintf("{{ range %s, %s := %s }}{{ if %s }},{{ end }}", index, element, overOf(&loop.BranchNode), index)
}

// everyTurn reports whether a loop prints the comma at an offset in every turn.
func (a *analyzer) everyTurn(loop *parse.RangeNode, offset int) bool {
	nodes := loop.List.Nodes
	after, _ := slices.BinarySearchFunc(nodes, offset+1, func(n parse.Node, at int) int { return cmp.Compare(int(n.Position()), at) })
	if a.skips(loop) || after == 0 {
		return false
	}
	switch n := nodes[after-1].(type) {
	case *parse.TextNode:
		return offset < int(n.Pos)+len(n.Text)
	case *parse.ActionNode:
		return true
	}
	return false
}

// skips reports whether some turns of a loop end early.
func (a *analyzer) skips(loop *parse.RangeNode) bool {
	skips, known := a.bodies.skip[loop]
	if !known {
		source.Inspect(loop.List, func(node parse.Node) bool {
			skips = skips || node.Type() == parse.NodeContinue
			return !skips
		})
		a.bodies.skip[loop] = skips
	}
	return skips
}

// freeVariable returns a name that no variable in the template uses.
func (a *analyzer) freeVariable(name string) string {
	if known, ok := a.bodies.free[name]; ok {
		return known
	}
	if a.bodies.free == nil {
		a.bodies.free = map[string]string{}
	}
	for candidate, i := name, 2; ; i++ {
		if !regexp.MustCompile(regexp.QuoteMeta(candidate) + `\b`).MatchString(a.source) {
			a.bodies.free[name] = candidate
			return candidate
		}
		candidate = fmt.Sprint(name, i)
	}
}
