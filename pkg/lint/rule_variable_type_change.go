package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func variableTypeChange() Rule {
	return Rule{
		ID: "variable-type-change", Severity: Error,
		Summary: "a variable has several types, and not all allow its use",
		Why: "A variable may hold another type on another path or in another turn of a loop. Where it is used as if it had one\n" +
			"type only, the notification fails for the events that take the other path.",
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
