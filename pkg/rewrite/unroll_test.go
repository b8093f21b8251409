package rewrite_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// TestWithoutVariables rewrites loops without variables. The function itself checks,
// with many events, that the bytes are the same.
func TestWithoutVariables(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 170)
	for _, tt := range []struct{ name, kind, text, want string }{
		{"index", "incident", `[{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{"n": {{ json $r.Name }}, "m": {{ json .Message }}}{{ end }}]`, `[{{ with .Reports }}{{ range slice . 0 1 }}{"n": {{ json .Name }}, "m": {{ json .Message }}}{{ end }}{{ range slice . 1 }},{"n": {{ json .Name }}, "m": {{ json .Message }}}{{ end }}{{ end }}]`},
		{"only the element", "deployment", `{"t": "{{ range $s := .Summary }}{{ js $s }}{{ printf "%s" $s }};{{ end }}"}`, `{"t": "{{ range .Summary }}{{ js . }}{{ printf "%s" . }};{{ end }}"}`},
		{"an index nobody reads", "deployment", `[{{ range $_, $s := .Summary }}{{ json $s }}{{ end }}]`, `[{{ range .Summary }}{{ json . }}{{ end }}]`},
		{"first", "deployment", `[{{ $first := true }}{{ range .Summary }}{{ if $first }}{{ $first = false }}{{ else }}, {{ end }}{{ json . }}{{ end }}]`, `[{{ with .Summary }}{{ range slice . 0 1 }}{{ json . }}{{ end }}{{ range slice . 1 }}, {{ json . }}{{ end }}{{ end }}]`},
		{"not first", "deployment", `{{ $first := true }}[{{ range .Summary }}{{ if not $first }},{{ end }}{{ $first = false }}{{ json . }}{{ end }}]`, `[{{ with .Summary }}{{ range slice . 0 1 }}{{ json . }}{{ end }}{{ range slice . 1 }},{{ json . }}{{ end }}{{ end }}]`},
		{"separator", "deployment", `[{{ $sep := "" }}{{ range $x := .Summary }}{{ $sep }}{{ json $x }}{{ $sep = ",\n" }}{{ end }}]`, "[{{ with .Summary }}{{ range slice . 0 1 }}{{ json . }}{{ end }}{{ range slice . 1 }},\n{{ json . }}{{ end }}{{ end }}]"},
		{"counter", "alert", `[{{ $n := 0 }}{{ range .Details }}{{ if $n }},{{ end }}{{ $n = 1 }}{{ json .Name }}{{ end }}]`, `[{{ with .Details }}{{ range slice . 0 1 }}{{ json .Name }}{{ end }}{{ range slice . 1 }},{{ json .Name }}{{ end }}{{ end }}]`},
		{"compared", "alert", `[{{ range $i, $d := .Details }}{{ if gt $i 0 }},{{ end }}{{ if eq $i 0 }}1{{ else }}2{{ end }}{{ end }}]`, `[{{ with .Details }}{{ range slice . 0 1 }}1{{ end }}{{ range slice . 1 }},2{{ end }}{{ end }}]`},
		{"else", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}{{ else }}"none"{{ end }}]`, `[{{ with .Details }}{{ range slice . 0 1 }}{{ json .Name }}{{ end }}{{ range slice . 1 }},{{ json .Name }}{{ end }}{{ else }}"none"{{ end }}]`},
		{"trim markers", "alert", "[\n  {{- range $i, $d := .Details -}}\n  {{- if $i }},{{ end }}\n  {{ json $d.Name -}}\n  {{- end -}}\n  ]", "[\n  {{- with .Details }}{{ range slice . 0 1 }}\n  {{ json .Name -}}{{ end }}{{ range slice . 1 }},\n  {{ json .Name -}}{{ end }}{{ end -}}\n  ]"},
		{"condition within", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ if $d.Code }}{{ json $d.Value }}{{ else }}{{ json $d.Name }}{{ end }}{{ end }}]`, `[{{ with .Details }}{{ range slice . 0 1 }}{{ if .Code }}{{ json .Value }}{{ else }}{{ json .Name }}{{ end }}{{ end }}{{ range slice . 1 }},{{ if .Code }}{{ json .Value }}{{ else }}{{ json .Name }}{{ end }}{{ end }}{{ end }}]`},
		{"root", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $.Summary }}{{ end }}]`, `[{{ with .Details }}{{ range slice . 0 1 }}{{ json $.Summary }}{{ end }}{{ range slice . 1 }},{{ json $.Summary }}{{ end }}{{ end }}]`},
		{"two loops", "incident", `{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}1{{ end }}], "b": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}2{{ end }}]}`, `{"a": [{{ with .Reports }}{{ range slice . 0 1 }}1{{ end }}{{ range slice . 1 }},1{{ end }}{{ end }}], "b": [{{ with .Reports }}{{ range slice . 0 1 }}2{{ end }}{{ range slice . 1 }},2{{ end }}{{ end }}]}`},
		{"long", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{"n": {{ json $d.Name }}, "x": "` + long + `"}{{ end }}]`, `{{ define "element" }}{"n": {{ json .Name }}, "x": "` + long + `"}{{ end -}}` + "\n" + `[{{ with .Details }}{{ range slice . 0 1 }}{{ template "element" . }}{{ end }}{{ range slice . 1 }},{{ template "element" . }}{{ end }}{{ end }}]`},
		{"aliases", "alert", `{{ $n := .Application.Name }}{{ $c := "red" }}{{ $a := .Application -}}
{"a": {{ json $n }}, "b": [{{ range $d := .Details }}{{ json $n }}{{ json $d.Name }}{{ $c }}{{ end }}], "c": {{ json $a.Namespace }}}`, `{"a": {{ json $.Application.Name }}, "b": [{{ range .Details }}{{ json $.Application.Name }}{{ json .Name }}{{ "red" }}{{ end }}], "c": {{ json $.Application.Namespace }}}`},
		{"with", "alert", `{"a": {{ with $d := .Duration }}{{ json $d }}{{ else }}null{{ end }}}`, `{"a": {{ with .Duration }}{{ json . }}{{ else }}null{{ end }}}`},
		{"calculated", "alert", `{{ $n := len .Details }}{"a": {{ $n }}}`, ""},
		{"filtered", "alert", `[{{ $sep := "" }}{{ range .Details }}{{ if .Code }}{{ $sep }}{{ $sep = "," }}{{ json .Name }}{{ end }}{{ end }}]`, ""},
		{"a number", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ $i }}{{ end }}]`, ""},
		{"another dot", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ with $d.Value }}{{ json $d.Name }}{{ end }}{{ end }}]`, ""},
		{"left", "alert", `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}{{ if $d.Code }}{{ break }}{{ end }}{{ end }}]`, ""},
		{"read later", "alert", `[{{ $any := false }}{{ range .Details }}{{ if $any }},{{ end }}{{ $any = true }}1{{ end }}{{ if $any }},2{{ end }}]`, ""},
	} {
		got, ok := rewrite.WithoutVariables(t.Context(), event.Kind(tt.kind), tt.text, rewrite.Options{})
		want := tt.want
		if want == "" {
			want = tt.text
		}
		if got != want || ok != (tt.want != "") {
			t.Errorf("%s: %v\n from %s\n  got %s\n want %s", tt.name, ok, tt.text, got, want)
		}
	}
}
