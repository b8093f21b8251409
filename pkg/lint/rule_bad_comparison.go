package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func badComparison() Rule {
	return Rule{
		ID: "bad-comparison", Severity: Error,
		Summary: "values that cannot be compared",
		Why: "`eq` and `ne` compare values of the same basic kind; `lt`, `le`, `gt` and `ge` compare numbers or strings.\n" +
			"Comparing a string with a number does not give false: it makes the notification fail. To test a list, use\n" +
			"`if` or `len`.",
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
