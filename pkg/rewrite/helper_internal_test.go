package rewrite

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestHelperInEachWay checks that the second of two candidate changes defines the helper
// that it calls, when the first one is rejected for a wrong comma.
func TestHelperInEachWay(t *testing.T) {
	t.Parallel()
	f := newFixer(t.Context(), event.KindAlert, `{"a": [1 2], "b": "x {{ .Summary }}"}`, Options{})
	if err := f.correct(); err != nil {
		t.Fatal(err)
	}
	if err := f.sketch(); err != nil {
		t.Fatal(err)
	}
	var e edits
	if err := f.repairActions(&e); err != nil || !f.needHelper {
		t.Fatalf("error %v, needs the helper: %v", err, f.needHelper)
	}
	at := strings.Index(f.text, " 2")
	wrong, right := edits{{at, at, ",,"}}, edits{{at, at, ","}}
	if err := f.try([]edits{append(wrong, e...), append(right, e...)}); err != nil {
		t.Fatal(err)
	}
	if f.analysis.Verdict != jsonflow.Proved || strings.Count(f.text, "{{ define ") != 1 {
		t.Errorf("%s: %s", f.analysis.Verdict, f.text)
	}
}
