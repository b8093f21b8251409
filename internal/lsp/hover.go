package lsp

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

type (
	hover struct {
		Contents markup    `json:"contents"`
		Range    textRange `json:"range"`
	}

	markup struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
)

func markdown(text string) markup { return markup{"markdown", text} }

// hover describes what is at a position, and what the action there prints.
func (s *Server) hover(ctx context.Context, at spot) any {
	a, ok := actionAt(at.Text, at.offset)
	if !ok {
		return nil
	}
	h := hover{Range: at.span(a.start, a.end)}
	var parts []string
	if survey, ok := at.survey(); ok {
		if text, start, end := describe(survey, at.offset); text != "" {
			parts, h.Range = append(parts, text), at.span(start, end)
		}
	}
	if len(parts) == 0 && keywordDoc[a.keyword] != "" {
		parts = append(parts, keywordDoc[a.keyword])
	}
	if printed := at.printed(ctx, a); printed != "" {
		parts = append(parts, printed)
	}
	if len(parts) == 0 {
		return nil
	}
	h.Contents = markdown(strings.Join(parts, "\n\n---\n\n"))
	return h
}

// describe words what the survey says about a position.
func describe(survey *typecheck.Survey, offset int) (text string, start, end int) {
	for _, call := range survey.Calls {
		if call.Start <= offset && offset <= call.End {
			if f, ok := functionByName(call.Function); ok {
				return functionDoc(f), call.Start, call.End
			}
		}
	}
	for _, part := range survey.Parts {
		if part.Start > offset || offset > part.End {
			continue
		}
		if part.Receiver.Text == "" {
			text = variableDoc(part.Name, part.Type)
		} else if i := slices.IndexFunc(part.Receiver.Members, func(m typecheck.Member) bool { return m.Name == part.Name }); i >= 0 {
			text = memberDoc(part.Receiver.Members[i])
		}
		start, end = part.Start, part.End
	}
	return text, start, end
}

func variableDoc(name string, t typecheck.Type) string {
	text := fmt.Sprintf("```go\n%s\n```", name)
	if t.Text != "" {
		text += "\n" + t.Text
	}
	return text
}

// memberDoc is the documentation of a field or a method.
func memberDoc(m typecheck.Member) string {
	var b strings.Builder
	fmt.Fprintf(&b, "```go\n.%s\n```\n%s", m.Name, m.Type)
	switch {
	case m.Method != nil:
		fmt.Fprintf(&b, ", since Coroot %s\n\n%s", m.Method.Since, m.Method.Doc)
	case m.Custom:
		b.WriteString("\n\nA custom field of the webhook.")
	case m.Field != nil:
		fieldDoc(&b, *m.Field)
	}
	return b.String()
}

func fieldDoc(b *strings.Builder, f event.Field) {
	if f.Since != "" {
		fmt.Fprintf(b, ", since Coroot %s", f.Since)
	}
	if f.Doc != "" {
		b.WriteString("\n\n" + f.Doc)
	}
	switch known := f.Known(); {
	case len(known) == 0:
	case f.Values != nil || f.Usual != nil:
		fmt.Fprintf(b, "\n\nOne of %s.", quotedList(known))
	default:
		fmt.Fprintf(b, "\n\nFor example %s.", quotedList(known[:1]))
	}
	if f.Empty != "" {
		fmt.Fprintf(b, "\n\nEmpty: %s.", strings.TrimSuffix(f.Empty, "."))
	}
	if len(f.Fields) > 0 {
		var names []string
		for _, part := range f.Fields {
			names = append(names, "`."+part.Name+"`")
		}
		fmt.Fprintf(b, "\n\nIt has %s.", words.And(names))
	}
}

// quotedList formats some of the values as code.
func quotedList(values []string) string {
	const most = 12
	var quoted []string
	for _, value := range values[:min(len(values), most)] {
		quoted = append(quoted, code(value))
	}
	if len(values) > most {
		quoted = append(quoted, "others")
	}
	return words.Or(quoted)
}

