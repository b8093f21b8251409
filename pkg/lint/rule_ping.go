package lint

import (
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func ping() Rule {
	return Rule{
		ID: "ping", Severity: Warning,
		Summary: "data can notify people",
		Why: "A log line or an application name that contains `@everyone`, `<!channel>` or `<@id>` wakes people up where\n" +
			"mentions count. Discord has `allowed_mentions` to prevent it; for Slack, write `&lt;` instead of `<`; elsewhere,\n" +
			"text that is shown as code notifies nobody. Sending the message silently is not a remedy: an alert should be\n" +
			"heard. A mention in the template's own text is intentional and is not reported. If one setting prevents them\n" +
			"all, there is one finding.",
		Bad: Example{
			Kind: event.KindDeployment, Destination: "discord",
			Text: `{"content": {{ json (printf "%.300s" .Version) }}}`,
			At:   []string{"1:16"},
		},
		Good: Example{
			Kind: event.KindDeployment, Destination: "discord",
			Text: `{"content": {{ json (printf "%.300s" .Version) }}, "allowed_mentions": {"parse": []}}`,
		},
		check: func(p *pass) {
			before := len(p.findings)
			p.reportRefusals(destination.RulePing, func(r *refusal) bool { return !r.literal })
			if found := p.findings[before:]; len(found) > 1 && p.destination().OneSetting {
				first := slices.MinFunc(found, func(a, b Finding) int { return a.start - b.start })
				first.Message += fmt.Sprintf("; so can %d more values printed here", len(found)-1)
				p.findings = append(p.findings[:before], first)
			}
			for i := range p.findings {
				if f := &p.findings[i]; f.Rule == p.rule && f.Hint == "" && !p.overridden() {
					f.Severity = Info // nothing can be done about it
				}
			}
		},
	}
}
