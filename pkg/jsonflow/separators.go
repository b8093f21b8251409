package jsonflow

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
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
	if loop != nil {
		hint += ": " + a.separatorOf(loop, offset)
	}
	if a.separators == nil {
		a.separators = map[int]string{}
	}
	a.separators[offset] = hint
	return hint
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
	t.made, t.free, t.skip = true, map[string]string{}, map[*parse.RangeNode]bool{}
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
// a loop body prints.
func (a *analyzer) beginsTurn(offset int) bool {
	loop := a.innerLoop(offset)
	if loop == nil {
		return false
	}
	switch strings.TrimSpace(a.source[loop.List.Pos:offset]) {
	case "", "{{", "{{-":
		return true
	}
	return false
}

// loopBefore returns the loop that ends just before an offset and prints something in
// every turn, or nil if there is none.
func (a *analyzer) loopBefore(offset int) *parse.RangeNode {
	after, _ := slices.BinarySearch(a.rangeEnds, offset+1)
	if after == 0 {
		return nil
	}
	end := a.rangeEnds[after-1]
	loop := a.innerLoop(end - 1)
	if loop == nil || a.skips(loop) || loop.ElseList != nil || len(loop.List.Nodes) == 0 {
		return nil
	}
	prints, between := false, a.source[end:offset]
	switch last := loop.List.Nodes[len(loop.List.Nodes)-1].(type) {
	case *parse.ActionNode:
		prints = len(last.Pipe.Decl) == 0
		_, between, _ = strings.Cut(between, "}}")
	case *parse.TextNode:
		prints = strings.TrimSpace(string(last.Text)) != ""
	}
	if !prints || strings.TrimSpace(afterEnd(between)) != "" {
		return nil
	}
	return loop
}

// afterLoopHint says how to print the comma after a loop only if the loop printed
// something.
func afterLoopHint(loop *parse.RangeNode) string {
	over := *loop.Pipe
	over.Decl = nil
	return fmt.Sprintf("print it only if the list before it is not empty: {{ if %s }},{{ end }}", over.String())
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
	over := *loop.Pipe
	over.Decl = nil
	return fmt.Sprintf("{{ range %s, %s := %s }}{{ if %s }},{{ end }}", index, element, over.String(), index)
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
	for candidate, i := name, 2; ; i++ {
		if !regexp.MustCompile(regexp.QuoteMeta(candidate) + `\b`).MatchString(a.source) {
			a.bodies.free[name] = candidate
			return candidate
		}
		candidate = fmt.Sprint(name, i)
	}
}
