package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

func impossibleComparison() Rule {
	return Rule{
		ID: "impossible-comparison", Severity: Error,
		Summary: "a comparison with a value that never occurs",
		Why: "Coroot sends the status of incidents and alerts as `OK`, `WARNING` or `CRITICAL`, that of deployments as\n" +
			"`Deployed`, `In-progress`, `Stuck` or `Cancelled`, and the severity of alerts as `warning` or `critical`. Case\n" +
			"matters. A comparison with anything else is always false, so what depends on it never happens.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ if eq .Status "ok" }}resolved{{ else }}open{{ end }}`,
			At:   []string{"1:18"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ if eq .Status "OK" }}resolved{{ else }}open{{ end }}`,
		},
		check: typeProblems(typecheck.ImpossibleComparison),
	}
}