// code formats a text as code of one line.
func code(text string) string {
	const most = 200
	text = words.Cut(strings.NewReplacer("\n", "⏎", "\r", "").Replace(text), most)
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	if text == "" {
		return "nothing"
	}
	return fence + text + fence
}

func functionByName(name string) (event.Function, bool) {
	all := event.Functions()
	i := slices.IndexFunc(all, func(f event.Function) bool { return f.Name == name })
	if i < 0 {
		return event.Function{}, false
	}
	return all[i], true
}

func functionDoc(f event.Function) string {
	text := fmt.Sprintf("```go\n%s\n```\n%s", f.Signature, f.Doc)
	if !f.Builtin {
		text += "\n\nAdded by Coroot."
	}
	return text
}

var keywordDoc = map[string]string{
	"if":       "`{{ if PIPELINE }} … {{ else }} … {{ end }}`\n\nPrints its content if the value is not empty.",
	"with":     "`{{ with PIPELINE }} … {{ else }} … {{ end }}`\n\nLike if, but inside it the dot is the value.",
	"range":    "`{{ range $i, $e := PIPELINE }} … {{ else }} … {{ end }}`\n\nPrints its content for each element, which is the dot.",
	"define":   "`{{ define \"name\" }} … {{ end }}`\n\nDefines a template that `{{ template \"name\" . }}` prints.",
	"block":    "`{{ block \"name\" PIPELINE }} … {{ end }}`\n\nDefines a template and prints it here.",
	"template": "`{{ template \"name\" PIPELINE }}`\n\nPrints a defined template, with the value as its dot.",
	"else":     "What is printed otherwise.",
	"end":      "Ends the if, with, range, define or block that is open here.",
	"break":    "Ends the range.",
	"continue": "Continues with the next element of the range.",
}

// printed says where in the body an action prints, and what, with the default sample.
func (s spot) printed(ctx context.Context, a action) string {
	if s.Kind == "" {
		return ""
	}
	t, err := s.Parse(webhook.WithOrigins(), webhook.WithLimits(shortLimits()))
	if err != nil {
		return ""
	}
	sample := event.DefaultSample(s.Kind)
	message, origins, err := t.Trace(ctx, s.Sent(sample.Event))
	if err != nil {
		return ""
	}
	first, paths := pieces(message.Body, origins, a)
	if first == nil {
		return fmt.Sprintf("Prints nothing for the sample `%s`.", sample.Name)
	}
	redact := webhook.NewRedactorKnowing(webhook.Webhook{}, webhook.Secrets{Values: s.Secrets})
	text := "Prints " + code(redact.Body(string(first)))
	if len(paths) > 0 {
		text += " in `" + strings.Join(paths, "`, `") + "`"
	}
	return text + fmt.Sprintf(" for the sample `%s`.", sample.Name)
}

// pieces returns what an action printed the first time, and the JSON paths of all
// places where it printed.
func pieces(body []byte, origins *webhook.Origins, a action) (first []byte, paths []string) {
	const most = 3
	tree := jsontree.Parse(body)
	for at := 0; at < len(body); at++ {
		if !within(origins.At(at), a) {
			continue
		}
		end := at + 1
		for end < len(body) && within(origins.At(end), a) {
			end++
		}
		if first == nil {
			first = bytes.Clone(body[at:end])
		}
		if path := pathAt(tree, at, end); path != "" && len(paths) < most && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
		at = end
	}
	return first, paths
}

func within(o webhook.Origin, a action) bool {
	return !o.Literal && (a.start <= o.Start && o.End <= a.end && o.End > o.Start)
}

// pathAt returns the path of the smallest value around a part of the body.
func pathAt(tree *jsontree.Tree, start, end int) string {
	path, size := "", len(tree.Text)+1
	if tree.Root == nil {
		return ""
	}
	tree.Root.Walk(func(_ string, v *jsontree.Value) {
		if v.Start <= start && end <= v.End && v.End-v.Start < size {
			path, size = v.Path(), v.End-v.Start
		}
	})
	return path
}

// shortLimits bound what is rendered while somebody waits.
func shortLimits() webhook.Limits {
	limits := webhook.DefaultLimits()
	limits.Time, limits.Output = time.Second, 1<<20
	return limits
}
