package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func payloadShape() Rule {
	return Rule{
		ID: "payload-shape", Severity: Error,
		Summary: "the destination refuses or ignores a part of the payload",
		Why: "Each receiver has its own names: Telegram wants `chat_id` and `text`, Discord `content` or `embeds`, Mattermost and\n" +
			"Slack `text`. Something it does not know is refused or, worse, ignored. The template is tried with every built-in\n" +
			"event and with generated ones, and each body is held against the schema of the destination.",
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
