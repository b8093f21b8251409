package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonUnescaped() Rule {
	return Rule{
		ID: "json-unescaped", Severity: Error,
		Summary: "text is printed into a JSON string without escaping",
		Why: "A quote, a backslash or a line break in the text ends the string or makes it invalid, and the receiver refuses\n" +
			"the message. Log samples, labels (`key=\"value\"`) and Kubernetes events are full of quotes, so exactly the alerts\n" +
			"that matter get lost. `json` escapes the text and writes the quotes. `hooktool fix` does it for you.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{"text": "{{ .Summary }}"}`,
			At:   []string{"1:14"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{"text": {{ json .Summary }}}`,
		},
		check: jsonProblems("json-unescaped"),
	}
}
