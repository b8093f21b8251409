package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonControlCharacter() Rule {
	return Rule{
		ID: "json-control-character", Severity: Error,
		Summary: "a JSON string contains a line break or another control character",
		Why: "JSON strings cannot contain raw control characters. Coroot repairs line breaks before it sends, but only in\n" +
			"strings at the top level of the object: not in `embeds[].description`, `attachments[].text` or `blocks`. It\n" +
			"repairs neither tabs nor carriage returns. Write `\\n` instead. `hooktool fix` does it for you.",
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
