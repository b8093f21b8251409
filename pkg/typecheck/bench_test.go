package typecheck_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

const telegram = `{{- if eq .Status "OK" }}{{ .Application.Name }}@{{ .Application.Namespace }} incident resolved
{{- else }}{{ .Status }} {{ .Application.Name }}@{{ .Application.Namespace }} is not meeting its SLOs{{- end }}
{{- range .Reports }}
• *{{ .Name }}* / {{ .Check }}: {{ .Message }}
{{- end }}
{{ .URL }}`

// hostile returns templates designed to take long, the longest of them divided by share.
func hostile(share int) map[string]string {
	var variables, chain, nestedIfs, nestedLoops strings.Builder
	const depth = 2_000
	for i := range depth {
		fmt.Fprintf(&nestedIfs, "{{ $v%d := 1 }}{{ if .Status }}{{ $v%d = .URL }}", i, i)
	}
	for i := range source.MaxLoops {
		fmt.Fprintf(&nestedLoops, "{{ $v%d := 1 }}{{ range $.Reports }}{{ $v%d = $v%d }}{{ $v%d = .Name }}", i, i, i/2, i/3)
	}
	ends := strings.Repeat("{{ end }}", depth)
	for i := range 20_000 / share {
		fmt.Fprintf(&variables, "{{ $v%d := .Status }}{{ if $v%d }}{{ $v%d = .URL }}{{ end }}", i, i, i/2)
		fmt.Fprintf(&chain, `{{ define "t%d" }}{{ template "t%d" . }}{{ end }}`, i, i+1)
	}
	nested := func(open string, depth int) string {
		return strings.Repeat(open, depth) + strings.Repeat("{{ end }}", depth)
	}
	return map[string]string{
		"actions":         strings.Repeat("{{ .Status }}", 50_000/share),
		"mistakes":        strings.Repeat("{{ .Nope }}", 30_000/share),
		"text":            strings.Repeat("x", 10<<20/share),
		"ifs":             nested("{{ if .Status }}", 10_000/share),
		"ranges":          nested("{{ range $.Reports }}", source.MaxLoops),
		"loops":           `{{ $x := . }}{{ $y := $x }}` + nested(`{{ range $.Reports }}{{ $y = $x }}{{ $x = "" }}`, 40),
		"pairs":           nested(`{{ range $i, $e := $.Reports }}{{ $e.Nope }}`, 100),
		"assigning ifs":   nestedIfs.String() + ends,
		"assigning loops": nestedLoops.String() + strings.Repeat("{{ end }}", source.MaxLoops),
		"variables":       variables.String(),
		"chain":           chain.String() + `{{ template "t0" . }}`,
		"defines":         strings.Repeat("define ", 100_000/share) + chain.String(),
	}
}

// TestHostile checks templates that are long or entangled: a tenth of the longest ones,
// or the whole with HOOKTOOL_TEST_LONG=1.
func TestHostile(t *testing.T) {
	t.Parallel()
	share := 10
	if vast.Long(t) {
		share = 1
	}
	for name, text := range hostile(share) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := checkText(event.KindIncident, text, nil); err != nil && !errors.Is(err, typecheck.ErrTooComplex) {
				t.Error(err)
			}
		})
	}
}

// TestPairs checks types inside a hundred nested loops. Their own variables must not
// make any loop start over.
func TestPairs(t *testing.T) {
	t.Parallel()
	const depth = 100
	text := strings.Repeat("{{ range $i, $e := $.Reports }}", depth) + "{{ $e.Nope }}" + strings.Repeat("{{ end }}", depth)
	problems, err := checkText(event.KindIncident, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(slices.DeleteFunc(problems, func(p typecheck.Problem) bool { return p.Rule != typecheck.UnknownField })); n != 1 {
		t.Errorf("%d unknown fields, want 1", n)
	}
}

// TestLoopVariables checks which assignments survive an iteration: those to variables
// declared in the pipeline of the loop or before it, not those to the loop's own
// variables.
func TestLoopVariables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{{ range $i, $e := .Reports }}{{ $e.Name }}{{ $e = "" }}{{ end }}`:                           false,
		`{{ range $i, $e := .Reports }}{{ $e = "" }}{{ $e.Name }}{{ end }}`:                           true,
		`{{ range $e := .Reports }}{{ range $.Reports }}{{ $e.Name }}{{ $e = "" }}{{ end }}{{ end }}`: true,
		`{{ $i := 0 }}{{ $e := . }}{{ range $i, $e = .Reports }}{{ $e.Name }}{{ $e = "" }}{{ end }}`:  false,
		`{{ $e := . }}{{ range .Reports }}{{ $e.Status }}{{ $e = "" }}{{ end }}`:                      true,
		`{{ range $x := slice ($y := .Status) 0 }}{{ $y.Nope }}{{ end }}`:                             true,
	} {
		problems, err := checkText(event.KindIncident, text, nil)
		if err != nil {
			t.Fatal(text, err)
		}
		found := slices.ContainsFunc(problems, func(p typecheck.Problem) bool { return typecheck.IsTypeRule(p.Rule) })
		if found != want {
			t.Errorf("%s: a type error %v, want %v: %v", text, found, want, problems)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	texts := hostile(1)
	texts["telegram"] = telegram
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := checkText(event.KindIncident, text, nil); err != nil && !errors.Is(err, typecheck.ErrTooComplex) {
					b.Fatal(err)
				}
			}
		})
	}
}
