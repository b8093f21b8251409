package rewrite

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// repairValue makes an action print a JSON value. If other text adjoins it, the whole
// is put into quotes first.
func (f *fixer) repairValue(e *edits, a *action, types func() types) error {
	if a.inList() && printsWhole(a.node) {
		return nil // it is a separate element: only a comma is missing
	}
	f.quoted = true
	start, end := actionSpan(f.text, int(a.node.Pos))
	if a.isKey() {
		f.peelInner(e, a.node, types, false)
		takeApart(f.text, a.node).asJSON(e)
		return nil
	}
	runEnd, ok := f.bareEnd(end)
	if !ok {
		return f.refuse(a.node, "this action begins something that is not a JSON value, and where that ends depends on the event")
	}
	if runEnd > end {
		e.insert(start, `"`)
		e.insert(runEnd, `"`)
		return nil
	}
	p := takeApart(f.text, a.node)
	if p.escaper == "" && allLists(types()[p.operand]) {
		f.asList(e, p, start, end)
		return nil
	}
	if err := f.refuseBuilt(a.node, false); err != nil {
		return err
	}
	f.peelInner(e, a.node, types, false)
	if p.commands == 1 && p.escaper == "js" { // of json, which escapes as it does
		if call, ok := innerCall(f.text, a.node.Pipe, 0, false); ok && call.call == p.operand {
			p.operand, p.words = call.arg, 1
		}
	}
	p.asJSON(e)
	return nil
}

// isKey reports whether an action prints a key.
func (a *action) isKey() bool {
	return !slices.ContainsFunc(a.places, func(p place) bool { return p.lex != lexBetween || p.frame.array })
}

// inList reports whether an action is always directly within a list.
func (a *action) inList() bool {
	return len(a.places) > 0 && !slices.ContainsFunc(a.places, func(p place) bool { return p.frame == nil || !p.frame.array })
}

// repairRuns quotes values that are a single text, in which the analysis rejects what
// follows the first part.
func (f *fixer) repairRuns(e *edits) {
	unsafe := f.unsafeActions()
	for _, a := range f.outline.actions {
		if slices.ContainsFunc(a.places, func(p place) bool { return p.lex != lexValue && (p.lex != lexBetween || !p.frame.array) }) || slices.Contains(unsafe, a) {
			continue
		}
		start, end := actionSpan(f.text, int(a.node.Pos))
		runEnd, ok := f.bareEnd(end)
		if !ok || runEnd == end || a.inList() && strings.TrimSpace(withoutActions(f.text[end:runEnd])) == "" {
			continue // in a list, it is the next element
		}
		if slices.ContainsFunc(f.analysis.Problems, func(p jsonflow.Problem) bool {
			return end <= p.Start && p.Start < runEnd && !f.silenced(p.Rule, p.Start)
		}) {
			f.quoted = true
			e.insert(start, `"`)
			e.insert(runEnd, `"`)
		}
	}
}

// asList prints a list as JSON. An empty list is printed as [], where json would write
// null.
func (f *fixer) asList(e *edits, p pipeline, start, end int) {
	head, tail := f.text[start:p.start], f.text[p.end:end]
	if strings.HasSuffix(head, "-") {
		head += " "
	}
	e.replace(start, end, head+"with "+p.operand.in(f.text)+" }}{{ json . }}{{ else }}[]{{ end"+tail)
}

// allLists reports whether values were seen, all of them lists.
func allLists(types []string) bool {
	return len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return !strings.HasPrefix(t, "[]") })
}

// repairWords quotes text that stands in place of a value but is not a JSON value,
// except within a run of texts.
func (f *fixer) repairWords(e *edits, runs []span) {
	for start := range f.outline.words {
		end, ok := f.bareEnd(start)
		if slices.ContainsFunc(runs, func(s span) bool { return s.start < start && start < s.end }) {
			continue
		}
		if !ok || f.silenced("json-structure", start) || !isWord(f.text[start:end]) {
			continue
		}
		if f.separateValues(e, start, end) {
			continue
		}
		f.mendWord(start, end)
		if literal, ok := foreign.Literal(f.text[start:end]); ok {
			e.replace(start, end, literal)
			continue
		}
		e.insert(start, `"`)
		e.insert(end, `"`)
	}
}

