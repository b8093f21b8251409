package lint

import "github.com/hooktool/hooktool/pkg/event"

func deadBranchRule() Rule {
	return Rule{
		ID: "dead-branch", Severity: Warning,
		Summary: "a branch is never executed, or a condition decides nothing",
		Why: "What was asked before is asked again, or something is asked that has but one answer. `.Application` is a struct,\n" +
			"which is never empty for `{{ if }}`, even for an alert that belongs to no application; and a status is always there.\n" +
			"What was meant for that case never happens. The reason is said with the finding.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{{ .RuleName }}{{ if .Application }} of {{ .Application.Kind }}{{ end }}`,
			At:   []string{"1:22"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{{ .RuleName }}{{ if .Application.Name }} of {{ .Application.Kind }}{{ end }}`,
		},
		check: func(p *pass) {
			for _, dead := range p.branches().dead {
				p.report(dead.where, dead.message, dead.hint)
			}
		},
	}
}
