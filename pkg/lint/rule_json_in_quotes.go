package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonInQuotes() Rule {
	return Rule{
		ID: "json-in-quotes", Severity: Error,
		Summary: "json is used within quotes that are already there",
		Why: "`json` writes quotes of its own, so that there are two pairs, and the first of its own ends the string. Take the quotes\n" +
			"around it away. `hooktool fix` repairs it.",
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
