package rewrite

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/jsonwords"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// container is an object or a list with the separators of its members.
type container struct {
	opens    []int
	elements []*element // in text order
	commas   []*comma
}

// maxContainers bounds how many objects and lists are repaired in one round.
const maxContainers = 10_000

// fewRounds is the number of repair rounds after which commas that no event shows to be
// wrong also count as wrong, if other wrong commas hide them.
const fewRounds = 2

// repairSeparators returns alternative corrections of the commas, the smallest change
// first.
func (f *fixer) repairSeparators() []edits {
	var shadowed edits
	if f.repairShadowed(&shadowed); len(shadowed) > 0 {
		return []edits{shadowed}
	}
	var few, all edits
	wrong := map[int]bool{}
	possible := true
	problems := f.problems(separatorRules...)
	if len(f.done) > fewRounds || f.steps > manySteps {
		problems = append(problems, f.analysis.Suspects...)
	}
	for _, p := range f.withAlike(problems) {
		if f.silenced(p.Rule, p.Start) {
			continue
		}
		f.repairPlace(&few, p.Start)
		if open, ok := f.containerAt(p.Start, p.End); ok {
			wrong[open] = true
		}
	}
	for i, open := range slices.Sorted(maps.Keys(wrong)) {
		if i == maxContainers {
			break // the next round handles the rest
		}
		if possible = f.repairContainer(&all, f.collect(open), i) && possible; f.options.NoVariables {
			break // text that is written twice must not contain other changes
		}
	}
	if !possible {
		return []edits{few}
	}
	return []edits{few, all}
}

// withAlike adds the other commas that nothing belongs before or after, if one of the
// problems is such a comma: the proof finds one after the other where the body is never
// JSON.
func (f *fixer) withAlike(problems []jsonflow.Problem) []jsonflow.Problem {
	known := map[int]bool{}
	found := jsonflow.Problem{Start: -1}
	for _, p := range problems {
		known[p.Start] = true
		if f.extraComma(p.Start) {
			found = p
		}
	}
	if found.Start < 0 {
		return problems
	}
	places := slices.Concat(slices.Collect(maps.Keys(f.outline.closings)), slices.Collect(maps.Keys(f.outline.commas)))
	slices.Sort(places)
	all := slices.Clone(problems)
	for _, at := range places {
		if known[at] || !f.extraComma(at) || f.silenced(found.Rule, at) {
			continue
		}
		alike := jsonflow.Problem{Rule: found.Rule, Start: at, End: at + 1}
		alike.Message, alike.Hint = jsonwords.ExtraComma(f.text[at : at+1])
		f.mend(Mend{alike.Rule, alike.Start, alike.End, alike.Message, alike.Hint})
		all = append(all, alike)
	}
	return all
}

// extraComma reports whether a closing bracket directly after a comma is at an offset, or
// a comma directly after another or after an opening bracket.
func (f *fixer) extraComma(at int) bool {
	before := len(strings.TrimRight(f.text[:at], " \t\r\n")) - 1
	if before < 0 {
		return false
	}
	after := f.outline.commas[before] != nil
	if _, closes := f.outline.closings[at]; closes {
		return after
	}
	_, opens := f.outline.lists[before]
	return f.outline.commas[at] != nil && (after || opens)
}

// separatorRules are the rules that find misplaced commas.
var separatorRules = []string{"json-separator", "json-structure"}

// repairPlace changes only the comma that a problem is about: one that is missing
// before a member, or one that can end up last in its object or list. The latter is
// moved to the next member if it depends on the event whether there is one.
func (f *fixer) repairPlace(e *edits, at int) {
	o := f.outline
	if call, ok := o.moved[at]; ok {
		at = call
	}
	if el := o.elements[at]; el != nil && el.before == countSome {
		f.insertComma(e, el)
		return
	}
	c := o.commas[at]
	if _, closes := o.closings[at]; closes { // after a comma
		c = o.commas[beforeComments(f.text, at)-1]
	}
	if c == nil {
		return
	}
	f.removeComma(e, c)
	elements := f.collect(o.container(c.container)).elements
	after, _ := slices.BinarySearchFunc(elements, c.end, func(el *element, at int) int { return cmp.Compare(el.offset, at) })
	for _, el := range elements[after:] {
		if el.before == countSome && el.list != c.list {
			f.insertComma(e, el)
			return
		}
	}
}

