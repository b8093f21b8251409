package jsonflow_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// mostSteps is the maximum for any analysis, executions included: see "Large templates"
// in docs/performance.md. Steps are counted, not timed, so they are the same on every
// machine; 3 million take about a second on one core.
const mostSteps = 2_500_000

// TestVast checks analyses of long and complex templates against the budget. It runs a
// selection, or all of them with HOOKTOOL_TEST_LONG=1.
func TestVast(t *testing.T) {
	t.Parallel()
	for _, tt := range vast.Some(t, 50) {
		t.Run(tt.Name, func(t *testing.T) {
			t.Parallel()
			analysis, err := jsonflow.Analyze(t.Context(), event.KindAlert, tt.Text, jsonflow.Options{})
			switch {
			case err != nil:
				return // correctly rejected: not a template
			case analysis.Steps > mostSteps:
				t.Errorf("%s, %d steps, want at most %d", analysis.Verdict, analysis.Steps, mostSteps)
			case analysis.Verdict == jsonflow.Unknown && len(analysis.Unknown) == 0:
				t.Error("unknown, and no reason")
			}
			t.Logf("%d bytes: %s, %d steps", len(tt.Text), analysis.Verdict, analysis.Steps)
		})
	}
}

// TestSteps checks analyses of 250 kilobytes against the budget: of every fourth
// template, or of all with HOOKTOOL_TEST_LONG=1.
func TestSteps(t *testing.T) {
	t.Parallel()
	for _, tt := range vast.SomeOf(t, 4, map[string]string{
		"loops that end in a comma": `{"a": [` + each(5_600, `{{ range .Details }}"{{ .Name }}",{{ end }},`) + `1]}`,
		"lists that end in a comma": `{"z": 1` + each(4_300, `,"k#": [{{ range .Details }}{{ json .Name }},{{ end }}]`) + `}`,
		"objects before a comma":    `{"a": [` + each(5_000, `{{ range .Details }},{"a": "{{ .Name }}"}{{ end }}`) + `]}`,
		"texts in quotes":           `{` + each(9_000, `"k#": "{{ .Summary }}",`) + `"z": 1}`,
		"lines":                     `{"a": "` + each(16_000, "{{ .Summary }}\n") + `"}`,
		"conditions":                `{"a": "` + each(5_500, "{{ if .Duration }}{{ .Summary }}{{ end }}") + `"}`,
		"loops in loops":            `{"a": [` + each(200, "{{ range $.Details }}") + `"{{ .Name }}",` + each(200, "{{ end }}") + `]}`,
		"calls":                     `{{ define "t" }}"{{ . }}",{{ end }}{"a": [` + each(9_000, `{{ template "t" .Summary }}`) + `1]}`,
	}) {
		t.Run(tt.Name, func(t *testing.T) {
			t.Parallel()
			analysis := analyze(t, event.KindAlert, tt.Text, jsonflow.Options{})
			t.Logf("%d bytes: %s, %d steps", len(tt.Text), analysis.Verdict, analysis.Steps)
			if analysis.Steps > mostSteps {
				t.Errorf("%d steps, want at most %d", analysis.Steps, mostSteps)
			}
		})
	}
}
