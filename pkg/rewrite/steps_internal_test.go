package rewrite

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
)

// TestSteps checks repairs of 250 kilobytes against a budget of steps of the analysis,
// which are counted and so the same on every machine.
func TestSteps(t *testing.T) {
	t.Parallel()
	const most = maxAnalysed + 3_000_000 // the last round can take more
	each := func(n int, piece string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(piece, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, text string
		repaired   bool
	}{
		{"loops that end in a comma", `{"a": [` + each(5_600, `{{ range .Details }}"{{ .Name }}",{{ end }},`) + `1]}`, true},
		{"objects behind a comma", `{"a": [` + each(5_000, `{{ range .Details }},{"a": "{{ .Name }}"}{{ end }}`) + `]}`, true},
		{"lists that end in a comma", `{"z": 1` + each(4_300, `,"k#": [{{ range .Details }}{{ json .Name }},{{ end }}]`) + `}`, false},
		{"texts in quotes", `{` + each(9_000, `"k#": "{{ .Summary }}",`) + `"z": 1}`, true},
		{"lines", `{"a": "` + each(16_000, "{{ .Summary }}\n") + `"}`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := &fixer{ctx: t.Context(), kind: event.KindAlert, given: tt.text, text: tt.text}
			err := f.correct()
			if err == nil {
				_, err = f.repair()
			}
			t.Logf("%d bytes, %d steps: %v", len(tt.text), f.steps, err)
			if f.steps > most {
				t.Errorf("%d steps, want at most %d", f.steps, most)
			}
			if (err == nil) != tt.repaired {
				t.Errorf("repaired: %v, want %v", err, tt.repaired)
			}
		})
	}
}
