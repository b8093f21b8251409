package jsonflow_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestSteps holds analyses of 250 kilobytes to a budget of steps, which are counted
// and so the same on every machine: 3 million take about a second on one core.
func TestSteps(t *testing.T) {
	t.Parallel()
	const most = 3_000_000
	for name, text := range map[string]string{
		"loops that end in a comma": `{"a": [` + each(5_600, `{{ range .Details }}"{{ .Name }}",{{ end }},`) + `1]}`,
		"lists that end in a comma": `{"z": 1` + each(4_300, `,"k#": [{{ range .Details }}{{ json .Name }},{{ end }}]`) + `}`,
		"objects before a comma":    `{"a": [` + each(5_000, `{{ range .Details }},{"a": "{{ .Name }}"}{{ end }}`) + `]}`,
		"texts in quotes":           `{` + each(9_000, `"k#": "{{ .Summary }}",`) + `"z": 1}`,
		"lines":                     `{"a": "` + each(16_000, "{{ .Summary }}\n") + `"}`,
		"conditions":                `{"a": "` + each(5_500, "{{ if .Duration }}{{ .Summary }}{{ end }}") + `"}`,
		"loops in loops":            `{"a": [` + each(200, "{{ range $.Details }}") + `"{{ .Name }}",` + each(200, "{{ end }}") + `]}`,
		"calls":                     `{{ define "t" }}"{{ . }}",{{ end }}{"a": [` + each(9_000, `{{ template "t" .Summary }}`) + `1]}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			analysis := analyze(t, event.KindAlert, text, jsonflow.Options{})
			t.Logf("%d bytes: %s, %d steps", len(text), analysis.Verdict, analysis.Steps)
			if analysis.Steps > most {
				t.Errorf("%d steps, want at most %d", analysis.Steps, most)
			}
		})
	}
}
