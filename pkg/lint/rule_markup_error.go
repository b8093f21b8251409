package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func markupError() Rule {
	return Rule{
		ID: "markup-error", Severity: Error,
		Summary: "the destination cannot parse the markup in the template's own text",
		Why: "Telegram refuses a message whose markup it cannot parse: an entity that is not closed, a reserved character that\n" +
			"is not escaped, a tag that it does not know. The mistake is in the template's own text, so no event that\n" +
			"reaches it is delivered. The error message is the destination's own.",
		Bad: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "HTML", "text": "<b>{{ .Status }}<b>"}`,
			At:   []string{"1:63"},
		},
		Good: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "HTML", "text": "<b>{{ .Status }}</b>"}`,
		},
		check: func(p *pass) {
			p.reportRefusals(destination.RuleMarkup, func(r *refusal) bool { return r.literal && r.benign })
		},
	}
}
