package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonDuplicateKey() Rule {
	return Rule{
		ID: "json-duplicate-key", Severity: Warning,
		Summary: "a key appears twice in one object",
		Why: "JSON does not say which of the two counts. Most receivers take the last one, some the first, and some refuse the\n" +
			"message. It happens when a branch and the text after it both write the key. Keys that a loop builds from\n" +
			"data can repeat too; whether they do depends on the event, so this is only a note.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{"text": {{ json .Status }}{{ if .Reports }}, "text": "open"{{ end }}}`,
			At:   []string{"1:47"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{"text": {{ json .Status }}{{ if .Reports }}, "state": "open"{{ end }}}`,
		},
		check: func(p *pass) {
			jsonProblems("json-duplicate-key")(p)
			p.keysFromData()
		},
	}
}
