package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func badCall() Rule {
	return Rule{
		ID: "bad-call", Severity: Error,
		Summary: "wrong arguments to a field, method or function",
		Why: "Arguments are separated by spaces, and everything up to the next `|` or `}}` belongs to the first function. A\n" +
			"call inside a call needs parentheses.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if not eq .Status "OK" }} {{ .URL }}{{ end }}`,
			At:   []string{"1:20"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ if not (eq .Status "OK") }} {{ .URL }}{{ end }}`,
		},
		check: typeProblems(typecheck.BadCall),
	}
}
