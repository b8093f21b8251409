package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonUnquoted() Rule {
	return Rule{
		ID: "json-unquoted", Severity: Error,
		Summary: "text is printed without quotes where a JSON value must be",
		Why: "`\"status\": OK` is not JSON. `json` writes the quotes and escapes what is between them. `hooktool fix` does it\n" +
			"for you.",
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
