package jsonflow_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// helper is a template that strips the quotes from a JSON string.
const helper = `{{- define "jsonstr" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}`

// labelled is a template with its expected result.
type labelled struct {
	text  string
	want  jsonflow.Verdict
	rules string // of the problems, in order
}

func analyze(t testing.TB, kind event.Kind, text string, o jsonflow.Options) *jsonflow.Analysis {
	t.Helper()
	a, err := jsonflow.Analyze(context.Background(), kind, text, o)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a
}

func rulesOf(a *jsonflow.Analysis) string {
	var rules []string
	for _, p := range a.Problems {
		rules = append(rules, p.Rule)
	}
	return strings.Join(rules, " ")
}

// check verifies the guarantees of an analysis: refuted comes with an event that breaks
// the JSON, unknown with a reason.
func check(t *testing.T, kind event.Kind, text string, a *jsonflow.Analysis) {
	t.Helper()
	switch a.Verdict {
	case jsonflow.Refuted:
		if a.Counterexample == nil {
			t.Fatalf("%s: refuted without an event", text)
		}
		tmpl, err := webhook.Parse(kind, "t", text)
		if err != nil {
			t.Fatal(err)
		}
		message, err := tmpl.Render(context.Background(), a.Counterexample.Event)
		if err != nil || json.Valid(message.Body) {
			t.Errorf("%s: refuted with an event whose body is valid: %s (%v)", text, message.Body, err)
		}
	case jsonflow.Unknown:
		if len(a.Unknown) == 0 {
			t.Errorf("%s: unknown without a reason", text)
		}
	}
}

func TestIncidents(t *testing.T) {
	t.Parallel()
	for _, tt := range incidents() {
		a := analyze(t, event.KindIncident, tt.text, jsonflow.Options{})
		check(t, event.KindIncident, tt.text, a)
		if a.Verdict != tt.want || rulesOf(a) != tt.rules {
			t.Errorf("%s:\n got %s [%s] %v\nwant %s [%s]", tt.text, a.Verdict, rulesOf(a), a.Unknown, tt.want, tt.rules)
		}
	}
}

// TestDocumentation checks the verdicts on the templates in Coroot's documentation.
func TestDocumentation(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "templates", "*", "*.tmpl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no templates: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := event.ParseKind(strings.TrimSuffix(filepath.Base(file), ".tmpl"))
		if err != nil {
			continue
		}
		want, ok := map[string]jsonflow.Verdict{
			"telegram": jsonflow.Refuted, "discord": jsonflow.Refuted, "mattermost": jsonflow.Refuted,
			"generic": jsonflow.Proved, "plaintext": jsonflow.NotJSON,
		}[filepath.Base(filepath.Dir(file))]
		if !ok {
			continue
		}
		a := analyze(t, kind, string(text), jsonflow.Options{})
		check(t, kind, string(text), a)
		if a.Verdict != want {
			t.Errorf("%s: got %s, want %s; %v", file, a.Verdict, want, a.Unknown)
		}
		for _, p := range a.Problems {
			if p.Counterexample == nil && want == jsonflow.Refuted {
				t.Errorf("%s: %s at %d has no event", file, p.Rule, p.Start)
			}
		}
	}
}
