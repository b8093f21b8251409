package lint_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestCopies checks that a remembered result equals that of checking the template
// again, but has its own path.
func TestCopies(t *testing.T) {
	t.Parallel()
	all := append(
		templates(t)[:6:6],
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "telegram/a.tmpl", Kind: event.KindAlert, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "a.tmpl", Kind: event.KindIncident, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, CustomFields: map[string]string{"team": "x"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, CustomFields: map[string]string{"teams": "x"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, Destination: "discord"},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Summary }}}`, Secrets: []string{"text"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Summary }}}`},
	)
	o := lint.Options{Brief: true, Copies: lint.NewCopies()}
	for _, again := range []string{"", "other/"} {
		for _, tt := range all {
			tt.Path = strings.Replace(tt.Path, "a.tmpl", again+"a.tmpl", 1)
			got, want := lint.Check(t.Context(), tt, o), lint.Check(t.Context(), tt, lint.Options{Brief: true})
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v\nwant %+v", tt.Path, got, want)
			}
			for i := range got.Findings {
				got.Findings[i].Message = "changed by whoever has it"
			}
		}
	}
}
