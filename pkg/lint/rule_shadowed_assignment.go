package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func shadowedAssignment() Rule {
	return Rule{
		ID: "shadowed-assignment", Severity: Warning,
		Summary: ":= is used in a block where = was meant",
		Why: "`:=` declares a new variable, which exists until the end of its block. The outer variable of the same name\n" +
			"keeps its value. The classic case is the separator of a list, which then never appears.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }} {{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ .Name }}{{ $sep := ", " }}{{ end }}`,
			At:   []string{"1:75"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }} {{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ .Name }}{{ $sep = ", " }}{{ end }}`,
		},
		check: typeProblems(typecheck.ShadowedAssignment),
	}
}
