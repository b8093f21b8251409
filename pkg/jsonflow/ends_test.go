package jsonflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// each repeats a piece of a template n times, replacing # with the number of the copy.
func each(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(piece, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// TestEnds checks that templates of extreme length and complexity stay within a budget
// of steps: every fifth, or all with HOOKTOOL_TEST_LONG=1.
func TestEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range vast.SomeOf(t, 5, map[string]string{
		"many actions":      `{"a":"` + each(17_000, "{{ .Summary }}") + `"}`,
		"many loops":        `{"a":[` + each(7_000, "{{ range .Details }}{{ .Name }},{{ end }}") + `1]}`,
		"deep conditions":   `{"a":` + each(9_000, "{{ if .URL }}") + "1" + each(9_000, "{{ end }}") + "}",
		"deep loops":        `{"a":[` + each(200, "{{ range $.Details }}") + "1" + each(200, "{{ end }}") + "]}",
		"many variables":    each(9_000, "{{ $v# := .URL }}") + `{"a":1}`,
		"many arguments":    `{"a":{{ if eq .Summary ` + each(25_000, ` "x#"`) + ` }}1{{ else }}2{{ end }}}`,
		"a long or":         `{"a":{{ if or ` + each(5_000, ` (eq .Status "x#")`) + ` }}1{{ else }}2{{ end }}}`,
		"many else ifs":     `{"a":{{ if .URL }}1` + each(5_000, `{{ else if eq .Summary "x#" }}#`) + "{{ else }}2{{ end }}}",
		"doubling calls":    each(40, `{{ define "t#" }}{{ template "t0#" . }}{{ template "t0#" . }}{{ end }}{{ define "t0#" }}x{{ end }}`) + `{"a":"{{ template "t0" . }}"}`,
		"texts that grow":   `{{ $x := "a" }}` + each(8_000, `{{ $x = print $x "abcdefghij" }}`) + `{"a":{{ json $x }}}`,
		"texts that double": `{{ $x := "a" }}` + each(60, `{{ $x = printf "%[1]s%[1]s" $x }}`) + `{"a":{{ json $x }}}`,
		"an open string":    `{"a":"` + each(7_000, "{{ if .URL }}x{{ else }}y{{ end }}"),
		"a long count":      `{{ $n := 10000000000 }}{"a":[{{ range $i := $n }}{{ if $i }},{{ end }}{{ $i }}{{ end }}]}`,
	}) {
		t.Run(tt.Name, func(t *testing.T) {
			a := analyze(t, event.KindAlert, tt.Text, jsonflow.Options{})
			check(t, event.KindAlert, tt.Text, a)
			if a.Steps > mostSteps {
				t.Errorf("%d steps, want at most %d", a.Steps, mostSteps)
			}
		})
	}
}

// TestIndependent checks that templates with many independent optional parts are
// proved. It tries half of the numbers of parts, or all with HOOKTOOL_TEST_LONG=1.
func TestIndependent(t *testing.T) {
	t.Parallel()
	for _, n := range vast.Every(t, 2, []int{8, 16, 32, 64}) {
		var keys []string
		for i := range n {
			keys = append(keys, fmt.Sprintf("f%d", i))
		}
		for name, text := range map[string]string{
			"fields": "{ " + each(n, `{{ if .F# }}"f#": {{ json .F# }},{{ end }}`) + `"z": 1}`,
			"fields twice": "{ " + each(n, `{{ if .F# }}"f#": {{ json .F# }},{{ end }}`) + `"t": "` + each(n, "{{ if .F# }}x{{ end }}") +
				`", "u": [0` + each(n, "{{ if .F# }}, {{ json .F# }}{{ end }}") + "]}",
			"objects": `{"a": {"b": [{ ` + each(n, `{{ if .F# }}"f#": {"x": {{ json .F# }}, "y": [{{ if ne .F# "-" }}{{ json .F# }}{{ end }}]},{{ end }}`) + `"z": 1}]}}`,
			"arrays":  `{"a": [0` + each(n, `, [1{{ if .F# }}, {{ json .F# }}{{ end }}]`) + `]}`,
			"members in a loop": `{"b": [{{ range .Details }}{"n": {{ json .Name }}` +
				each(n, `{{ if $.F# }}, "f#": {{ json $.F# }}{{ end }}`) + `}, {{ end }}0]}`,
			"fields in a loop":         `{"b": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{ ` + each(n, `{{ if $.F# }}"f#": {{ json $.F# }},{{ end }}`) + `"z": 1}{{ end }}]}`,
			"a separator across turns": `{{ $sep := "" }}{"a": [{{ range .Details }}` + each(n, `{{ if $.F# }}{{ $sep }}{{ json $.F# }}{{ $sep = "," }}{{ end }}`) + `{{ end }}]}`,
			"the first across turns": `{{ $first := true }}{"a": [{{ range $i, $d := .Details }}` +
				each(n, `{{ if $.F# }}{{ if not $first }},{{ end }}{{ $first = false }}{{ json $.F# }}{{ end }}`) + `{{ end }}]}`,
			"commas before": `{"z": 1` + each(n, `{{ if .F# }}, "f#": "{{ js "x" }}"{{ else if .URL }}, "g#": [{{ json .URL }}]{{ end }}`) + `}`,
			"separators":    `{{ $sep := "" }}{"a": { ` + each(n, `{{ if .F# }}{{ $sep }}"f#": {{ json .F# }}{{ $sep = "," }}{{ end }}`) + `}}`,
			"flags": each(n, "{{ $v# := false }}") + "{{ range .Details }}" + each(n, `{{ if eq .Name "N#" }}{{ $v# = true }}{{ end }}`) +
				`{{ end }}{"a": [0` + each(n, "{{ if $v# }}, #{{ end }}") + "]}",
		} {
			if a := analyze(t, event.KindAlert, text, jsonflow.Options{CustomFields: keys}); a.Verdict != jsonflow.Proved {
				t.Errorf("%d %s: %s %v", n, name, a.Verdict, a.Unknown)
			}
		}
	}
}
