package source_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/source"
)

// TestActionEnd marks with ^ where the action ends, and with | where its pipeline does.
func TestActionEnd(t *testing.T) {
	t.Parallel()
	for _, marked := range []string{
		"{{ .A| ^}}", "{{.A|^}}", "{{- .A| -^}}", "{{ .A|\n-^}}", "{{ .A -| ^}}", "{{ .A-|^}}", "{{ \"}}\"| ^}} }}", "{{ \"\\\"}}\"| ^}}", "{{ `\\`| ^}}`}}", "{{ `\n}}`| ^}}",
		"{{ '\\''| ^}}", "{{/* \" }} */|^}}", "{{- /* a */| -^}}", "{{ \"open|\n ^}}", "{{ .A", "{{ `open }}", "{{/* open }}", "{{ \"\\",
	} {
		want, pipe := strings.Index(strings.Replace(marked, "|", "", 1), "^"), strings.Index(marked, "|")
		text := strings.NewReplacer("|", "", "^", "").Replace(marked)
		end := source.ActionEnd(text, len(source.LeftDelim))
		if end != want {
			t.Errorf("%q: ends at %d", marked, end)
			continue
		}
		if end >= 0 && source.PipeEnd(text, end) != pipe {
			t.Errorf("%q: the pipeline ends at %d", marked, source.PipeEnd(text, end))
		}
	}
}
