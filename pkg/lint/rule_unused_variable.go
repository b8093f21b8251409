package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unusedVariable() Rule {
	return Rule{
		ID: "unused-variable", Severity: Info,
		Summary: "a variable is never read",
		Why: "What is computed for it is lost, and most often another variable was meant. A variable whose name begins with `$_`\n" +
			"is left alone.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ $title := .Status }}{{ .URL }}`,
			At:   []string{"1:4"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ $title := .Status }}{{ $title }}: {{ .URL }}`,
		},
		check: typeProblems(typecheck.UnusedVariable),
	}
}
