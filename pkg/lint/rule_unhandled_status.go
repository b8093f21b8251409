package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

func unhandledStatus() Rule {
	return Rule{
		ID: "unhandled-status", Severity: Warning,
		Summary: "nothing is said for a status that Coroot sends",
		Why: "A deployment is `In-progress` before it is `Deployed`, `Stuck` or `Cancelled`; an incident and an alert end with\n" +
			"the status `OK`. A chain of `{{ if eq .Status … }}` without `{{ else }}` prints nothing for a status that it does\n" +
			"not name, and Coroot posts what is left, even an empty body.",
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
		p.report(chain.where, fmt.Sprintf("nothing is printed here when %s is %s", chain.field, quotedList(chain.missing, "or")),
			"add {{ else }}, or a branch for it")
	}
}

// blankStatuses reports that the whole body is blank for some statuses and not
// for others.
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
	for _, status := range usualStatuses(p.template.Kind) {
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
	f := p.report(p.firstStatusTest(), fmt.Sprintf("the body is empty when .Status is %s, and Coroot posts it all the same", quotedList(missing, "or")),
		"add {{ else }}, or a branch for it")
	f.Evidence = first.evidence(-1, "")
	return true
}

// firstStatusTest returns the first condition of the template that reads the
// status, or its beginning.
func (p *pass) firstStatusTest() at {
	for _, condition := range p.branches().conditions {
		if strings.Contains(p.template.Text[condition.start:condition.end], ".Status") {
			return condition
		}
	}
	return at{}
}

// quotedList joins values, each in quotes.
func quotedList(values []string, conjunction string) string {
	quoted := slices.Clone(values)
	for i, value := range quoted {
		quoted[i] = fmt.Sprintf("%q", value)
	}
	return join(quoted, conjunction)
}

// join joins words with commas and a conjunction.
func join(words []string, conjunction string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + conjunction + " " + words[len(words)-1]
}
