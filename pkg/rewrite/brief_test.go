package rewrite_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// TestBrief checks that comparing a few events gives the same repairs as comparing
// hundreds, because bulk repairs rely on it: for every sixth template, or all with
// HOOKTOOL_TEST_LONG=1.
func TestBrief(t *testing.T) {
	t.Parallel()
	type one struct{ kind, text string }
	var all []one
	for _, r := range repairs {
		all = append(all, one{r.kind, r.text})
	}
	rng := rand.New(rand.NewPCG(11, 11))
	for range 20 {
		all = append(all, one{"alert", randomTemplate(rng)})
	}
	all = vast.Every(t, 6, all)
	for _, text := range []string{
		`{"n": {{ .Count }}}`, `{{ .Status }}{"text": {{ json .Summary }}}`, `{"n": 1.0}`, "{\"a\": \"x\\\ny\"}",
		`{"a": "{{ len .Summary }}{{ .Summary }}"}`, `{"a": {{ if .Details }}{{ .Summary }}{{ else }}0{{ end }}}`,
	} {
		all = append(all, one{"alert", text})
	}
	for _, tt := range all {
		full, errFull := fix(t, tt.kind, tt.text, false)
		brief, errBrief := fix(t, tt.kind, tt.text, true)
		if full != brief || errFull != errBrief {
			t.Errorf("%s\n with many events %q %s\n with few        %q %s", tt.text, full, errFull, brief, errBrief)
		}
	}
}

// fix returns the repaired text and its applicability, or the error message.
func fix(t *testing.T, kind, text string, brief bool) (fixed, message string) {
	t.Helper()
	result, err := rewrite.Fix(t.Context(), event.Kind(kind), text, rewrite.Options{Brief: brief, CustomFields: map[string]string{"count": "5"}})
	if err == nil {
		return result.Text, string(result.Applicability)
	}
	if noRepair := (*rewrite.Error)(nil); errors.As(err, &noRepair) && noRepair.Unsafe {
		return "", "unsafe"
	}
	return "", "none"
}
