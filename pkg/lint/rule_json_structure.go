package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonStructure() Rule {
	return Rule{
		ID: "json-structure", Severity: Error,
		Summary: "the template's own text is not valid JSON on some path",
		Why: "A bracket or a quote is missing, or something appears where JSON does not allow it, at least for some\n" +
			"events: after one branch but not the other, or in a loop that runs zero times. The receiver refuses the\n" +
			"whole message.",
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
