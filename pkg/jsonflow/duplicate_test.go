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
		{`{ {{ json "a" }}: 1, {{ ⟨json "a" }}: 2}`, `"a": 2 with []`},
		{`{"OK": 1, {{ ⟨json .Status }}: 2}`, `OK": 2 with [Status]`},
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

// TestDuplicateFromData checks keys that both come from data: the same field twice is a
// repeated key, and two fields that no usual event makes alike are not.
func TestDuplicateFromData(t *testing.T) {
	t.Parallel()
	const inside = `{{ define "p" }}{{ with json . }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end }}`
	for text, want := range map[string]string{
		`{ {{ json .Summary }}: 1, {{ ⟨json .Summary⟩ }}: 2}`:                                                           "that json .Summary prints",
		`{{ $x := .Summary }}{ {{ json $x }}: 1, {{ ⟨json .Summary⟩ }}: 2}`:                                             "that json .Summary prints",
		`{"x{{ template "p" .Summary }}": 1, ⟨"x{{ template "p" .Summary }}"⟩: 2}` + inside:                             `"x{{ template "p" .Summary }}"`,
		`[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{ {{ json .Name }}: 1, {{ ⟨json $d.Name⟩ }}: 2}{{ end }}]`: "that json $d.Name prints",
		`{ {{ json .Summary }}: 1, {{ json .RuleName }}: 2}`:                                                            "",
		`{"x{{ template "p" .Summary }}": 1, "y{{ template "p" .Summary }}": 2}` + inside:                               "",
		`[{ {{ json .Summary }}: 1}, { {{ json .Summary }}: 2}]`:                                                        "",
		`{ {{ if .URL }}{{ json .Summary }}: 1{{ else }}{{ json .Summary }}: 2{{ end }}}`:                               "",
		`{"a": { {{ json .Summary }}: 1}, "b": { {{ json .Summary }}: 2}}`:                                              "",
		`{ {{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json .Name }}: 1{{ end }}}`:                            "",
		`[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{ {{ json .Name }}: 1, "v": 1}{{ end }}]`:                  "",
	} {
		start, end := strings.Index(text, "⟨"), strings.Index(text, "⟩")-len("⟨")
		a, err := jsonflow.Analyze(context.Background(), event.KindAlert, strings.NewReplacer("⟨", "", "⟩", "").Replace(text), jsonflow.Options{})
		switch {
		case err != nil:
			t.Errorf("%s: %v", text, err)
		case want == "":
			if len(a.Problems) > 0 {
				t.Errorf("%s: %s", text, a.Problems[0].Message)
			}
		case len(a.Problems) != 1 || a.Problems[0].Start != start || a.Problems[0].End != end || a.Problems[0].Message != "the key "+want+" appears twice in one object":
			t.Errorf("%s: %+v", text, a.Problems)
		}
	}
}

// TestDuplicateSpelt checks that keys are compared as readers of the JSON see them,
// whatever escapes spell them.
func TestDuplicateSpelt(t *testing.T) {
	t.Parallel()
	for text, key := range map[string]string{
		`{"te\u0078t": "x", ⟨"text"⟩: {{ json .Summary }}}`:      `"text"`,
		`{"text": "x", ⟨"te\u0078t"⟩: {{ json .Summary }}}`:      `"text"`,
		`{"a": {"\"": "x", ⟨"\""⟩: {{ json .Summary }}}}`:        `"\""`,
		`{"\\": 1, ⟨"\\"⟩: {{ json .Summary }}}`:                 `"\\"`,
		`{"\/": 1, ⟨"/"⟩: {{ json .Summary }}}`:                  `"/"`,
		`{"x}}": {{ json .URL }}, ⟨"x}}"⟩: {{ json .Summary }}}`: `"x}}"`,
		`{"xay": 1, "b": {{ json .URL }}, ⟨"x{{ "a" }}y"⟩: 2}`:   `"xay"`,
		`{"\\n": 1, "\n": {{ json .Summary }}}`:                  "",
	} {
		start, end := strings.Index(text, "⟨"), strings.Index(text, "⟩")-len("⟨")
		a, err := jsonflow.Analyze(context.Background(), event.KindAlert, strings.NewReplacer("⟨", "", "⟩", "").Replace(text), jsonflow.Options{})
		switch {
		case err != nil:
			t.Errorf("%s: %v", text, err)
		case key == "":
			if len(a.Problems) > 0 {
				t.Errorf("%s: %s, but the keys differ", text, a.Problems[0].Message)
			}
		case len(a.Problems) != 1 || a.Problems[0].Start != start || a.Problems[0].End != end || !strings.Contains(a.Problems[0].Message, key):
			t.Errorf("%s: got %+v, want %s at %d to %d", text, a.Problems, key, start, end)
		}
	}
}
