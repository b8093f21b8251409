package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func missingValue() Rule {
	return Rule{
		ID: "missing-value", Severity: Warning,
		Summary: "a template is called without a value, and prints <no value>",
		Why: "`{{ template \"x\" }}` without a dot gives the template `x` no value at all. Its fields do not fail: they print\n" +
			"`<no value>`, `json` writes `null`, and conditions are false. Pass the event with `{{ template \"x\" . }}`.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: `{{ define "title" }}{{ .RuleName }}{{ end }}{"text": "{{ template "title" }}"}`,
			At:   []string{"1:67"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: `{{ define "title" }}{{ json .RuleName }}{{ end }}{"text": {{ template "title" . }}}`,
		},
		check: typeProblems(typecheck.MissingValue),
	}
}
