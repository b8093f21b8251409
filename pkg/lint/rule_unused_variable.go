package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unusedVariable() Rule {
	return Rule{
		ID: "unused-variable", Severity: Info,
		Summary: "a variable is never read",
		Why:     "Its value is lost; usually a different variable was meant. A variable whose name begins with `$_` is not reported.",
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
