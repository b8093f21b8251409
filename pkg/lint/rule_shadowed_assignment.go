package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func shadowedAssignment() Rule {
	return Rule{
		ID: "shadowed-assignment", Severity: Warning,
		Summary: ":= is used in a block where = was meant",
		Why: "`:=` declares a new variable that ends with its block. The outer variable with the same name keeps its value, so\n" +
			"later code sees the old one. The classic case is the separator of a list, which then never appears.",
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
