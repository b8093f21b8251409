package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func undefinedTemplate() Rule {
	return Rule{
		ID: "undefined-template", Severity: Error,
		Summary: "a template is called but not defined",
		Why: "text/template notices this only when it reaches the call. Coroot parses each of the three templates on its\n" +
			"own, so a template cannot call one that is defined in another.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ define "title" }}{{ .Status }}{{ end }}{{ template "title" . }}{{ template "titel" . }}`,
			At:   []string{"1:79"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ define "title" }}{{ .Status }}{{ end }}{{ template "title" . }}`,
		},
		check: typeProblems(typecheck.UndefinedTemplate),
	}
}
