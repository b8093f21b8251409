package rewrite

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// TestCompare checks that the comparison rejects wrong repairs.
func TestCompare(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ old, text, want string }{
		{`{"a": "{{ .Summary }}"}`, `{"a": {{ json .Summary }}}`, ""},
		{`{"a": "{{ .Summary }}"}`, `{"a": {{ json .RuleName }}}`, "without changing what it says"},
		{`{"a": "{{ .Summary }}"}`, `{"a": "{{ js .Summary }}"}`, "invalid JSON for a hostile event"},
		{`{"a": "{{ .Summary }}"}`, `{"a": {{ json .Summary }},}`, "invalid JSON for a benign event"},
		{`{"a": "{{ .Summary }}"}`, `{"a": {{ json (index .Details 7).Name }}}`, "fails where the original does not"},
		{`{"n": {{ .Count }}}`, `{"n": {{ json .Count }}}`, "without changing what it says"},
		{`{"n": 1.0}`, `{"n": 1}`, "without changing what it says"},
		{`{"a": [{{ range .Details }}{{ json .Name }}{{ end }}]}`, `{"a": []}`, "without changing what it says"},
		{`{"a": "x`, `{"a": "y"}`, ""}, // the old one never printed JSON
	} {
		f := &fixer{ctx: t.Context(), kind: event.KindAlert, options: Options{CustomFields: map[string]string{"count": "3"}}}
		err := f.compare(parsed(t, tt.old), parsed(t, tt.text))
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s\nto %s\n got %v\nwant %s", tt.old, tt.text, err, tt.want)
		}
	}
}

func parsed(t *testing.T, text string) *webhook.Template {
	t.Helper()
	tmpl, err := webhook.Parse(event.KindAlert, "template", text)
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

// TestOrigin maps offsets back through edits.
func TestOrigin(t *testing.T) {
	t.Parallel()
	const old = "abc def ghi"
	e := edits{{0, 0, "top "}, {4, 7, "X"}, {8, 8, "new "}}
	text := e.apply(old)
	if text != "top abc X new ghi" {
		t.Fatalf("apply gives %q", text)
	}
	for _, tt := range []struct{ find, at string }{{"abc", "abc"}, {"X", "def"}, {"new", "ghi"}, {"ghi", "ghi"}, {"top", "abc"}} {
		at, kept := e.made(old).origin(strings.Index(text, tt.find))
		if got := old[at:]; !strings.HasPrefix(got, tt.at) || kept != (got[:3] == tt.find) {
			t.Errorf("%q came from %q, want %q", tt.find, got, tt.at)
		}
	}
}
