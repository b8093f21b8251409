package lint

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
)

func ping() Rule {
	return Rule{
		ID: "ping", Severity: Warning,
		Summary: "data can notify people",
		Why: "A log line or the name of an application that holds `@everyone`, `<!channel>` or `<@id>` wakes people up when it is\n" +
			"shown where mentions count. Discord has `allowed_mentions` to prevent it. A mention that stands in the template itself is\n" +
			"meant, and is not reported.",
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
			p.reportRefusals(destination.RulePing, func(r *refusal) bool { return !r.literal })
			for i := range p.findings {
				if f := &p.findings[i]; f.Rule == p.rule && f.Hint == "" && !p.overridden() {
					f.Severity = Info // there is nothing that could be done
				}
			}
		},
	}
}