// containerAt returns the object or list whose separators a problem is about: that of a
// comma, member or closing bracket at the problem's position, or else the innermost one
// around it.
func (f *fixer) containerAt(start, end int) (open int, ok bool) {
	o := f.outline
	for at := start; at < max(end, start+1); at++ {
		if c := o.commas[at]; c != nil {
			return o.container(c.container), true
		}
		if open, ok := o.closings[at]; ok {
			return o.container(open), true
		}
		if call, ok := o.moved[at]; ok {
			at = call
		}
		if e := o.elements[at]; e != nil {
			return o.container(e.container), true
		}
	}
	if open = o.around(start); open < 0 {
		return open, false
	}
	return o.container(open), true
}

// collect returns the contents of a container.
func (f *fixer) collect(id int) container {
	if c := f.outline.collect()[id]; c != nil {
		return *c
	}
	return container{opens: []int{id}}
}

// repairContainer puts a comma before each member that follows another one, and nowhere
// else. If that depends on the event, a variable keeps track: the index of the loop
// that all members come from, or a separator that is empty until a member has been
// printed. It reports whether such a repair is possible.
func (f *fixer) repairContainer(e *edits, c container, n int) bool {
	if f.options.NoVariables && slices.ContainsFunc(c.elements, func(el *element) bool { return el.before == countMaybe }) {
		return f.repairWithoutVariables(e, c)
	}
	if f.repairBeforeLast(e, c) {
		return true
	}
	keep := map[*comma]bool{}
	index := f.loopIndex(e, c)
	separator := ""
	depends := slices.ContainsFunc(c.elements, func(el *element) bool { return el.before == countMaybe })
	for i, el := range c.elements {
		switch {
		case el.before == countSome:
			f.separate(e, c, el, keep)
		case el.before == countMaybe && index != "":
			f.insertAction(e, f.commaPlace(el), "{{ if "+index+" }},{{ end }}")
		case el.before == countMaybe:
			separator = f.separatorName(e, c, separator, n)
			setter := "{{ " + separator + ` = "," }}`
			if i == len(c.elements)-1 && el.loop == nil {
				setter = "" // the variable would never be read
			}
			f.insertAction(e, f.commaPlace(el), "{{ "+separator+" }}"+setter)
		case depends: // which member is the first, so printing this one must be recorded
			separator = f.separatorName(e, c, separator, n)
			f.insertAction(e, f.commaPlace(el), "{{ "+separator+` = "," }}`)
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
	return true
}

// separate puts a comma before a member that is never first, unless one is already
// there.
func (f *fixer) separate(e *edits, c container, el *element, keep map[*comma]bool) {
	if own := f.commaBefore(c, el); own != nil {
		keep[own] = true
		return
	}
	f.insertComma(e, el)
}

// insertComma puts a comma before a member, followed by a space if other commas have
// one.
func (f *fixer) insertComma(e *edits, el *element) {
	at, comma := f.commaPlace(el), ","
	if at == el.offset && f.text[at] == '"' && f.outline.spaced {
		comma = ", "
	}
	e.insert(at, comma)
}

// commaPlace returns where to insert the separator before a member: directly after what
// precedes the member and its comments, so that no line begins with a comma.
func (f *fixer) commaPlace(el *element) int {
	at := beforeComments(f.text, el.offset)
	if at == 0 || f.text[at-1] == '{' || f.text[at-1] == '[' {
		return el.offset
	}
	return at
}

// commaBefore returns the comma directly before a member.
func (f *fixer) commaBefore(c container, el *element) *comma {
	i, found := slices.BinarySearchFunc(c.commas, el.offset, func(c *comma, at int) int { return cmp.Compare(c.start, at) })
	if found || i == 0 {
		return nil
	}
	comma := c.commas[i-1]
	if comma.list == el.list && beforeComments(f.text, el.offset) == comma.end {
		return comma
	}
	return f.commaBeforeBranches(c, el)
}

// loopIndex returns the index variable of the loop that prints all members, one per
// iteration. It declares the variable if there is none.
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
