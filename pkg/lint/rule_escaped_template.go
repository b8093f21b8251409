package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
)

func escapedTemplate() Rule {
	return Rule{
		ID: "escaped-template", Severity: Warning,
		Summary: "the template prints a template",
		Why: "In a Helm chart, a template for Coroot is escaped so that Helm leaves it alone:\n" +
			"``{{ `{\"text\": {{ json .Summary }}}` }}``. Coroot needs Helm's output; from this text it would send the\n" +
			"template itself. Check the output of `helm template` instead. `hooktool fix` does not touch it.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: "{{ `{\"text\": {{ json .Summary }}}` }}",
			At:   []string{"1:1"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: func(p *pass) {
			if where, ok := p.escaped(); ok {
				p.report(where, "this prints a template instead of being one: it is escaped for Helm", "check the output instead: helm template … | hooktool validate -")
			}
		},
	}
}

// escaped returns the position of the action that prints a template.
func (p *pass) escaped() (at, bool) {
	parsed := p.parse()
	if parsed.source == nil {
		return at{}, false
	}
	start, end, ok := rewrite.PrintsTemplate(parsed.source)
	return at{start, end}, ok
}
