package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func markupInjection() Rule {
	return Rule{
		ID: "markup-injection", Severity: Error,
		Summary: "data can break or change the markup of the message",
		Why: "Names hold underscores, log lines hold anything. In Telegram's Markdown a single `_` in the name of an application\n" +
			"makes the destination refuse the message: can't parse entities. Markdown has no escape that a Coroot template could\n" +
			"apply; HTML has one: set `parse_mode` to `HTML` and print `{{ html .Name }}`, or leave `parse_mode` out.",
		Bad: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "Markdown", "text": {{ json .Application.Name }}, "disable_notification": true}`,
			At:   []string{"1:53"},
		},
		Good: Example{
			Kind: event.KindDeployment, Destination: "telegram",
			Text: `{"chat_id": 1, "parse_mode": "HTML", "text": {{ json (html .Application.Name) }}, "disable_notification": true}`,
		},
		check: checkInjection,
	}
}

// checkInjection reports the places where data is printed. That an entity of the
// template's own is not closed, because the data has closed it before, is the
// same cause.
func checkInjection(p *pass) {
	before := len(p.findings)
	p.reportRefusals(destination.RuleMarkup, func(r *refusal) bool { return !r.literal })
	if len(p.findings) == before {
		p.reportRefusals(destination.RuleMarkup, func(r *refusal) bool { return r.literal && !r.benign })
	}
}
