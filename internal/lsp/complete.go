package lsp

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

type (
	completionList struct {
		IsIncomplete bool             `json:"isIncomplete"`
		Items        []completionItem `json:"items"`
	}

	completionItem struct {
		Label            string    `json:"label"`
		Kind             int       `json:"kind"`
		Detail           string    `json:"detail,omitempty"`
		Documentation    *markup   `json:"documentation,omitempty"`
		SortText         string    `json:"sortText,omitempty"`
		FilterText       string    `json:"filterText,omitempty"`
		InsertTextFormat int       `json:"insertTextFormat,omitempty"`
		TextEdit         *textEdit `json:"textEdit,omitempty"`
	}

	textEdit struct {
		Range   textRange `json:"range"`
		NewText string    `json:"newText"`
	}
)

// The kinds of completions.
const (
	kindMethod   = 2
	kindFunction = 3
	kindField    = 5
	kindVariable = 6
	kindProperty = 10
	kindValue    = 12
	kindKeyword  = 14
	formatText   = 1
	formatSnip   = 2
)

// complete lists what can be written at a position.
func (s *Server) complete(_ context.Context, p textDocumentPositionParams) (any, error) {
	at, ok := s.spot(p)
	items := []completionItem{}
	switch {
	case ok:
		items = append(items, at.complete(s.client.snippets)...)
	case at.look != nil && isYAML(at.look.doc.path):
		items = append(items, at.look.completeKey(at.offset)...)
	}
	return completionList{Items: items}, nil
}

// complete lists what can be written at a position in a template.
func (s spot) complete(snippets bool) []completionItem {
	a, ok := actionAt(s.Text, s.offset)
	if !ok {
		return nil
	}
	start, end := s.offset, s.offset
	for start > a.start && isWord(s.Text[start-1]) {
		start--
	}
	for end < a.end && isWord(s.Text[end]) {
		end++
	}
	items := []completionItem{}
	switch quote := openQuote(s.Text, a, s.offset); {
	case a.comment:
		return s.completeComment(a)
	case quote >= 0:
		return s.completeValue(a, quote)
	case s.Text[start-1] == '.':
		return s.completeField(a, start, end)
	case s.Text[start-1] == '$':
		return s.completeVariable(a, start-1, end)
	default:
		items = append(items, s.completeFunction(a, start, end)...)
		items = append(items, s.completeKeyword(a, start, end, snippets)...)
		items = append(items, s.completeVariable(a, start, end)...)
	}
	return items
}

func (s spot) item(label string, kind, start, end int, text string) completionItem {
	return completionItem{Label: label, Kind: kind, TextEdit: &textEdit{s.span(start, end), text}}
}

// surveyMended surveys the template with other words at the position.
func (s spot) surveyMended(a action, start, end int, words string) (*typecheck.Survey, bool) {
	t, ok := mended(s.Text, a, start, end, words)
	if !ok {
		return nil, false
	}
	t.Name = s.Kind.TemplateName()
	t.Trees[t.Name] = t.Trees[mendedName]
	delete(t.Trees, mendedName)
	return typecheck.SurveyTemplate(s.Kind, t, s.CustomKeys(), start), true
}

// completeField lists the fields of what is before the dot.
func (s spot) completeField(a action, start, end int) []completionItem {
	survey, ok := s.surveyMended(a, start, end, "X")
	if !ok {
		return nil
	}
	i := slices.IndexFunc(survey.Parts, func(p typecheck.Part) bool { return p.Start == start-1 && p.Name == "X" })
	if i < 0 {
		return nil
	}
	var items []completionItem
	for n, m := range survey.Parts[i].Receiver.Members {
		kind := kindField
		if m.Method != nil {
			kind = kindMethod
		}
		item := s.item(m.Name, kind, start, end, m.Name)
		doc := markdown(memberDoc(m))
		item.Detail, item.Documentation, item.SortText = m.Type, &doc, fmt.Sprintf("%02d", n)
		items = append(items, item)
	}
	return items
}

// completeVariable lists the variables that are declared at a position.
func (s spot) completeVariable(a action, start, end int) []completionItem {
	survey, ok := s.surveyMended(a, start, end, "$")
	if !ok {
		return nil
	}
	var items []completionItem
	for n, v := range survey.Variables {
		item := s.item(v.Name, kindVariable, start, end, v.Name)
		item.Detail, item.SortText = v.Text, fmt.Sprintf("%02d", n)
		items = append(items, item)
	}
	return items
}

func (s spot) completeFunction(a action, start, end int) []completionItem {
	if inner, _ := a.inner(s.Text); a.keyword == "end" || a.keyword == "define" || a.keyword == "template" && start > inner+len("template") {
		return nil
	}
	var items []completionItem
	for _, f := range event.Functions() {
		item := s.item(f.Name, kindFunction, start, end, f.Name)
		doc := markdown(functionDoc(f))
		item.Detail, item.Documentation, item.SortText = f.Signature, &doc, "5"+f.Name
		items = append(items, item)
	}
	return items
}

// keyword is a word that begins an action.
type keyword struct{ name, snippet string }

// keywords lists the words that can begin an action, with what follows as a snippet.
func keywords() []keyword {
	return []keyword{
		{"if", "if ${1:.Status} }}$2{{ end"},
		{"if else", "if ${1:.Status} }}$2{{ else }}$3{{ end"},
		{"range", "range ${1:.Reports} }}$2{{ end"},
		{"with", "with ${1:.Application} }}$2{{ end"},
		{"define", "define \"${1:name}\" }}$2{{ end"},
		{"block", "block \"${1:name}\" ${2:.} }}$3{{ end"},
		{"template", "template \"${1:name}\" ${2:.}"},
		{"else", ""},
		{"else if", ""},
		{"else with", ""},
		{"end", ""},
		{"break", ""},
		{"continue", ""},
	}
}

