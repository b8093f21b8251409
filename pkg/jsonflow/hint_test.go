package jsonflow_test

import (
	"slices"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestGoQuoteHint checks that the hint about printf "%q" is the repair: what is all that
// is in quotes loses them, and what is within a text keeps its own.
func TestGoQuoteHint(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a": "{{ printf "%q" .Summary }}"}`:            `write {{ json .Summary }} without the quotes around it: json writes them`,
		`{"a": "{{ .Summary | printf "%q" }}"}`:          `write {{ json .Summary }} without the quotes around it: json writes them`,
		`{"a": "{{ printf "%q/%s" .Summary .Status }}"}`: `write {{ json (printf "%q/%s" .Summary .Status) }} without the quotes around it: json writes them`,
		`{"a": "x {{ printf "%q" .Summary }}"}`:          `within a text, escape it like this: {{ with json (printf "%q" .Summary) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}`,
		`{"a": {{ printf "%q" .Summary }}}`:              `write {{ json .Summary }}`,
	} {
		analysis, err := jsonflow.Analyze(t.Context(), event.KindAlert, text, jsonflow.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var hints []string
		for _, p := range analysis.Problems {
			hints = append(hints, p.Hint)
		}
		if !slices.Equal(hints, []string{want}) {
			t.Errorf("%s: %q, not %q", text, hints, want)
		}
	}
}
