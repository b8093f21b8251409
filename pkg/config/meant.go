package config

import (
	"strings"

	"github.com/hooktool/hooktool/internal/yamltext"
	"github.com/hooktool/hooktool/pkg/source"
)

// Expands reports whether Coroot expands the text of the template.
func (t Template) Expands() bool { return t.lookup != nil }

// Meant returns the text of the template as it was meant: environment variables that it
// clearly refers to have their values, if they are set, and every other $ stays,
// although Coroot would expand it.
func (t Template) Meant() string {
	if t.exp == nil {
		return t.Text
	}
	text, _ := t.exp.meantText()
	return text
}

// MeantPosition is Position for an offset in Meant.
func (t Template) MeantPosition(offset int) source.Position {
	if t.source == nil || t.exp == nil {
		return t.Position(offset)
	}
	_, list := t.exp.meantText()
	shift := 0
	for _, k := range list {
		if offset < k.end {
			offset = min(offset, k.start)
			break
		}
		shift += len(k.text) - (k.end - k.start)
	}
	return t.index.Position(t.written(offset + shift))
}

// kept is a reference that stays, with the place of its value in the meant text.
type kept struct {
	start, end int
	text       string
}

func (e *expansion) meantText() (string, []kept) {
	var b strings.Builder
	var list []kept
	at := 0
	for _, ref := range e.refs {
		if !e.meant(ref) {
			continue
		}
		b.WriteString(e.written[at:ref.start])
		value := ref.value
		if ref.name == dollar && !ref.set {
			value = "$"
		}
		k := kept{start: b.Len(), text: e.written[ref.start:ref.end]}
		b.WriteString(value)
		k.end = b.Len()
		list = append(list, k)
		at = ref.end
	}
	b.WriteString(e.written[at:])
	return b.String(), list
}

// Write returns how a text must be written in place of the template so that Coroot
// reads that text if the variable DOLLAR holds a $: each $ that would be expanded
// becomes ${DOLLAR}, and existing references stay where the text around them does. The
// error is a *source.Problem.
func (t Template) Write(text string) (string, error) {
	if t.lookup == nil {
		return text, nil
	}
	var (
		before = t.Text
		list   []kept
	)
	if t.exp != nil {
		before, list = t.exp.meantText()
	}
	written := weave(before, text, list, escapeBefore)
	return written, t.checkWritten(written, text)
}

// weave writes a text to which references contributed before: they stay where the text
// around them does, and everything else is escaped.
func weave(before, after string, list []kept, escape func(text, next string) string) string {
	edits := yamltext.Difference(before, after)
	var b strings.Builder
	at := 0
	for _, k := range list {
		start, end, ok := moved(edits, k)
		if !ok || start < at {
			continue
		}
		b.WriteString(escape(after[at:start], "$x")) // a $ before a reference would begin a reference itself
		reference := k.text
		if !strings.HasPrefix(reference, "${") && end < len(after) && isShellNameByte(after[end]) {
			reference = "${" + reference[1:] + "}"
		}
		b.WriteString(reference)
		at = end
	}
	b.WriteString(escape(after[at:], ""))
	return b.String()
}

// NeedsDollar reports whether Coroot reads a text correctly only if the variable DOLLAR
// is set, and it is not known to be.
func (t Template) NeedsDollar(written string) bool {
	if t.lookup == nil || !strings.Contains(written, "${"+dollar+"}") {
		return false
	}
	value, _ := t.lookup(dollar)
	return value != "$"
}

// DollarHelp says how to give Coroot the variable DOLLAR, depending on where its
// configuration is.
func (f Format) DollarHelp() string {
	switch f {
	case FormatResource:
		return `under spec: env: [{name: DOLLAR, value: "$"}]`
	case FormatHelm:
		return `in the values: env: [{name: DOLLAR, value: "$"}]`
	}
	return `where Coroot is started: DOLLAR='$' (docker run -e 'DOLLAR=$'; in Compose: environment: {DOLLAR: $$})`
}

// checkWritten compares what Coroot makes of the written text with what was meant.
func (t Template) checkWritten(written, text string) error {
	exp, err := expand(written, func(name string) (string, bool) {
		if value, ok := t.lookup(name); ok || name != dollar {
			return value, ok
		}
		return "$", true
	})
	switch {
	case err != nil:
		return &source.Problem{Path: t.Path, Pos: t.Pos, Message: err.Error()}
	case exp.text != text:
		return &source.Problem{
			Path: t.Path, Pos: t.Pos, Message: "this template cannot be written so that Coroot's expansion gives it back",
			Hint: "give the variable " + dollar + " the value $",
		}
	}
	return nil
}

// moved returns where a piece of a text is after edits that do not touch it.
func moved(edits []yamltext.Edit, k kept) (start, end int, ok bool) {
	shift := 0
	for _, edit := range edits {
		switch {
		case edit.Start >= k.end && (edit.Start > k.start || edit.Start == edit.End):
			return k.start + shift, k.end + shift, true
		case edit.End > k.start:
			return 0, 0, false
		}
		shift += len(edit.Text) - (edit.End - edit.Start)
	}
	return k.start + shift, k.end + shift, true
}
