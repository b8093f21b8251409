package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func payloadShape() Rule {
	return Rule{
		ID: "payload-shape", Severity: Error,
		Summary: "the destination refuses or ignores a part of the payload",
		Why: "Each receiver has its own names: Telegram wants `chat_id` and `text`, Discord `content` or `embeds`, Mattermost\n" +
			"and Slack `text`. A receiver refuses an unknown name or, worse, ignores it. hooktool renders the template\n" +
			"with every built-in event and with generated ones, and checks each body against the destination's schema.",
		Bad: Example{
			Kind: event.KindIncident, Destination: "discord",
			Text: `{"text": {{ json .Status }}}`,
			At:   []string{"1:1", "1:2"},
		},
		Good: Example{
			Kind: event.KindIncident, Destination: "discord",
			Text: `{"content": {{ json .Status }}}`,
		},
		check: func(p *pass) { p.reportRefusals(destination.RuleShape, func(*refusal) bool { return true }) },
	}
}
