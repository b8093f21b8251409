package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unknownField() Rule {
	return Rule{
		ID: "unknown-field", Severity: Error,
		Summary: "there is no such field or method",
		Why: "text/template fails only when it reaches the field, so a field inside `{{ if }}` may fail months later, and the\n" +
			"notification is lost. Inside `{{ range }}` and `{{ with }}` the dot is the element; the event itself is `$`.\n" +
			"\n" +
			"Custom fields of the webhook are fields too. hooktool knows them from the configuration and from\n" +
			"`--custom-field`.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ range .Reports }} {{ .Message }} {{ .URL }}{{ end }}`,
			At:   []string{"1:53"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }}{{ range .Reports }} {{ .Message }} {{ $.URL }}{{ end }}`,
		},
		check: typeProblems(typecheck.UnknownField),
	}
}
