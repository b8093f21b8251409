package jsonflow_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestContexts checks the contexts of actions.
func TestContexts(t *testing.T) {
	t.Parallel()
	text := `{{ define "x" }}{{ .Name }}{{ end }}{"text": "a {{- .URL -}} b", "list": [{{ range .Reports }}{"m": {{ json .Message }}, "{{ .Name }}": "{{ template "x" . }}"},{{ end }}null]} {{ .Status }}`
	var got []string
	for _, action := range analyze(t, event.KindIncident, text, jsonflow.Options{}).Actions {
		for _, c := range action.Contexts {
			got = append(got, fmt.Sprintf("%s|%s|%s %s nested=%t safe=%t", text[action.Start:action.End], text[action.Pipe:action.PipeEnd], c.Place, c.Path, c.Nested, c.Safe))
		}
	}
	want := []string{
		`{{ .Name }}|.Name|string $.list[]["…"] nested=true safe=false`,
		`{{- .URL -}}|.URL|string $.text nested=false safe=false`,
		`{{ json .Message }}|json .Message|value $.list[].m nested=false safe=true`,
		`{{ .Name }}|.Name|key $.list[] nested=true safe=false`,
		`{{ .Status }}|.Status|outside $ nested=false safe=false`,
	}
	if diff := golden.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnalyzeErrors(t *testing.T) {
	t.Parallel()
	var failed *webhook.TemplateError
	if _, err := jsonflow.Analyze(t.Context(), event.KindIncident, "{{ if }}", jsonflow.Options{}); !errors.As(err, &failed) {
		t.Errorf("got %v, want a TemplateError", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := jsonflow.Analyze(ctx, event.KindIncident, "{}", jsonflow.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

// TestBelievable checks that events are believable: they come from the samples, and
// only what matters is changed.
func TestBelievable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, want string // part of the event
		unlikely   bool
	}{
		{`{"a": "{{ range .Reports }}{{ .Message }}{{ end }}"}`, `"message":"2 pods report \"connection refused\""`, false},
		{`{"a": "{{ .URL }}"}`, `"application":"a1b2c3d4:shop:Deployment:checkout"`, true},
		{`{"a": "{{ .RCASummary }}"}`, `The pod \"checkout-7d9f\" ran out of memory.`, false},
		{`{"a": [{{ range .Reports }}1,{{ end }}]}`, `"reports":[{"name":"Instances","check":"Instance availability"`, false},
		{`{"a": [{{ range .Reports }}1,{{ else }}{{ end }}]}`, `"status":"CRITICAL"`, false},
		{`{"a": "{{ js .RCASummary }}"}`, `'`, false},
	} {
		a := analyze(t, event.KindIncident, tt.text, jsonflow.Options{})
		if a.Counterexample == nil {
			t.Errorf("%s: got %s without an event", tt.text, a.Verdict)
			continue
		}
		got, err := event.Marshal(a.Counterexample.Event)
		if err != nil || !strings.Contains(string(got), tt.want) || a.Counterexample.Unlikely != tt.unlikely {
			t.Errorf("%s: got %s, unlikely %t; want %s", tt.text, got, a.Counterexample.Unlikely, tt.want)
		}
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, tt := range incidents() {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := jsonflow.Analyze(t.Context(), event.KindIncident, text, jsonflow.Options{})
		if err == nil {
			check(t, event.KindIncident, text, a)
		}
	})
}

// TestFailsLater checks the message for a problem where the template fails for every
// event that would show it.
func TestFailsLater(t *testing.T) {
	t.Parallel()
	text := `{"a": {{ if not .Details }}x{{ else }}1{{ end }}, "b": {{ json (index .Details 0).Name }}}`
	a, err := jsonflow.Analyze(t.Context(), event.KindAlert, text, jsonflow.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Verdict != jsonflow.Unknown || len(a.Unknown) == 0 || !strings.Contains(a.Unknown[0].Message, "the template fails") {
		t.Errorf("%s: %v", a.Verdict, a.Unknown)
	}
}
