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
			"calls it. Often the name and the call differ by one letter.",
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
