package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

func unhandledStatus() Rule {
	return Rule{
		ID: "unhandled-status", Severity: Warning,
		Summary: "nothing is printed for a status that Coroot sends",
		Why: "A deployment is `In-progress` before it is `Deployed`, `Stuck` or `Cancelled`; an incident and an alert end with\n" +
			"the status `OK`. A chain of `{{ if eq .Status … }}` without `{{ else }}` prints nothing for a status that it\n" +
			"does not name, and Coroot posts what is left, even an empty body.\n" +
			"\n" +
			"Which statuses are sent depends on the version: incidents are never `WARNING` since 1.12.5, and deployments\n" +
			"are never `In-progress` before 1.18.0. Without `--coroot-version`, hooktool assumes the newest.",
		Bad: Example{
			Kind: event.KindDeployment,
			Text: "{{ .Application.Name }}\n{{ if eq .Status \"Deployed\" }} is out\n{{ else if eq .Status \"Stuck\" \"Cancelled\" }} failed{{ end }}",
			At:   []string{"2:7"},
		},
		Good: Example{
			Kind: event.KindDeployment,
			Text: "{{ .Application.Name }}\n{{ if eq .Status \"Deployed\" }} is out\n{{ else if eq .Status \"In-progress\" }} is being rolled out\n{{ else }} failed{{ end }}",
		},
		check: checkStatuses,
	}
}

func checkStatuses(p *pass) {
	if p.blankStatuses() {
		return
	}
	for _, chain := range p.branches().chains {
		if p.lacksValue(chain.field) {
			continue // another finding says more
		}
		p.report(chain.where, fmt.Sprintf("nothing is printed here when %s is %s", chain.field, words.Or(words.Quote(chain.missing))),
			"add {{ else }}, or a branch for it")
	}
}

// blankStatuses reports bodies that are blank for some statuses but not for others.
func (p *pass) blankStatuses() bool {
	blank := map[string]*rendering{}
	printed := map[string]bool{}
	all := p.render()
	for i, r := range all {
		status := r.trial.event.Status()
		switch {
		case r.failure != nil:
		case !r.blank():
			printed[status] = true
		case blank[status] == nil:
			blank[status] = &all[i]
		}
	}
	var missing []string
	var first *rendering
	for _, status := range p.sentStatuses() {
		if blank[status] != nil && !printed[status] {
			missing = append(missing, status)
			if first == nil {
				first = blank[status]
			}
		}
	}
	if first == nil || len(printed) == 0 {
		return false
	}
	if p.isMixed() {
		return true // that finding reports it
	}
	f := p.report(p.firstStatusTest(), fmt.Sprintf("the body is empty when .Status is %s, and Coroot posts it anyway", words.Or(words.Quote(missing))),
		"add {{ else }}, or a branch for it")
	f.Evidence = first.evidence(-1, "")
	return true
}

// lacksValue reports whether the JSON has no value for some values of a field.
func (p *pass) lacksValue(field string) bool {
	analysis := p.flow()
	return analysis != nil && slices.ContainsFunc(analysis.Problems, func(problem jsonflow.Problem) bool {
		return strings.Contains(problem.Message, " is missing when "+field+" ")
	})
}

// isMixed reports whether the body is JSON for other statuses and a rule reports that.
func (p *pass) isMixed() bool {
	rule, analysis := jsonMixed(), p.flow()
	return analysis != nil && p.options.severity(rule, p.template.Path) != Off &&
		slices.ContainsFunc(analysis.Problems, func(problem jsonflow.Problem) bool { return problem.Rule == rule.ID })
}

// firstStatusTest returns the first condition that reads the status, or the start of
// the template if there is none.
func (p *pass) firstStatusTest() at {
	for _, condition := range p.branches().conditions {
		if strings.Contains(p.template.Text[condition.start:condition.end], ".Status") {
			return condition
		}
	}
	return at{}
}
