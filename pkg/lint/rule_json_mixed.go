package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonMixed() Rule {
	return Rule{
		ID: "json-mixed", Severity: Error,
		Summary: "the body is JSON for some events and plain text for others",
		Why: "Coroot sends every body as `application/json`. A receiver of JSON refuses the plain text, and a receiver of\n" +
			"plain text shows the braces of the JSON. It happens when one branch of a template was written for another\n" +
			"receiver.",
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
