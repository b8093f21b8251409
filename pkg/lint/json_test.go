package lint_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestFixable checks findings marked as fixable against the actual repair.
func TestFixable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		brief bool // brief mode gives the same answer
	}{
		{`{"a": "{{ .Summary }}"}`, true},
		{`{"a": {{ .Summary }}}`, true},
		{`{"a": "{{ . }}"}`, true},
		{`{"a": "{{ .Details }}", "b": "\u00{{ .Summary }}"}`, true},
		{`{"a": 1 "b": 2}`, true},
		{`{"a": 1,, "b": 2}`, true},
		{`{"a": 1, }`, true},
		{`{"a": [1, 2, ]}`, true},
		{`{"a": yes}`, true},
		{`{"a": None, "b": {{ json .Summary }}}`, true},
		{`{"a": "it\'s"}`, true},
		{`{"a": }`, true},
		{`{"a": {{ if .Details }}1{{ end }}}`, false}, // it looks like one bracket too many
		{`{a: 1}`, true},
		{`{"a": 1]`, true},
		{`{"a": 1`, true},
		{`{"a" 1}`, true},
		{`{"a": "\u12x4"}`, true},
		{`{"a": 01x}`, false},
		{`{"a": "{{ .Summary }}"`, false}, // one mistake could be repaired, but not the other
		{`{"a": [{{ range .Details }}{{ json .Value }}{{ end }}]}`, true},
	} {
		_, err := rewrite.Fix(t.Context(), event.KindAlert, tt.text, rewrite.Options{})
		for _, brief := range []bool{false, true} {
			if brief && !tt.brief {
				continue
			}
			r := lint.Check(t.Context(), workspace.Template{Kind: event.KindAlert, Destination: "generic", Text: tt.text}, lint.Options{Brief: brief})
			told := 0
			for _, f := range r.Findings {
				if f.Severity == lint.Error {
					told++
					if f.Fixable != (err == nil) {
						t.Errorf("%s: fixable is %v (brief: %v), but the repair says %v: %s", tt.text, f.Fixable, brief, err, f.Message)
					}
				}
			}
			if told == 0 {
				t.Errorf("%s: nothing is found", tt.text)
			}
		}
	}
}
