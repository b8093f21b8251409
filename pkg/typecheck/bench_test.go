package typecheck_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

const telegram = `{{- if eq .Status "OK" }}{{ .Application.Name }}@{{ .Application.Namespace }} incident resolved
{{- else }}{{ .Status }} {{ .Application.Name }}@{{ .Application.Namespace }} is not meeting its SLOs{{- end }}
{{- range .Reports }}
• *{{ .Name }}* / {{ .Check }}: {{ .Message }}
{{- end }}
{{ .URL }}`

// hostile are texts that are made to take long.
func hostile() map[string]string {
	var variables, chain strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&variables, "{{ $v%d := .Status }}{{ if $v%d }}{{ $v%d = .URL }}{{ end }}", i, i, i/2)
		fmt.Fprintf(&chain, `{{ define "t%d" }}{{ template "t%d" . }}{{ end }}`, i, i+1)
	}
	nested := func(open string, depth int) string {
		return strings.Repeat(open, depth) + strings.Repeat("{{ end }}", depth)
	}
	return map[string]string{
		"actions":   strings.Repeat("{{ .Status }}", 100_000),
		"mistakes":  strings.Repeat("{{ .Nope }}", 100_000),
		"text":      strings.Repeat("x", 10<<20),
		"ifs":       nested("{{ if .Status }}", 10_000),
		"ranges":    nested("{{ range $.Reports }}", 5_000),
		"loops":     `{{ $x := . }}{{ $y := $x }}` + nested(`{{ range $.Reports }}{{ $y = $x }}{{ $x = "" }}`, 40),
		"variables": variables.String(),
		"chain":     chain.String() + `{{ template "t0" . }}`,
		"defines":   strings.Repeat("define ", 100_000) + chain.String(),
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := typecheck.Check(event.KindIncident, text, nil); err != nil && !errors.Is(err, typecheck.ErrTooComplex) {
				t.Error(err)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	texts := hostile()
	texts["telegram"] = telegram
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := typecheck.Check(event.KindIncident, text, nil); err != nil && !errors.Is(err, typecheck.ErrTooComplex) {
					b.Fatal(err)
				}
			}
		})
	}
}
