package rewrite

import (
	"strings"
	"sync"
)

// repairActions makes each action that can break the JSON print something valid at its
// position.
func (f *fixer) repairActions(e *edits) error {
	unsafe := f.unsafeActions()
	if len(unsafe) == 0 {
		return nil
	}
	types := sync.OnceValue(func() types { return f.probe(unsafe) }) // most repairs need none
	for _, a := range unsafe {
		if err := f.repairAction(e, a, types); err != nil {
			return err
		}
	}
	return nil
}

// unsafeActions returns the actions that can print something invalid at their position.
func (f *fixer) unsafeActions() []*action {
	unsafe := map[int]bool{}
	silenced := f.silencedActions()
	for _, a := range f.analysis.Actions {
		for _, c := range a.Contexts {
			if !c.Safe && !silenced[a.Pipe] {
				unsafe[a.Pipe] = true
			}
		}
	}
	var list []*action
	for _, a := range f.outline.actions {
		if unsafe[int(a.node.Pos)] {
			list = append(list, a)
		}
	}
	return list
}

func (f *fixer) repairAction(e *edits, a *action, types func() types) error {
	inString, asValue := 0, 0
	for _, p := range a.places {
		switch {
		case p.esc == 1 && f.escapeBefore(e, a):
			inString++
		case p.esc > 0:
			return f.refuse(a.node, "this action follows a backslash")
		case p.inString():
			inString++
		case p.lex == lexValue || p.lex == lexBegin || p.lex == lexBetween:
			asValue++
		}
	}
	switch {
	case inString > 0 && inString < len(a.places) || asValue > 0 && asValue < len(a.places):
		return f.refuse(a.node, "this action is printed both inside and outside a string, so no single form is right")
	case asValue > 0:
		return f.repairValue(e, a, types)
	case inString > 0:
		return f.repairInString(e, a, types)
	}
	return nil
}

// escapeBefore escapes the backslash before an action, so that it is printed.
func (f *fixer) escapeBefore(e *edits, a *action) bool {
	start, _ := actionSpan(f.text, int(a.node.Pos))
	if start == 0 || f.text[start-1] != '\\' {
		return false
	}
	e.insert(start-1, `\`)
	return true
}

// repairInString escapes what is printed within quotes. If the quotes contain nothing
// else, the action can print them itself.
func (f *fixer) repairInString(e *edits, a *action, types func() types) error {
	if err := f.refuseBuilt(a.node, true); err != nil {
		return err
	}
	p := takeApart(f.text, a.node)
	start, end := actionSpan(f.text, int(a.node.Pos))
	isText := func() bool { return allText(types()[p.operand]) }
	f.peelInner(e, a.node, types, true)
	if f.fillsString(start, end) && (p.escaper == "json" || isText()) {
		e.replace(start-1, start, f.spaceAfter(start-1))
		e.remove(end, end+1)
		if name, ok := soleVariable(a.node); !ok || !f.holdsJSON(name) {
			p.asJSON(e)
		}
		return nil
	}
	f.needHelper = true
	p.asContent(e, f.helper, p.escaper == "js" || p.escaper == "json" && isText())
	return nil
}

// spaceAfter returns a space if an action inserted at this offset would follow a brace
// directly, which would misread its delimiter.
func (f *fixer) spaceAfter(at int) string {
	if at > 0 && f.text[at-1] == '{' {
		return " "
	}
	return ""
}

// insertAction inserts an action.
func (f *fixer) insertAction(e *edits, at int, action string) {
	e.insert(at, f.spaceAfter(at)+action)
}

// fillsString reports whether the string's quotes directly enclose the text from start
// to end.
func (f *fixer) fillsString(start, end int) bool {
	if start == 0 || f.text[start-1] != '"' || end >= len(f.text) || f.text[end] != '"' {
		return false
	}
	before := f.text[:start-1]
	backslashes := len(before) - len(strings.TrimRight(before, `\`))
	return backslashes%2 == 0
}

// allText reports whether values were seen, all of types that JSON writes as a string
// with the same text.
func allText(types []string) bool {
	for _, t := range types {
		if t != "string" && t != "event.ApplicationID" && t != "event.ApplicationKind" && t != "event.ReportName" {
			return false
		}
	}
	return len(types) > 0
}
