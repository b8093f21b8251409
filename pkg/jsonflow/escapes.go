package jsonflow

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// EscaperText defines a template that prints the inside of a JSON string. It drops the
// first and last byte of what json returns: a slice from 1 is one byte shorter, so its
// length is the index of the last byte.
const EscaperText = `{{ define "%s" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}`

// EscaperName is the usual name of that template.
const EscaperName = "jsonstr"

// Escaper returns the name of the template among trees that EscaperText defines; empty if
// there is none.
func Escaper(trees map[string]*parse.Tree) string {
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		if tree := trees[name]; strings.HasPrefix(name, EscaperName) && tree.Root != nil && tree.Root.String() == escaperBody() {
			return name
		}
	}
	return ""
}

var escaperBody = sync.OnceValue(func() string {
	t, err := source.ParseTemplate("", fmt.Sprintf(EscaperText, EscaperName))
	if err != nil {
		return ""
	}
	return t.Trees[EscaperName].Root.String()
})

// fills reports whether an action is all that is between two quotes of the template's
// text.
func (a *analyzer) fills(at span) bool {
	start, end := delimiters(a.source, at)
	return strings.HasSuffix(a.source[:start], `"`) && !strings.HasSuffix(a.source[:start], `\"`) && strings.HasPrefix(a.source[end:], `"`)
}

// escapeHint says how to escape what an action prints within a text.
func (a *analyzer) escapeHint(at span) string {
	return a.escaped(at, a.source[at.start:min(at.end, len(a.source))])
}

// escaped says how to print a pipeline within a text in the place of an action.
func (a *analyzer) escaped(at span, pipe string) string {
	if a.fills(at) {
		return "write " + jsonOf(pipe) + " without the quotes around it: json writes them"
	}
	return "within a text, escape it like this: " + a.partOf(pipe)
}

// jsonOf returns an action that prints a pipeline as JSON.
func jsonOf(pipe string) string {
	switch {
	case len(pipe) > 60 || strings.ContainsAny(pipe, "\r\n"):
		return "{{ json (…) }}"
	case strings.ContainsAny(pipe, " |("):
		return "{{ json (" + pipe + ") }}"
	}
	return "{{ json " + pipe + " }}"
}

// partOf returns what prints a pipeline as a part of a JSON string.
func (a *analyzer) partOf(pipe string) string {
	if name := Escaper(a.parsed.Trees); name != "" && len(pipe) <= 60 && !strings.ContainsAny(pipe, "\r\n") {
		return fmt.Sprintf("{{ template %q %s }}", name, pipe)
	}
	return "{{ with " + strings.TrimPrefix(jsonOf(pipe), "{{ ") + "{{ slice . 1 (len (slice . 1)) }}{{ end }}"
}

// quotesHint says what to do about an action that writes its own quotes inside quotes.
func (a *analyzer) quotesHint(at span) string {
	pipe := a.source[at.start:min(at.end, len(a.source))]
	operand := source.Operand(pipe, "json")
	if a.fills(at) || operand == "" {
		return dropQuotes
	}
	return "within a text, drop its quotes: " + a.partOf(operand)
}

// instead says what to write instead of an escaper that is not for JSON. What html
// escapes is escaped once more.
func (a *analyzer) instead(at span) string {
	pipe := a.source[at.start:min(at.end, len(a.source))]
	if operand := cmp.Or(source.Operand(pipe, "js"), source.Operand(pipe, goQuote)); operand != "" {
		pipe = operand
	} else if !strings.Contains(pipe, "html") {
		return "use json instead, which writes the quotes itself"
	}
	start, end := delimiters(a.source, at)
	if strings.HasSuffix(strings.TrimRight(a.source[:start], " \t\r\n"), ":") && strings.IndexAny(a.source[end:], ",}] \t\r\n") == 0 {
		return "write " + jsonOf(pipe)
	}
	return a.escaped(at, pipe)
}

// goQuoteHint says what to do about printf "%q" inside quotes: as all that is between
// them, it is meant to write them; within a text, they are part of it.
func (a *analyzer) goQuoteHint(at span) string {
	pipe := a.source[at.start:min(at.end, len(a.source))]
	if operand := source.Operand(pipe, goQuote); operand != "" && a.fills(at) {
		pipe = operand
	}
	return a.escaped(at, pipe)
}

// goQuote escapes for Go.
const goQuote = `printf "%q"`
