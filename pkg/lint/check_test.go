package lint_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestStarters checks that the templates hooktool init writes have no errors or
// warnings: every fourth, or all with HOOKTOOL_TEST_LONG=1.
func TestStarters(t *testing.T) {
	t.Parallel()
	var starters []workspace.Template
	for _, d := range catalog.All() {
		for _, kind := range event.Kinds() {
			text := d.Starter(kind)
			starters = append(starters, workspace.Template{Path: d.Name + "/" + kind.String() + ".tmpl", Kind: kind, Destination: d.Name, Text: text, CustomFields: starterFields(text)})
		}
	}
	for _, starter := range vast.Every(t, 4, starters) {
		r := lint.Check(t.Context(), starter, lint.Options{})
		for _, f := range r.Findings {
			if f.Severity != lint.Info {
				t.Errorf("%s:%s: %s: %s [%s]", r.Path, f.Pos, f.Severity, f.Message, f.Rule)
			}
		}
		if r.JSON.Verdict != "proved" && !catalog.ByName(starter.Destination).Plain {
			t.Errorf("%s: the JSON is %s: %s", r.Path, r.JSON.Verdict, r.JSON.Reason)
		}
	}
}

// starterFields returns the custom fields that a starter template requests in a
// comment.
func starterFields(text string) map[string]string {
	fields := map[string]string{}
	for _, name := range []string{"Chat_id", "Routing_key", "Topic", "Token", "User"} {
		if strings.Contains(text, "."+name) {
			fields[strings.ToLower(name[:1])+name[1:]] = "x"
		}
	}
	return fields
}

// TestHarmlessInput checks that input nobody writes on purpose is handled in bounded
// time and that its mistakes are reported.
func TestHarmlessInput(t *testing.T) {
	t.Parallel()
	many := func(n int) int {
		if vast.Long(t) {
			return n
		}
		return n / 30
	}
	for name, text := range map[string]string{
		"nested ifs":      strings.Repeat("{{ if .Status }}", many(10_000)) + strings.Repeat("{{ end }}", many(10_000)) + "x",
		"many actions":    strings.Repeat("{{ .Status }}", many(20_000)),
		"many errors":     strings.Repeat("{{ .Nope }}", many(20_000)),
		"large text":      strings.Repeat("0123456789abcdef\n", many(300_000)),
		"invalid UTF-8":   "{\"a\": \"\xff\xfe{{ .Nope }}\xc3\"}",
		"CRLF":            "{\r\n\"a\": {{ json .Status }}\r\n}\r\n",
		"BOM":             "\ufeff{\"a\": {{ json .Status }}}",
		"only delimiters": strings.Repeat("{{", many(5000)),
		"deep parens":     "{{ " + strings.Repeat("(", many(5000)) + "1" + strings.Repeat(")", many(5000)) + " }}",
		"many defines":    strings.Repeat(`{{ define "a" }}{{ template "b" . }}{{ end }}`, 1) + strings.Repeat(`{{ define "b" }}{{ end }}`, 1) + strings.Repeat(`{{ template "a" . }}`, many(20_000)),
		"much output":     `{{ range 3000 }}{{ range 3000 }}{{ json $ }}{{ end }}{{ end }}`,
		"growing string":  `{{ $x := "aaaaaaaa" }}{{ range 100 }}{{ $x = print $x $x }}{{ end }}{{ $x }}`,
		"empty":           "",
		"a comment":       "{{/* hooktool:ignore */}}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := check(t, event.KindIncident, text, lint.Options{})
			for _, f := range r.Findings {
				if f.Pos.Line < 1 || f.Pos.Column < 1 || f.Message == "" || f.End.Line < f.Pos.Line {
					t.Fatalf("%+v", f)
				}
			}
			t.Logf("%d findings, JSON %s", len(r.Findings), r.JSON.Verdict)
		})
	}
}

// TestTooComplex checks that templates too complex for type checking are reported and
// otherwise still checked.
func TestTooComplex(t *testing.T) {
	t.Parallel()
	const depth, variables = source.MaxLoops, 1200
	var b strings.Builder
	b.WriteString(`x{{ if eq .RuleName "never" }}`)
	for i := range variables {
		fmt.Fprintf(&b, "{{ $v%d := 1 }}", i)
	}
	for range depth {
		b.WriteString("{{ range $.Details }}")
	}
	for i := range variables {
		fmt.Fprintf(&b, "{{ $v%d = $v%d }}{{ $v%d = .Name }}", i, i/2, i/3)
	}
	b.WriteString(strings.Repeat("{{ end }}", depth) + `{{ end }}`)
	r := check(t, event.KindAlert, b.String(), lint.Options{})
	rules := map[string]lint.Severity{}
	for _, f := range r.Findings {
		rules[f.Rule] = f.Severity
	}
	if rules["parse-error"] != lint.Info || r.JSON.Reason == "the template cannot be executed" {
		t.Errorf("%v, JSON %s: want a note that types were not checked, and a look at the JSON", rules, r.JSON.Verdict)
	}
}

// TestInterrupted checks that Check returns at once when the context is done.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := lint.Check(ctx, workspace.Template{Kind: event.KindAlert, Text: "{{ .Nope }}"}, lint.Options{})
	if len(r.Findings) != 0 {
		t.Errorf("%+v", r.Findings)
	}
}

// TestRun checks that results arrive in order and that an error does not stop the run.
func TestRun(t *testing.T) {
	t.Parallel()
	var units []lint.Unit
	for i := range 200 {
		units = append(units, func(context.Context) ([]lint.Result, error) {
			if i%7 == 0 {
				return nil, fmt.Errorf("%d", i)
			}
			return []lint.Result{{Name: fmt.Sprint(i)}}, nil
		})
	}
	next := 0
	lint.Run(t.Context(), units, func(i int, results []lint.Result, err error) {
		name := fmt.Sprint(i)
		if i != next || err == nil && results[0].Name != name || err != nil && err.Error() != name {
			t.Fatalf("unit %d comes as number %d: %v %v", i, next, results, err)
		}
		next++
	})
	if next != len(units) {
		t.Errorf("%d of %d units were done", next, len(units))
	}
}

// FuzzCheck checks arbitrary bytes: nothing panics, and every finding has a valid
// position.
func FuzzCheck(f *testing.F) {
	for _, rule := range lint.Rules() {
		f.Add(rule.Bad.Text, 0)
		f.Add(rule.Good.Text, 2)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		if strings.Contains(text, "range") && strings.ContainsAny(text, "123456789") {
			return // loops that may run for a second each
		}
		kind := event.Kinds()[uint(n)%3]
		r := lint.Check(t.Context(), workspace.Template{Path: "telegram.tmpl", Kind: kind, Text: text}, lint.Options{})
		lines := strings.Count(text, "\n") + 1
		for _, finding := range r.Findings {
			if finding.Pos.Line < 1 || finding.End.Line > lines || finding.Pos.Column < 1 || finding.Message == "" || !utf8.ValidString(finding.Rule) {
				t.Fatalf("%q: %+v", text, finding)
			}
			if _, known := lint.ByID(finding.Rule); !known {
				t.Fatalf("%q: there is no rule %s", text, finding.Rule)
			}
		}
	})
}
