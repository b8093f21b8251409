package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonUnquoted() Rule {
	return Rule{
		ID: "json-unquoted", Severity: Error,
		Summary: "text is printed where a JSON value must stand, without quotes",
		Why:     "`\"status\": OK` is no JSON. `json` writes the quotes and escapes what is between them. `hooktool fix` repairs it.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ .Summary }}}`,
			At:   []string{"1:13"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: jsonProblems("json-unquoted"),
	}
}
