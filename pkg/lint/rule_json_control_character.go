package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonControlCharacter() Rule {
	return Rule{
		ID: "json-control-character", Severity: Error,
		Summary: "a line break or another control character is in a JSON string",
		Why: "JSON strings hold no raw control characters. Coroot repairs line breaks before it sends, but only in strings at the top\n" +
			"level of the object: not in `embeds[].description`, `attachments[].text` or `blocks`, and neither tabs nor CR. Write\n" +
			"`\\n`. `hooktool fix` repairs it.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: "{\"embeds\": [{\"title\": {{ json .RuleName }}, \"description\": \"one\ntwo\"}]}",
			At:   []string{"1:64"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"embeds": [{"title": {{ json .RuleName }}, "description": "one\ntwo"}]}`,
		},
		check: jsonProblems("json-control-character"),
	}
}
