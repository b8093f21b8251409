package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonWrongEscaper() Rule {
	return Rule{
		ID: "json-wrong-escaper", Severity: Error,
		Summary: "text is escaped for something else than JSON",
		Why: "`js` escapes for JavaScript, `html` for HTML, `printf \"%q\"` for Go. Each of them is right for most texts and wrong for\n" +
			"some: `js` for every apostrophe. Only `json` escapes for JSON. `hooktool fix` repairs it.",
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
