package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonWrongEscaper() Rule {
	return Rule{
		ID: "json-wrong-escaper", Severity: Error,
		Summary: "text is escaped for something other than JSON",
		Why: "`js` escapes for JavaScript, `html` for HTML, and `printf \"%q\"` for Go. Each of them is right for most texts and\n" +
			"wrong for some: `js` for every apostrophe. Only `json` escapes for JSON. `hooktool fix` repairs it.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": "{{ js .Summary }}"}`,
			At:   []string{"1:14"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: jsonProblems("json-wrong-escaper"),
	}
}
