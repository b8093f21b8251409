package jsonflow_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestEvidenceIsLikely checks that a mistake is shown with an event that Coroot sends,
// if there is one: one with a sample's text, or with text put into the printed list or
// event.
func TestEvidenceIsLikely(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind       event.Kind
		text, want string // part of the body
	}{
		{event.KindAlert, `{"f": {{ .Duration }}}`, `{"f": 1h30m}`},
		{event.KindAlert, `{"f": {{ .URL }}}`, `{"f": https:`},
		{event.KindAlert, `{"f": "{{ json .URL }}"}`, `{"f": ""https:`},
		{event.KindIncident, `{"f": {{ .Application.Kind }}}`, `{"f": `},
		{event.KindAlert, `{"f": {{ printf "%.300s" (json .Summary) }}}`, `unexpected token`},
		{event.KindAlert, `{"f": {{ if gt (len .Summary) 900 }}{{ .RuleName }}{{ else }}1{{ end }}}`, `{"f": Low disk space}`},
		{event.KindAlert, `{"f": {{ json .Summary | html }}}`, `&#34;`},
		{event.KindAlert, `{"s": "{{ .Details }}"}`, `reason="BackOff"`},
		{event.KindAlert, `{"s": "{{ printf "%v" .Details }}"}`, `reason="BackOff"`},
		{event.KindDeployment, `{"s": "{{ .Summary }}"}`, `"connection refused"`},
		{event.KindIncident, `{"s": "{{ .Reports }}"}`, `"connection refused"`},
		{event.KindIncident, `{"s": "{{ . }}"}`, `"checkout-7d9f"`},
		{event.KindAlert, `{"s": "{{ . }}"}`, `unexpected token "<"`},
		{event.KindDeployment, `{"s": "{{ . }}"}`, `app:"v1.8.2"`},
	} {
		a, err := jsonflow.Analyze(t.Context(), test.kind, test.text, jsonflow.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Problems) != 1 || a.Problems[0].Counterexample == nil {
			t.Errorf("%s: want one problem with an event, have %+v", test.text, a.Problems)
			continue
		}
		c := a.Problems[0].Counterexample
		if c.Unlikely || !strings.Contains(string(c.Body), test.want) {
			t.Errorf("%s: the body is %s (unlikely: %t), want %q in it", test.text, c.Body, c.Unlikely, test.want)
		}
	}
}

// TestEvidenceIsClose checks that an event differs from the built-in one only where it
// must.
func TestEvidenceIsClose(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{`{"s": "{{ .Summary }}", "d": {{ json .Details }}}`, "Summary"},
		{`{"s": "{{ .Summary }}", "r": "{{ .RuleName }}"}`, "Summary RuleName"},
		{`{"s": "{{ slice .Summary 0 40 }}"}`, "Summary"},
		{`{"s": "{{ if eq .Severity "critical" }}{{ .RuleName }}{{ end }}"}`, "Severity RuleName"},
		{`{"s": 1 2}`, ""},
		{`{{ range .Details }}{"n": 1}{{ end }}`, "Details"},
		{`{"s": [{{ range .Details }}{{ json .Name }},{{ end }}]}`, ""},
		{`{"s": [{{ range .Details }}{{ json .Name }}{{ else }},{{ end }}]}`, "Details"},
	} {
		a, err := jsonflow.Analyze(t.Context(), event.KindAlert, test.text, jsonflow.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, p := range a.Problems {
			for _, name := range p.Counterexample.Event.Differing(event.DefaultSample(event.KindAlert).Event) {
				got[name] = true
			}
		}
		want := map[string]bool{}
		for _, name := range strings.Fields(test.want) {
			want[name] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: the events differ in %v, want %v", test.text, got, want)
		}
	}
}
