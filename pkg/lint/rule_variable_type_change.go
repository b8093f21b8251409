package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func variableTypeChange() Rule {
	return Rule{
		ID: "variable-type-change", Severity: Error,
		Summary: "a variable has several types, and not all of them allow its use",
		Why: "A variable can have different types on different paths or in different iterations of a loop. If it is used\n" +
			"as if it had only one, the notification fails for the events that take another path.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ $x := "" }}{{ range .Reports }}{{ $x = . }}{{ end }}{{ $x.Name }}`,
			At:   []string{"1:61"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ $x := "" }}{{ range .Reports }}{{ $x = .Name }}{{ end }}{{ $x }}`,
		},
		check: typeProblems(typecheck.VariableTypeChange),
	}
}
