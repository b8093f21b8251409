package jsonflow_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// big returns templates that each grow with n in one respect.
func big() map[string]func(n int) string {
	each := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	return map[string]func(n int) string{
		"text": func(n int) string { return `{"a": "` + strings.Repeat("some text\n", n) + `"}` },
		"members": func(n int) string {
			return `{` + each(n, func(i int) string { return fmt.Sprintf(`"k%d": {{ json .URL }},`, i) }) + `"z": 1}`
		},
		"conditions": func(n int) string {
			return `{"a": "` + each(n, func(i int) string { return fmt.Sprintf(`{{ if eq .URL "u%d" }}x{{ else }}y{{ end }}`, i) }) + `"}`
		},
		"opaque conditions": func(n int) string {
			return `{"a": "` + each(n, func(i int) string { return fmt.Sprintf(`{{ if gt (len .URL) %d }}x{{ else }}y{{ end }}`, i) }) + `"}`
		},
		"live conditions": func(n int) string {
			open := each(n, func(i int) string { return fmt.Sprintf(`{{ if eq .URL "u%d" }},"k%d":1{{ end }}`, i, i) })
			return `{"a": 1` + open + open + `}`
		},
		"optional members": func(n int) string {
			return `{ ` + each(n, func(i int) string { return fmt.Sprintf(`{{ if eq .Status "OK" }}"k%d": 1,{{ end }}`, i) }) + `"z": 1}`
		},
		"else if": func(n int) string {
			return `{"a": "{{ if eq .URL "u" }}` + each(n, func(i int) string { return fmt.Sprintf(`{{ else if eq .URL "u%d" }}%d`, i, i) }) + `{{ end }}"}`
		},
		"nested if": func(n int) string {
			return `{"a": "` + each(n, func(i int) string { return fmt.Sprintf(`{{ if eq .URL "u%d" }}x`, i%7) }) + strings.Repeat(`{{ end }}`, n) + `"}`
		},
		"nested arrays": func(n int) string { return strings.Repeat(`[{{ len .Reports }},`, n) + "1" + strings.Repeat("]", n) },
		"nested loops": func(n int) string {
			return `[` + strings.Repeat(`{{ range $i, $e := $.Reports }}{{ if $i }},{{ end }}[`, n) + "1" + strings.Repeat("]{{ end }}", n) + `]`
		},
		"loops": func(n int) string {
			return `[` + each(n, func(int) string {
				return `[{{ range $i, $e := .Reports }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}],`
			}) + `1]`
		},
		"variables": func(n int) string {
			return each(n, func(i int) string { return fmt.Sprintf(`{{ $v%d := .URL }}`, i) }) + `{"a": "` + each(n, func(i int) string { return fmt.Sprintf(`{{ if $v%d }}x{{ end }}`, i) }) + `"}`
		},
		"calls": func(n int) string {
			return `{{ define "x" }}{{ json . }}{{ end }}[` + each(n, func(int) string { return `{{ template "x" .URL }},` }) + `1]`
		},
		"doubling calls": func(n int) string {
			return `{{ define "t0" }}x{{ end }}` + each(n, func(i int) string {
				return fmt.Sprintf(`{{ define "t%d" }}{{ template "t%d" . }}{{ template "t%d" . }}{{ end }}`, i+1, i, i)
			}) + fmt.Sprintf(`{"a": "{{ template "t%d" . }}"}`, n)
		},
		"alternatives": func(n int) string {
			return `{"a": {{ json (print` + strings.Repeat(` (or .URL .RCASummary .RCARemediations)`, n) + `) }}}`
		},
		"conjunctions": func(n int) string {
			return `{"a": "{{ if and` + each(n, func(i int) string { return fmt.Sprintf(` (or (eq .URL "u%d") (eq .RCASummary "s%d"))`, i, i) }) + ` }}x{{ end }}"}`
		},
		"unescaped": func(n int) string { return `{"a": "` + strings.Repeat(`{{ .URL }}`, n) + `"}` },
	}
}

// sizes returns the values of n to try for a template.
func sizes(name string) []int {
	switch name {
	case "nested loops":
		return []int{2, 4, 8, 16}
	case "doubling calls", "live conditions":
		return []int{4, 8, 16, 32}
	}
	return []int{10, 100, 1000}
}

// BenchmarkGrowth shows how the cost grows with template size.
func BenchmarkGrowth(b *testing.B) {
	for name, text := range big() {
		for _, n := range sizes(name) {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				text := text(n)
				for b.Loop() {
					analyze(b, event.KindIncident, text, jsonflow.Options{})
				}
			})
		}
	}
}

// BenchmarkTelegram measures a template from Coroot's documentation.
func BenchmarkTelegram(b *testing.B) {
	text, err := os.ReadFile("../../testdata/templates/telegram/alert.tmpl")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		analyze(b, event.KindAlert, string(text), jsonflow.Options{})
	}
}

// TestGrowth checks the verdicts on growing templates: none is too big to analyse, and
// no correct one is rejected.
func TestGrowth(t *testing.T) {
	t.Parallel()
	for name, text := range big() {
		n := sizes(name)[1]
		want := jsonflow.Proved
		if name == "unescaped" {
			want = jsonflow.Refuted
		}
		if a := analyze(t, event.KindIncident, text(n), jsonflow.Options{}); a.Verdict != want {
			t.Errorf("%s of size %d: got %s, want %s; %v", name, n, a.Verdict, want, a.Unknown)
		}
	}
}
