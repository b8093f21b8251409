package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func lengthLimit() Rule {
	return Rule{
		ID: "length-limit", Severity: Warning,
		Summary: "the message can become longer than the destination allows",
		Why: "Discord allows 2000 characters of content, Telegram 4096 of text, and Slack 3000 in a block. The summary of\n" +
			"an alert, the findings of an incident and above all what the AI writes have no limit, and lists can have any\n" +
			"number of elements. A message that is too long is cut, or refused altogether. Limit what can grow:\n" +
			"`printf \"%.300s\" .Summary` keeps 300 characters, and `{{ if lt $i 10 }}` in a `range` keeps ten elements.",
		Bad: Example{
			Kind: event.KindAlert, Destination: "discord",
			Text: `{"content": {{ json .Summary }}, "allowed_mentions": {"parse": []}}`,
			At:   []string{"1:16"},
		},
		Good: Example{
			Kind: event.KindAlert, Destination: "discord",
			Text: `{"content": {{ json (printf "%.1900s" .Summary) }}, "allowed_mentions": {"parse": []}}`,
		},
		check: func(p *pass) { p.reportRefusals(destination.RuleLength, func(*refusal) bool { return true }) },
	}
}
