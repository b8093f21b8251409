package jsonflow

import (
	"fmt"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/pkg/source"
)

// A comma that is wrong for one event can be right for another: next to a condition or a
// loop, removing or adding it breaks the JSON in another case. The hints say where it is
// right in all of them.

// everyComma returns the hint that is right for any members that may be missing.
func (a *analyzer) everyComma() string {
	name := a.freeVariable("$sep")
	return fmt.Sprintf(`write {{ %s := "" }} before the first member, and {{ %s }}{{ %s = "," }} for the comma before each`, name, name, name)
}

// anyComma returns the hint about a condition that prints only a comma, and the wrong one.
func (a *analyzer) anyComma(here site) string {
	if at := int(here.node().Position()); a.inLoop(at) {
		return a.separatorHint(at)
	}
	return a.everyComma()
}

// onlyComma reports whether a list prints a comma and nothing else.
func onlyComma(list *parse.ListNode) bool {
	text := ""
	for _, node := range list.Nodes {
		if t, ok := node.(*parse.TextNode); ok {
			text += strings.TrimSpace(string(t.Text))
		} else if !silent(node) {
			return false
		}
	}
	return text == ","
}

// optionalComma returns the hint for several members that may be missing, of which the
// first is at a site.
func (a *analyzer) optionalComma(first site) string {
	if !a.certain(first) {
		return a.everyComma()
	}
	return "print a comma before each member that may be missing, and only there: " + opening(first.node()) + ", …"
}

// opening returns the action that begins a condition or a loop.
func opening(node parse.Node) string {
	word := map[parse.NodeType]string{parse.NodeIf: "if", parse.NodeWith: "with", parse.NodeRange: "range"}[node.Type()]
	return fmt.Sprintf("{{ %s %s }}", word, source.Branch(node).Pipe)
}

// commaHint says what to do about a comma that is missing or superfluous next to a
// condition or a loop; it is empty if nothing depends on the event.
func (a *analyzer) commaHint(e textError, at int) string {
	here, ok := a.siteOf(at)
	if !ok {
		return ""
	}
	switch e.err {
	case automaton.ErrExtraComma:
		return a.extraHint(here)
	case automaton.ErrTrailingComma:
		return a.trailingHint(int(e.doc.Comma), here)
	case automaton.ErrMissingComma:
		return a.missingHint(here)
	}
	return ""
}

// extraHint is about a comma with nothing before it.
func (a *analyzer) extraHint(here site) string {
	node, before := here.before()
	if node == nil {
		if _, within := a.sites.parents[here.list]; within && onlyComma(here.list) {
			return a.anyComma(here)
		}
		return ""
	}
	if loop, ok := node.(*parse.RangeNode); ok {
		if loop.ElseList == nil && printing(loop.List) {
			return afterLoopHint(&loop.BranchNode)
		}
		return a.everyComma()
	}
	branch := source.Branch(node)
	switch {
	case branch == nil:
		return ""
	case ends(branch.List) || ends(branch.ElseList):
		if a.awaits(before) && !printing(branch.ElseList) {
			return "" // it is superfluous with and without the condition
		}
		return "remove the comma at the end of the condition before it"
	case a.followed(here):
		return "move it into the condition before it, to the end: …,{{ end }}"
	}
	return a.optionalComma(before)
}

// followed reports whether what follows a comma at a site is always printed.
func (a *analyzer) followed(here site) bool {
	if text, ok := here.node().(*parse.TextNode); ok {
		_, rest, _ := strings.Cut(string(text.Text), ",")
		if rest = strings.TrimSpace(rest); rest != "" {
			return rest[0] != '}' && rest[0] != ']'
		}
	}
	for _, node := range here.list.Nodes[here.index+1:] {
		if !silent(node) {
			return source.Branch(node) == nil
		}
	}
	return false
}

// trailingHint is about a comma before the closing bracket at a site.
func (a *analyzer) trailingHint(comma int, here site) string {
	from, ok := a.siteOf(comma)
	if !ok || comma == 0 || here.list == from.list && here.index == from.index {
		return ""
	}
	if from.list != here.list {
		if outer, ok := a.sites.parents[from.list]; ok && outer.list == here.list && outer.node().Type() != parse.NodeRange {
			return a.optionalComma(*outer)
		}
		return a.everyComma()
	}
	first := from
	optional := 0
	for i := here.index - 1; i > from.index; i-- {
		if !silent(here.list.Nodes[i]) {
			first, optional = site{list: here.list, index: i}, optional+1
		}
	}
	switch branch := source.Branch(first.node()); {
	case optional == 0 || branch == nil:
		return ""
	case optional > 1 || !a.certain(first):
		return a.optionalComma(first)
	case branch.NodeType == parse.NodeRange && branch.ElseList == nil && printing(branch.List):
		return fmt.Sprintf("print it only if the list after it is not empty: {{ if %s }},{{ end }}", overOf(branch))
	case branch.NodeType == parse.NodeRange:
		return eachComma
	}
	return "move it into the condition after it: " + opening(first.node()) + ", …"
}

// missingHint is about what has no comma before it.
func (a *analyzer) missingHint(here site) string {
	node, before := here.before()
	if node == nil {
		if parent, ok := a.sites.parents[here.list]; ok && here.lead == "" && source.Branch(parent.node()).NodeType != parse.NodeRange && !ends(here.list) {
			return "put a comma before it"
		}
		return ""
	}
	branch := source.Branch(node)
	switch {
	case branch == nil || branch.NodeType == parse.NodeRange:
		return ""
	case onlyComma(branch.List):
		return a.anyComma(here)
	case branch.ElseList != nil && ends(branch.List) != ends(branch.ElseList):
		return "end each branch of the condition before it with a comma"
	case ends(branch.List) && begins(branch.List):
		return "move the comma at the end of the condition before it out of it: {{ end }},"
	case ends(branch.List):
		return "put a comma before the condition before it: , " + opening(node)
	case a.awaits(before) && branch.ElseList == nil:
		return "put a comma at the end of the condition before it"
	}
	return "put a comma before it"
}
