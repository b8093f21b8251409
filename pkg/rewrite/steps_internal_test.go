package rewrite

import (
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestSteps checks repairs of 250-kilobyte templates against a budget of analysis
// steps. Steps are counted, so they are the same on every machine. Without
// HOOKTOOL_TEST_LONG=1, the templates have a tenth of that size, except for the one
// that exhausts the budget.
func TestSteps(t *testing.T) {
	t.Parallel()
	const most = maxAnalysed + 1_500_000 // the last round may exceed it
	for _, tt := range []struct {
		name              string
		n                 int
		head, piece, tail string
		repaired          bool
		short             int // steps for a tenth of the size
	}{
		{"loops that end in a comma", 5_600, `{"a": [`, `{{ range .Details }}"{{ .Name }}",{{ end }},`, `1]}`, true, 1_250_000},
		{"objects after a comma", 5_000, `{"a": [`, `{{ range .Details }},{"a": "{{ .Name }}"}{{ end }}`, `]}`, true, 1_600_000},
		{"lists that end in a comma", 4_300, `{"z": 1`, `,"k#": [{{ range .Details }}{{ json .Name }},{{ end }}]`, `}`, true, 1_300_000},
		{"texts in quotes", 9_000, `{`, `"k#": "{{ .Summary }}",`, `"z": 1}`, true, 700_000},
		{"lines", 16_000, `{"a": "`, "{{ .Summary }}\n", `"}`, true, 700_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			share, most := 1, most
			if tt.repaired && !vast.Long(t) {
				share, most = 10, tt.short
			}
			text := tt.head + vast.Each(tt.n/share, tt.piece) + tt.tail
			f := newFixer(t.Context(), event.KindAlert, text, Options{})
			err := f.correct()
			if err == nil {
				_, err = f.repair()
			}
			t.Logf("%d bytes, %d steps: %v", len(text), f.steps, err)
			if f.steps > most {
				t.Errorf("%d steps, want at most %d", f.steps, most)
			}
			if (err == nil) != tt.repaired {
				t.Errorf("repaired: %v, want %v", err, tt.repaired)
			}
		})
	}
}
