package jsonflow_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestDuplicateShown checks that the event of a repeated key repeats it at the place
// that the problem names, and differs from the built-in event only where it must.
func TestDuplicateShown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{`{"a": 1, {{ if .Summary }}⟨"a": 2{{ else }}"b": 1{{ end }}}`, `"a": 2 with []`},
		{`{"a": 1, {{ if eq .Status "OK" }}⟨"a": 2,{{ end }}{{ if gt (len .Details) 3 }}"a": 3,{{ end }} "b": 1}`, `"a": 2 with [Status]`},
		{`{"a": 1, {{ if eq .RuleName "x" }}⟨"a": 2,{{ end }} "c": 3}`, `"a": 2 with [RuleName]`},
		{`{"l": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{"a": 1{{ if $d.Code }}, ⟨"a": 2{{ end }}}{{ end }}]}`, `"a": 2 with [Details]`},
	} {
		at := strings.Index(tt.text, "⟨")
		a, err := jsonflow.Analyze(context.Background(), event.KindAlert, strings.Replace(tt.text, "⟨", "", 1), jsonflow.Options{})
		if err != nil || len(a.Problems) != 1 || a.Problems[0].Counterexample == nil {
			t.Errorf("%s: %+v, %v", tt.text, a, err)
			continue
		}
		shown := a.Problems[0].Counterexample
		differs := shown.Event.Differing(event.DefaultSample(event.KindAlert).Event)
		if got := fmt.Sprintf("%.6s with %v", shown.Body[shown.Offset-2:], differs); got != tt.want || a.Problems[0].Start != at {
			t.Errorf("%s: the event shows %s at %d, want %s at %d", tt.text, got, a.Problems[0].Start, tt.want, at)
		}
	}
}
