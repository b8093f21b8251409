package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonUnescaped() Rule {
	return Rule{
		ID: "json-unescaped", Severity: Error,
		Summary: "text is printed into a JSON string as it is",
		Why: "A quote, a backslash or a line break in the text ends the string or makes it invalid, and the receiver refuses the\n" +
			"message. Log samples, labels (`key=\"value\"`) and Kubernetes events hold quotes all the time, so that exactly the\n" +
			"alerts that matter get lost. `json` escapes and writes the quotes as well. `hooktool fix` repairs it.",
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
