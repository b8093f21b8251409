package lint_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestPings distinguishes, for each destination, the places where text notifies people
// from those where it does not.
func TestPings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		destination, text string
		pings             bool
	}{
		{"discord", `{"content": {{ json .Summary }}}`, true},
		{"discord", `{"content": {{ json .Summary }}, "allowed_mentions": {"parse": ["users"]}}`, true},
		{"discord", `{"content": {{ json .Summary }}, "allowed_mentions": {"parse": ["roles"]}}`, true},
		{"discord", `{"content": {{ json .Summary }}, "allowed_mentions": {"parse": []}}`, false},
		{"discord", `{"embeds": [{"description": {{ json .Summary }}}]}`, false},
		{"slack", `{"text": {{ json .Summary }}}`, true},
		{"slack", `{"text": {{ json (html .Summary) }}}`, false},
		{"slack", `{"attachments": [{"text": {{ json .Summary }}}]}`, true},
		{"slack", `{"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": {{ json .Summary }}}}]}`, true},
		{"slack", `{"blocks": [{"type": "section", "text": {"type": "plain_text", "text": {{ json .Summary }}}}]}`, false},
		{"mattermost", `{"text": {{ json .Summary }}}`, true},
		{"mattermost", `{"attachments": [{"fields": [{"title": "x", "value": {{ json .Summary }}}]}]}`, true},
		{"mattermost", `{"attachments": [{"title": {{ json .Summary }}, "fallback": "x", "footer": {{ json .Summary }}}]}`, false},
		{"rocketchat", `{"text": {{ json .Summary }}}`, true},
		{"rocketchat", `{"text": "x", "attachments": [{"text": {{ json .Summary }}}]}`, false},
		{"googlechat", `{"text": {{ json .Summary }}}`, true},
		{"zulip", `{"text": {{ json .Summary }}}`, true},
		{"zulip", `{"attachments": [{"title": {{ json .Summary }}}]}`, true},
		{"webex", `{"markdown": {{ json .Summary }}}`, true},
		{"webex", `{"text": {{ json .Summary }}}`, false},
		{"lark", `{"msg_type": "text", "content": {"text": {{ json .Summary }}}}`, true},
		{"lark", `{"msg_type": "interactive", "card": {"elements": [{"tag": "markdown", "content": {{ json .Summary }}}]}}`, true},
		{"lark", `{"msg_type": "interactive", "card": {"elements": [{"tag": "div", "text": {"tag": "plain_text", "content": {{ json .Summary }}}}]}}`, false},
		{"wecom", `{"msgtype": "markdown", "markdown": {"content": {{ json .Summary }}}}`, true},
		{"wecom", `{"msgtype": "markdown", "markdown": {"content": {{ json (html .Summary) }}}}`, false},
		{"dingtalk", `{"msgtype": "markdown", "markdown": {"title": "Coroot", "text": {{ json .Summary }}}}`, false},
		{"ntfy", `{"topic": "a", "message": {{ json .Summary }}}`, false},
	} {
		r := lint.Check(t.Context(), workspace.Template{Kind: event.KindAlert, Destination: tt.destination, Text: tt.text}, onlyRules("ping"))
		if pings := len(r.Findings) > 0; pings != tt.pings {
			t.Errorf("%s: %s: %v", tt.destination, tt.text, r.Findings)
		}
	}
}
