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
			r, sent := p.likeliest(r)
			f := p.report(p.failurePlace(r), r.failure.Message, r.failure.Hint)
			f.Evidence = p.smallest(r)
			if ev := f.Evidence.Event; !sent && ev.Kind() != "" && ev.Unsent(event.Version{}) != "" && !p.overridden() {
				f.Severity = Warning
			}
		}
	}
}

// likeliest returns the first rendering that fails at the same place as another with an
// event that Coroot sends, or else the other one.
func (p *pass) likeliest(r rendering) (likeliest rendering, sent bool) {
	for _, other := range p.render() {
		if other.failure != nil && other.failure.Pos == r.failure.Pos && other.trial.event.Unsent(event.Version{}) == "" {
			return other, true
		}
	}
	return r, false
}
