package destination_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestStartersProved demands a proof that the JSON of each starter is valid for every
// event, not just for those of the other tests.
func TestStartersProved(t *testing.T) {
	t.Parallel()
	forEachStarter(t, func(t *testing.T, name string, kind event.Kind, tmpl *webhook.Template) {
		t.Helper()
		want := jsonflow.Proved
		if name == "plaintext" {
			want = jsonflow.NotJSON
		}
		analysis, err := jsonflow.Analyze(t.Context(), kind, tmpl.Text(), jsonflow.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if analysis.Verdict != want {
			t.Errorf("the verdict is %s, not %s: %v", analysis.Verdict, want, analysis.Unknown)
		}
		if name == "plaintext" {
			return
		}
		for _, problem := range analysis.Problems {
			t.Errorf("%s: %s: %s", problem.Rule, tmpl.Text()[problem.Start:problem.End], problem.Message)
		}
	})
}
