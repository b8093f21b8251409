package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func endlessRecursion() Rule {
	return Rule{
		ID: "endless-recursion", Severity: Error,
		Summary: "a template calls itself without end",
		Why: "text/template gives up after 100,000 calls, which takes seconds and much memory, and the notification is not sent.\n" +
			"\n" +
			"A template may call itself with a part of its dot, as long as there is a dot for which it does not.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ define "list" }}{{ .Status }}{{ template "list" . }}{{ end }}{{ template "list" . }}`,
			At:   []string{"1:45"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ define "list" }}{{ with . }}{{ template "list" slice . 1 }}{{ end }}{{ end }}{{ template "list" .Reports }}`,
		},
		check: typeProblems(typecheck.EndlessRecursion),
	}
}
