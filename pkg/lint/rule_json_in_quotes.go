package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonInQuotes() Rule {
	return Rule{
		ID: "json-in-quotes", Severity: Error,
		Summary: "json is used inside quotes",
		Why: "`json` writes its own quotes. Inside quotes there are then two pairs, and the first quote that `json` writes\n" +
			"ends the string. Remove the quotes around it. `hooktool fix` does it for you.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": "{{ json .Summary }}"}`,
			At:   []string{"1:14"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: jsonProblems("json-in-quotes"),
	}
}
