package lint

import (
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func jsonUnproved() Rule {
	return Rule{
		ID: "json-unproved", Severity: Warning,
		Summary: "it is not known whether the body is JSON for every event",
		Why: "hooktool found no event that breaks the JSON, but could not prove that none exists. The finding shows where\n" +
			"the JSON could break. The cause is usually a condition that hooktool cannot follow, such as one on the\n" +
			"length of a text. Put everything that belongs together under one condition.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{"a": [1{{ if gt (len .RCASummary) 5 }},{{ end }}{{ if gt (len .RCASummary) 3 }}2{{ end }}]}`,
			At:   []string{"1:40"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{"a": [1{{ if gt (len .RCASummary) 5 }},2{{ end }}]}`,
		},
		check: checkUnproved,
	}
}

func checkUnproved(p *pass) {
	analysis := p.flow()
	if analysis == nil || analysis.Verdict != jsonflow.Unknown || len(analysis.Unknown) == 0 {
		return
	}
	reason := analysis.Unknown[0]
	if reason.TypeError || slices.ContainsFunc(analysis.Problems, func(f jsonflow.Problem) bool {
		return f.Start == reason.Start && f.End == reason.End
	}) {
		return // another finding says more
	}
	p.report(at{reason.Start, reason.End}, "the body may not be JSON for every event: "+reason.Message, "put everything that belongs together under one condition")
}
