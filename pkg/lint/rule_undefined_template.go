package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func undefinedTemplate() Rule {
	return Rule{
		ID: "undefined-template", Severity: Error,
		Summary: "a template is called that is not defined",
		Why: "text/template notices only when the call is reached. Coroot parses each of the three templates by itself, so that\n" +
			"a template cannot call what another one defines.",
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
