package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonMixed() Rule {
	return Rule{
		ID: "json-mixed", Severity: Error,
		Summary: "the body is JSON for some events and plain text for others",
		Why: "Coroot sends every body as `application/json`. A receiver of JSON refuses the ones that are none, one of plain text shows\n" +
			"the braces of the others. It happens when one branch of a template was written for another receiver.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ if eq .Status "OK" }}resolved{{ else }}{"text": {{ json .Status }}}{{ end }}`,
			At:   []string{"1:25"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ if eq .Status "OK" }}{"text": "resolved"}{{ else }}{"text": {{ json .Status }}}{{ end }}`,
		},
		check: jsonProblems("json-mixed"),
	}
}
