package preview_test

import (
	"testing"

	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestVerdictFact checks that what stands above a message is so for that message.
func TestVerdictFact(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ template, summary, want string }{
		{`{{ json .Summary }}`, `a "b"`, "JSON proved"},
		{`"{{ .Summary }}"`, "a", "JSON breaks for some events"},
		{`"{{ .Summary }}"`, `a "b"`, "JSON breaks, also for this event"},
		{`{"a": {{ json .Summary }}}}`, "a", "JSON breaks, also for this event"},
		{`{{ .Summary }} of {{ .Status }}`, "a", "not JSON"},
	} {
		in := workspace.Template{Kind: event.KindAlert, Path: "alert.tmpl", Text: test.template}
		tmpl, err := in.Parse()
		if err != nil {
			t.Fatal(err)
		}
		ev := event.DefaultSample(event.KindAlert).Event.Clone()
		ev.Alert.Summary = test.summary
		var message webhook.Message
		if message, err = tmpl.Render(t.Context(), ev); err != nil {
			t.Fatal(err)
		}
		if got := preview.VerdictFact(lint.Verdict(t.Context(), in), message.Body).Text; got != test.want {
			t.Errorf("%s: %s, not %s", test.template, got, test.want)
		}
	}
}
