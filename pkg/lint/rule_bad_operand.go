package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func badOperand() Rule {
	return Rule{
		ID: "bad-operand", Severity: Error,
		Summary: "range, len, index or slice of a value of the wrong type",
		Why: "`range` takes a list or a number, `len` a list or a string, and `index` and `slice` a list or a string, followed\n" +
			"by numbers. With anything else, the notification fails when it is sent.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ range .Status }}{{ . }}{{ end }}`,
			At:   []string{"1:10"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}`,
		},
		check: typeProblems(typecheck.BadOperand),
	}
}
