package lint

import "github.com/hooktool/hooktool/pkg/event"

func deadBranchRule() Rule {
	return Rule{
		ID: "dead-branch", Severity: Warning,
		Summary: "a branch is never executed, or a condition always has the same result",
		Why: "The condition was already tested, or it can only have one result. `.Application` is a struct, which\n" +
			"`{{ if }}` never considers empty, even when an alert has no application; and the status is never empty. The\n" +
			"branch you wrote for that case is never reached. The finding says why.",
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
