package lint

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

func indexOutOfRange() Rule {
	return Rule{
		ID: "index-out-of-range", Severity: Error,
		Summary: "index or slice of something that can be shorter",
		Why: "A resolved incident has no reports, a deployment has no summary until it is compared with the previous one,\n" +
			"and a text can be shorter than the part you cut from it. text/template then fails, and the notification is\n" +
			"lost. Check the length first, or use `{{ with }}` and `{{ range }}`. Bounds count bytes, so a slice of a\n" +
			"text can begin in the middle of a character.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }} {{ (index .Reports 0).Message }}`,
			At:   []string{"1:19"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ .Status }} {{ if .Reports }}{{ (index .Reports 0).Message }}{{ end }}`,
		},
		check: checkRange,
	}
}

func checkRange(p *pass) {
	for _, r := range p.failures() {
		if strings.Contains(r.failure.Err.Error(), "out of range") {
			f := p.report(p.failurePlace(r), r.failure.Message, r.failure.Hint)
			f.Evidence = p.smallest(r)
		}
	}
}
