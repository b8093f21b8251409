package lint

import "github.com/hooktool/hooktool/pkg/event"

func jsonSeparator() Rule {
	return Rule{
		ID: "json-separator", Severity: Error,
		Summary: "a list in a loop has one comma too many or too few",
		Why: "A comma after every element leaves one after the last, and a comma before an element that `{{ if }}` or\n" +
			"`{{ continue }}` leaves out is one too many as well. Print the comma before every element except the first:\n" +
			"`{{ if $i }},{{ end }}`. `hooktool fix` repairs the simple case.",
		Bad: Example{
			Kind: event.KindDeployment,
			Text: `{"text": {{ json .Status }}, "lines": [{{ range .Summary }}{{ json . }},{{ end }}]}`,
			At:   []string{"1:72"},
		},
		Good: Example{
			Kind: event.KindDeployment,
			Text: `{"text": {{ json .Status }}, "lines": [{{ range $i, $line := .Summary }}{{ if $i }},{{ end }}{{ json $line }}{{ end }}]}`,
		},
		check: jsonProblems("json-separator"),
	}
}
