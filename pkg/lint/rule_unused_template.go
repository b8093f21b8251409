package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unusedTemplate() Rule {
	return Rule{
		ID: "unused-template", Severity: Info,
		Summary: "a template is defined and never called",
		Why: "Coroot executes only the text outside of `{{ define }}`. What is inside is printed where it is called with\n" +
			"`{{ template }}`, and nowhere else. A name that differs in one letter from the call looks like this.",
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
