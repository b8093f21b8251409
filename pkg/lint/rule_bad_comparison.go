package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func badComparison() Rule {
	return Rule{
		ID: "bad-comparison", Severity: Error,
		Summary: "values that cannot be compared",
		Why: "`eq` and `ne` compare values of one basic kind, `lt`, `le`, `gt` and `ge` numbers or strings. A string never equals\n" +
			"a number: the comparison is no false, it makes the notification fail. Lists are tested by `if` or `len`.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if eq .Reports 0 }}: resolved{{ end }}`,
			At:   []string{"1:20"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if eq (len .Reports) 0 }}: resolved{{ end }}`,
		},
		check: typeProblems(typecheck.BadComparison),
	}
}