// completeKeyword lists keywords where an action begins, each with its end if the
// client supports snippets.
func (s spot) completeKeyword(a action, start, end int, snippets bool) []completionItem {
	if inner, _ := a.inner(s.Text); strings.TrimSpace(s.Text[inner:start]) != "" {
		return nil
	}
	var items []completionItem
	for _, k := range keywords() {
		text, format := k.name, formatText
		if snippets && k.snippet != "" {
			text, format = k.snippet, formatSnip
			if !a.closed {
				text += " }}"
			}
		}
		item := s.item(k.name, kindKeyword, start, end, text)
		item.InsertTextFormat, item.SortText = format, "7"+k.name
		if doc := keywordDoc[k.name]; doc != "" {
			m := markdown(doc)
			item.Documentation = &m
		}
		items = append(items, item)
	}
	return items
}

// openQuote returns where the quoted text around an offset begins, or -1 if there is
// none.
func openQuote(text string, a action, offset int) int {
	for i := a.start + len("{{"); i < offset; i++ {
		if c := text[i]; c == '"' || c == '`' {
			end := quotedEnd(text[:a.end], i)
			if end < 0 || end > offset {
				return i
			}
			i = end - 1
		}
	}
	return -1
}

// completeValue lists the values of the field that is compared here.
func (s spot) completeValue(a action, quote int) []completionItem {
	end := quotedEnd(s.Text[:a.end], quote)
	if end < 0 || s.Text[quote+1:end-1] != strings.TrimSpace(s.Text[quote+1:end-1]) {
		for end = s.offset; end < a.end && isWord(s.Text[end]); end++ {
		}
	}
	survey, ok := s.surveyMended(a, quote, end, `"x"`)
	if !ok {
		return nil
	}
	closer := s.look.doc.text[s.outer(quote):s.outer(quote+1)] // with its escape
	closed := end > s.offset && s.Text[end-1] == s.Text[quote] && end-1 > quote
	var items []completionItem
	for _, value := range compared(survey, quote) {
		text := value
		last := end
		if closed {
			last--
		} else {
			text += closer
		}
		item := s.item(value, kindValue, quote+1, last, text)
		item.SortText = fmt.Sprintf("%02d", len(items))
		items = append(items, item)
	}
	return items
}

// compared returns the possible values of what a text is compared with.
func compared(survey *typecheck.Survey, at int) []string {
	for _, call := range slices.Backward(survey.Calls) {
		if call.Function != "eq" && call.Function != "ne" {
			continue
		}
		if !slices.ContainsFunc(call.Arguments, func(a typecheck.Argument) bool { return a.Start == at }) {
			continue
		}
		for _, arg := range call.Arguments {
			if len(arg.Type.Values) > 0 {
				return arg.Type.Values
			}
		}
	}
	return nil
}

// directive returns the part of a word that is already written in a comment for
// hooktool.
var (
	ignoring = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`hooktool:ignore\s+(?:[a-z-]+\s*,\s*)*([a-z-]*)$`) })
	settled  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`hooktool:\s.*?\b(type|destination)=([a-z]*)$`) })
)

// completeComment lists rules to ignore, kinds and destinations.
func (s spot) completeComment(a action) []completionItem {
	head := s.Text[a.start:s.offset]
	var items []completionItem
	add := func(label, detail string, typed int) {
		end := s.offset
		for end < a.end && (isWord(s.Text[end]) || s.Text[end] == '-' && !strings.HasPrefix(s.Text[end:], "-}}")) {
			end++
		}
		item := s.item(label, kindValue, s.offset-typed, end, label)
		item.Detail = detail
		items = append(items, item)
	}
	if m := ignoring().FindStringSubmatch(head); m != nil {
		for _, rule := range lint.Rules() {
			add(rule.ID, rule.Summary, len(m[1]))
		}
	}
	if m := settled().FindStringSubmatch(head); m != nil {
		names := event.KindNames()
		if m[1] == "destination" {
			names = catalog.Names()
		}
		for _, name := range names {
			add(name, "", len(m[2]))
		}
	}
	return items
}

// signature shows the function whose arguments are being written.
func (s *Server) signature(_ context.Context, at spot) any {
	a, ok := actionAt(at.Text, at.offset)
	if !ok || a.comment {
		return nil
	}
	t, ok := mended(at.Text, a, at.offset, at.offset, ` "x" `)
	if openQuote(at.Text, a, at.offset) >= 0 || !ok {
		if t, ok = at.parsed(); !ok {
			return nil
		}
	}
	t.Trees[at.Kind.TemplateName()] = t.Trees[t.Name]
	t.Name = at.Kind.TemplateName()
	survey := typecheck.SurveyTemplate(at.Kind, t, at.CustomKeys(), at.offset)
	for _, call := range slices.Backward(survey.Calls) {
		active := slices.IndexFunc(call.Arguments, func(arg typecheck.Argument) bool { return arg.Start <= at.offset+1 && at.offset <= arg.End })
		if f, ok := functionByName(call.Function); ok && active >= 0 {
			return signatureHelp(f, active)
		}
	}
	return nil
}

func signatureHelp(f event.Function, active int) any {
	fields := strings.Fields(f.Signature)[1:]
	for i, field := range fields { // func name(a, b)
		fields[i] = strings.Trim(field, "(),")
	}
	parameters := []map[string]string{}
	for _, field := range fields {
		parameters = append(parameters, map[string]string{"label": field})
	}
	return map[string]any{
		"signatures":      []map[string]any{{"label": f.Signature, "documentation": markdown(f.Doc), "parameters": parameters}},
		"activeSignature": 0, "activeParameter": min(active, max(0, len(parameters)-1)),
	}
}
