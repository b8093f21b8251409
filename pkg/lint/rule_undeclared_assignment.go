package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func undeclaredAssignment() Rule {
	return Rule{
		ID: "undeclared-assignment", Severity: Error,
		Summary: "a variable is used where it is not declared",
		Why: "`=` sets a variable that `:=` declared earlier, in the same block or an enclosing one. The parser accepts an\n" +
			"assignment to any name, and then the notification fails.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ $title = .Status }}{{ .URL }}`,
			At:   []string{"1:4"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ $title := .Status }}{{ $title }}{{ .URL }}`,
		},
		check: typeProblems(typecheck.UndeclaredAssignment),
	}
}