// separateValues puts commas between JSON values in a list.
func (f *fixer) separateValues(e *edits, start, end int) bool {
	open := f.outline.around(start)
	values := strings.Fields(f.text[start:end])
	if open < 0 || f.text[open] != '[' || len(values) < 2 || slices.ContainsFunc(values, isWord) {
		return false
	}
	for _, value := range values[:len(values)-1] {
		start += strings.Index(f.text[start:], value) + len(value)
		e.insert(start, ",")
	}
	return true
}

// repairNoValue writes null where a key lacks a value because a condition is false. If
// several conditions form one text, it is put into quotes and returned as a run.
func (f *fixer) repairNoValue(e *edits) (runs []span) {
	if len(f.outline.noValue) == 0 {
		return nil
	}
	ends := blocksOf(f.text)
	for pos, hasElse := range f.outline.noValue {
		end, ok := ends.endOf(f.text, pos)
		start, _ := actionSpan(f.text, pos)
		last, isRun := 0, false
		if len(f.outline.noValue) <= maxRuns {
			last, isRun = runEnd(f.text, start)
		}
		switch {
		case !ok || f.silenced("json-structure", pos):
			continue
		case isRun:
			e.insert(start, `"`)
			e.insert(last, `"`)
			runs = append(runs, span{start, last})
		case hasElse:
			f.insertNull(e, end)
		default:
			e.insert(end, "{{ else }}null")
		}
		f.mendNoValue(start, end)
	}
	return runs
}

// insertNull writes null into an else that contains only spaces, on its empty line if
// there is one.
func (f *fixer) insertNull(e *edits, end int) {
	blank := f.text[len(strings.TrimRight(f.text[:end], " \t\r\n")):end]
	if first := strings.IndexByte(blank, '\n'); first >= 0 && strings.HasSuffix(f.text[:end-len(blank)], rightDelim) {
		if strings.Count(blank, "\n") > 1 {
			first++ // to the empty line
		} else {
			first = 0
		}
		end += first - len(blank)
	}
	e.insert(end, "null")
}

// isWord reports whether text in place of a value may not be a JSON value, even if the
// actions in it print digits. If there are conditions in it, only its first byte
// decides.
func isWord(text string) bool {
	if hasControl(text) {
		return strings.TrimLeft(text[:1], "-0123456789tfn") != ""
	}
	return !json.Valid([]byte(replaceActions(text, "1")))
}

// hasControl reports whether an action in a text is no plain one: it controls, or calls a
// template.
func hasControl(text string) bool {
	for at := 0; ; {
		_, word, ok := nextAction(text, at)
		if !ok {
			return false
		}
		switch keyword(word) {
		case "if", "else", "end", "range", "with", "template", "block", "define", "break", "continue":
			return true
		}
		at = actionEnd(text, len(text)-len(word))
	}
}

// bareEnd returns where text in place of a value ends: before a comma, a bracket or the
// end of the line. It may include further actions that print.
func (f *fixer) bareEnd(at int) (end int, ok bool) {
	end = at
	for at < len(f.text) {
		switch {
		case strings.HasPrefix(f.text[at:], leftDelim):
			if after, plain := f.plainBlock(at); plain {
				at, end = after, after
				continue
			}
			if f.isControl(at) {
				return end, end == at || strings.TrimSpace(f.text[end:at]) == ""
			}
			at = actionEnd(f.text, at+len(leftDelim))
			end = at
			continue
		case strings.IndexByte(",]}\r\n\"", f.text[at]) >= 0:
			return end, true
		case f.text[at] != ' ' && f.text[at] != '\t':
			end = at + 1
		}
		at++
	}
	return end, true
}

// plainBlock returns the end of a loop or condition that is part of a text.
func (f *fixer) plainBlock(at int) (end int, ok bool) {
	switch keyword(strings.TrimLeft(f.text[at+len(leftDelim):], "- \t\r\n")) {
	case "if", "with", "range":
		end, ok = blockEnd(f.text, at)
		if !ok || !isSeparator(f.text[at:end]) {
			return end, ok
		}
		open := f.outline.around(at)
		return end, open >= 0 && f.text[open] == '{' && textFollows(f.text, end)
	}
	return 0, false
}
