package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonStructure() Rule {
	return Rule{
		ID: "json-structure", Severity: Error,
		Summary: "the template's own text makes no valid JSON on some way",
		Why: "A bracket or a quote is missing, or something is in a place where JSON does not allow it, at least for some event: after one\n" +
			"branch and not after the other, or in a loop that has no turn. The receiver refuses the message as a whole.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}{{ if .Details }}, "more": true{{ end }}`,
			At:   []string{"1:69"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}{{ if .Details }}, "more": true{{ end }}}`,
		},
		check: jsonProblems("json-structure"),
	}
}
