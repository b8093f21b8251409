package webhook_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestTemplateError compares the positions of errors with the place of the fault.
// text/template gives at best a byte offset near it.
func TestTemplateError(t *testing.T) {
	t.Parallel()
	ev := event.Event{Incident: &event.Incident{Status: "OK", Reports: []event.Report{{Name: "a"}}}}
	limits := webhook.WithLimits(webhook.Limits{Time: time.Second, Output: 1 << 12})
	for _, tt := range []struct{ text, want string }{
		{"{{ .Foo.Bar }}", `1:4: an incident has no field "Foo"`},
		{"a\n  {{ .Application.Nope }}", `2:18: an application has no field "Nope"`},
		{"{{ $x := .Application }}{{ $x.Nope.X }}", `1:30: an application has no field "Nope"`},
		{"{{ (index .Reports 0).Nope }}", `1:22: an element of Reports has no field "Nope"`},
		{"日本{{ .Status.X }}", `1:13: a string has no field "X"`},
		{"{{ .Reports.Name }}", `1:12: a list has no field "Name"`},
		{"{{\n.Foo\n}}", `2:1: an incident has no field "Foo"`},
		{"{{ index .Reports 99 }}", "1:4: index .Reports 99: the list is shorter: index out of range: 99"},
		{"{{ range .Status }}{{.}}{{end}}", "1:10: .Status is not a list: range can't iterate over OK"},
		{"{{ eq .Status 1 }}", "1:4: eq: incompatible types for comparison: string and int"},
		{`{{ template "nope" . }}`, `1:13: template "nope" not defined`},
		{"{{ toUpper .Status }}", `1:4: there is no function toUpper`},
		{"{{ .Status | upper | json }}", `1:14: there is no function upper`},
		{"x {{ if }}", "1:6: missing value for if"},
		{"{{ .A }", "1:7: the action ends with one brace"},
		{"{{ if .Status }}abc", "1:4: this block is never closed"},
		{"{{ range .Reports }}\n{{ if .Name }}\n{{ end }}\n", "1:4: this block is never closed"},
		{"{{ range .Reports }}\n{{ if .Name }}\n\n", "2:4: this block is never closed"},
		{"abc {{ end }}", "1:8: unexpected {{end}}"},
		{"{{ else }}", "1:4: unexpected {{else}}"},
		{"{{ break }}", "1:4: {{break}} outside {{range}}"},
		{"a {{/* x }}", "1:3: this is not how a comment is written"},
		{"{{ .URL }} {{ \"abc }}", "1:12: this text is never closed"},
		{"{{ $y }}", "1:4: there is no variable $y"},
		{"{{ .Status @ }}", `1:12: unexpected "@" in operand`},
		{"{{range 1000000000}}{{end}}", "1:21: the template runs too long: more than 1s"},
		{"{{range 1000000000}}x{{end}}", "1:1: the template prints too much text: more than 4096 bytes"},
		{"{{ $x := `aaaaaaaa` }}{{range 40}}{{ $x = print $x $x }}{{end}}", "1:43: the template prints too much text: more than 4096 bytes"},
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", tt.text, limits)
		if err == nil {
			_, err = tmpl.Render(context.Background(), ev)
		}
		var failed *webhook.TemplateError
		if !errors.As(err, &failed) {
			t.Errorf("%q: got %v, want a TemplateError", tt.text, err)
			continue
		}
		if got := strings.TrimPrefix(failed.Error(), "t.tmpl:"); got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestRenderStopsWithItsContext(t *testing.T) {
	t.Parallel()
	tmpl, err := webhook.Parse(event.KindIncident, "t.tmpl", "{{range 1000000000}}{{end}}", webhook.WithLimits(webhook.Limits{}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := tmpl.Render(ctx, event.Event{Incident: &event.Incident{}}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestUnknownFieldKnowsCustomFields(t *testing.T) {
	t.Parallel()
	ev := event.DefaultSample(event.KindIncident).Event.Clone()
	ev.CustomFields = map[string]string{"team": "x"}
	for text, want := range map[string]string{
		"{{ .team }}": "did you mean .Team?",
		"{{ .Taem }}": "did you mean .Team?",
		"{{ range .Reports }}{{ .Team }}{{ end }}": "the event has it: $.Team",
		"{{ .Elsewhere }}":                         "Team; a custom field must be given",
	} {
		tmpl, err := webhook.Parse(event.KindIncident, "x", text)
		if err != nil {
			t.Fatal(err)
		}
		var wrong *webhook.TemplateError
		if _, err := tmpl.Render(t.Context(), ev); !errors.As(err, &wrong) || !strings.Contains(wrong.Hint, want) {
			t.Errorf("%s: %v; the hint lacks %q", text, wrong, want)
		}
	}
}

func TestComparedWordNeedsQuotes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"{{ if eq .Status OK }}{{ end }}":                 `{{ if eq .Status "OK" }}`,
		"{{ if and (ne .Status warning) .URL }}{{ end }}": `{{ if and (ne .Status "WARNING") .URL }}`,
		"{{ if eq .RCASummary CRIT }}{{ end }}":           `{{ if eq .RCASummary "CRIT" }}`,
		"{{ if .Status }}{{ OK }}{{ end }}":               "write a field with a dot",
	} {
		var wrong *webhook.TemplateError
		_, err := webhook.Parse(event.KindIncident, "x", text)
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Hint, want) {
			t.Errorf("%s: %+v; the hint lacks %q", text, wrong, want)
		}
	}
}
