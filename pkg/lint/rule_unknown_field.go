package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func unknownField() Rule {
	return Rule{
		ID: "unknown-field", Severity: Error,
		Summary: "there is no such field or method",
		Why: "text/template fails where it reaches the field, so that a field after `{{ if }}` may fail months later, and the\n" +
			"notification is then lost. Inside `{{ range }}` and `{{ with }}` the dot is the element; the event itself is `$`.\n" +
			"\n" +
			"Custom fields of the webhook are fields too. hooktool knows them from the configuration and from `--custom-field`.",
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
