package rewrite_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

// TestManyCommas repairs more commas than there are rounds, in templates whose proof ends
// at the first of them.
func TestManyCommas(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ wrong, right string }{
		{`{"b": 1,},`, `{"b": 1},`},
		{`[2 ,],`, `[2 ],`},
		{`[1,,2],`, `[1,2],`},
		{`[,1],`, `[1],`},
		{`{"b": {{ json .URL }},, "c": [1,],},`, `{"b": {{ json .URL }}, "c": [1]},`},
		{`"{{ .Summary }}",[1,],`, `{{ json .Summary }},[1],`},
		{`{"b": 0 "c": [1 2]},`, `{"b": 0, "c": [1, 2]},`},
		{`{ {{ if .Summary }}"b": 1,{{ end }} },`, `{ {{ if .Summary }}"b": 1{{ end }} },`},
		{`{"b": 0{{ if .Summary }} "c": 1{{ end }}},`, `{"b": 0{{ if .Summary }}, "c": 1{{ end }}},`},
		{`"a,]",[1,],`, `"a,]",[1],`},
	} {
		const many = 12
		text, want := `{"a": [`+strings.Repeat(tt.wrong, many)+`0]}`, `{"a": [`+strings.Repeat(tt.right, many)+`0]}`
		result, err := rewrite.Fix(t.Context(), event.KindAlert, text, rewrite.Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.wrong, err)
		} else if result.Text != want {
			t.Errorf("%s: got %.100s; want %.100s", tt.wrong, result.Text, want)
		}
	}
}
