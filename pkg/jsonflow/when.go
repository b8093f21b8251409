package jsonflow

import (
	"slices"
	"strconv"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// missing reports whether an error is a missing value after a key.
func missing(e textError) bool {
	return e.doc.Mode == automaton.ModeValue && !e.doc.Stack.InArray() && (e.char == '}' || e.char == ',')
}

// when describes the condition under which an execution path ended: the last one
// assumed on it. It returns "" if that condition cannot be put into words.
func (a *analyzer) when(st *state) string {
	t := st.trace
	for t != nil && t.inner != nil {
		t = t.before
	}
	if t == nil || t.turn != nil || t.subject.path == nil || t.subject.last {
		return ""
	}
	at, d := t.subject.path.String(), t.domain
	switch d.kind {
	case kindBool:
		return " when " + at + " is " + strconv.FormatBool(d.lo == 1)
	case kindLen:
		if d.hi == 0 {
			return " when " + at + " is empty"
		}
		return ""
	}
	texts := d.texts()
	if t.subject.path.values != nil {
		texts, d.not = a.left(t), false
	}
	is := " is "
	if d.not {
		is = " is not "
	}
	switch {
	case len(texts) == 1 && texts[0] == "":
		return " when " + at + is + "empty"
	case len(texts) == 0 || len(texts) > 5 || slices.Contains(texts, ""):
		return ""
	}
	return " when " + at + is + words.Or(texts)
}

// left returns the values of an enumerated field that all assumptions of a path allow:
// those that Coroot sends, if there are any.
func (a *analyzer) left(t *trace) []string {
	const most = 1000
	s := t.subject
	possible := func(values []string) []string {
		values = slices.Clone(values)
		for t, n := t, 0; t != nil && n < most; t, n = t.before, n+1 {
			if t.turn == nil && t.inner == nil && t.subject == s {
				values = slices.DeleteFunc(values, func(v string) bool { return !t.domain.has(v) })
			}
		}
		return values
	}
	field, _ := event.FieldByName(a.kind, s.path.name)
	if sent := possible(field.SentBy(event.Version{})); len(sent) > 0 {
		return sent
	}
	return possible(s.path.values)
}
