package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unusedTemplate() Rule {
	return Rule{
		ID: "unused-template", Severity: Info,
		Summary: "a template is defined but never called",
		Why: "Coroot executes only the text outside `{{ define }}`. What is inside is printed only where `{{ template }}`\n" +
			"calls it. A name that differs from the call by one letter looks like this.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ define "footer" }}{{ .URL }}{{ end }}{{ .Status }}`,
			At:   []string{"1:11"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ define "footer" }}{{ .URL }}{{ end }}{{ .Status }} {{ template "footer" . }}`,
		},
		check: typeProblems(typecheck.UnusedTemplate),
	}
}
