package lint_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestHalves checks that the two halves of a check find at once what they find one after the
// other: for every fourth template, or for all with HOOKTOOL_TEST_LONG=1.
func TestHalves(t *testing.T) {
	t.Parallel()
	all := append(vast.Every(t, 4, written(t)), templates(t)...)
	for _, text := range []string{
		`{"text": "{{ .Summary }}"}{{ range 100000 }}{{ range 100000 }}{{ end }}{{ end }}`,
		`{"text": "{{ .Summary }}", "all": "{{ range 10000 }}` + strings.Repeat("long ", 200) + `{{ end }}"}`,
		"{{ `{\"text\": {{ json .Summary }}}` }}",
		`{"text": "{{ .Summary }}", "team": {{ .Teem | jsn }}}`,
		`{{ .Summary }}`, `{`, ``,
	} {
		all = append(all, workspace.Template{Path: "t.tmpl", Kind: event.KindAlert, Text: text})
	}
	for _, tt := range all {
		got, want := lint.Check(t.Context(), tt, lint.Options{Halves: true}), lint.Check(t.Context(), tt, lint.Options{})
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q: %+v\nwant %+v", tt.Path, tt.Text, got, want)
		}
	}
}
