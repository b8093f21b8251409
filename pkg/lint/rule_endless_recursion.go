package lint

import (
	"errors"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func endlessRecursion() Rule {
	return Rule{
		ID: "endless-recursion", Severity: Error,
		Summary: "a template calls itself forever, or a loop takes too long",
		Why: "text/template gives up after 100,000 nested calls. That takes seconds and a lot of memory, and the notification\n" +
			"is not sent.\n" +
			"\n" +
			"A template may call itself with part of its dot, as long as it stops at some point.",
		Bad: Example{
			Kind: event.KindIncident,
			Text: `{{ define "list" }}{{ .Status }}{{ template "list" . }}{{ end }}{{ template "list" . }}`,
			At:   []string{"1:45"},
		},
		Good: Example{
			Kind: event.KindIncident,
			Text: `{{ define "list" }}{{ with . }}{{ template "list" slice . 1 }}{{ end }}{{ end }}{{ .Status }}{{ template "list" .Reports }}`,
		},
		check: checkEndless,
	}
}

func checkEndless(p *pass) {
	typeProblems(typecheck.EndlessRecursion)(p)
	for _, r := range p.failures() {
		err := r.failure.Err
		switch {
		case errors.Is(err, webhook.ErrTimeLimit):
			p.report(p.failurePlace(r), r.failure.Message, r.failure.Hint).Evidence = r.evidence(-1, "")
			return
		case errors.Is(err, webhook.ErrOutputLimit) && !r.trial.long:
			p.report(p.failurePlace(r), "this prints more than 8 MiB", r.failure.Hint).Evidence = r.evidence(-1, "")
			return
		case strings.Contains(err.Error(), "exceeded maximum template depth"):
			p.report(p.failurePlace(r), "templates call each other too deeply: "+r.failure.Message, "make the recursion stop earlier").Evidence = r.evidence(-1, "")
			return
		}
	}
}
