package lint_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestLongInBytes finds texts truncated to a number of characters where the destination
// counts bytes.
func TestLongInBytes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		destination, text string
		long              bool
	}{
		{"ntfy", `{"topic": "t", "message": {{ json (printf "%.4096s" .Summary) }}}`, true},
		{"ntfy", `{"topic": "t", "message": {{ json (printf "%.1000s" .Summary) }}}`, false},
		{"wecom", `{"msgtype": "text", "text": {"content": {{ json (printf "%.2000s" .Summary) }}}}`, true},
		{"wecom", `{"msgtype": "text", "text": {"content": {{ json (printf "%.500s" .Summary) }}}}`, false},
		{"googlechat", `{"text": {{ json (printf "%.30000s" .Summary) }}}`, true},
		{"googlechat", `{"text": {{ json (printf "%.5000s" .Summary) }}}`, false},
		{"discord", `{"content": {{ json (printf "%.2000s" .Summary) }}, "allowed_mentions": {"parse": []}}`, false},
	} {
		r := lint.Check(t.Context(), workspace.Template{Kind: event.KindAlert, Destination: tt.destination, Text: tt.text}, onlyRules("length-limit"))
		if long := len(r.Findings) > 0; long != tt.long {
			t.Errorf("%s: %s: %v", tt.destination, tt.text, r.Findings)
		}
	}
}
