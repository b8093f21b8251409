package lint

import (
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func notJSON() Rule {
	return Rule{
		ID: "not-json", Severity: Error,
		Summary: "the body is plain text, and the destination takes JSON",
		Why: "Coroot sends every body as `application/json`, whatever it is. Telegram, Discord, Mattermost and most others refuse\n" +
			"one that is no JSON. Where the receiver takes text, say so: `--destination plaintext`, or a comment in the template,\n" +
			"`{{- /* hooktool: destination=plaintext */ -}}`.",
		Bad: Example{
			Kind: event.KindAlert, Destination: "discord",
			Text: `{{ .RuleName }}: {{ printf "%.300s" .Summary }}`,
			At:   []string{"1:1"},
		},
		Good: Example{
			Kind: event.KindAlert, Destination: "plaintext",
			Text: `{{ .RuleName }}: {{ printf "%.300s" .Summary }}`,
		},
		check: checkNotJSON,
	}
}

func checkNotJSON(p *pass) {
	analysis := p.flow()
	if analysis == nil || analysis.Verdict != jsonflow.NotJSON || p.takesText() {
		return
	}
	f := p.report(at{}, fmt.Sprintf("the body is plain text, but %s takes JSON", p.destination().Title), "see hooktool init for templates to begin with")
	for _, r := range p.render() {
		if r.failure == nil {
			f.Evidence = r.evidence(-1, "")
			return
		}
	}
}
