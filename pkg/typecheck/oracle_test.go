package typecheck_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/typecheck"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// events returns a full event, an empty one, one with two elements, and a few that take
// other branches.
func events(t testing.TB, kind event.Kind, fields map[string]string) []any {
	t.Helper()
	app := event.NewApplicationID("c1", "default", "Deployment", "shop")
	var all []event.Event
	switch kind {
	case event.KindIncident:
		one := event.Report{Name: "SLO", Check: "Latency", Message: "slow"}
		all = []event.Event{
			{Incident: &event.Incident{Status: "CRITICAL", Application: app, Reports: []event.Report{one}, URL: "u", RCASummary: "s", RCARemediations: "r"}},
			{Incident: &event.Incident{}},
			{Incident: &event.Incident{Status: "WARNING", Application: app, Reports: []event.Report{one, {Name: "CPU"}}, URL: "u"}},
			{Incident: &event.Incident{Status: "OK", Application: app, URL: "u"}},
		}
	case event.KindDeployment:
		all = []event.Event{
			{Deployment: &event.Deployment{Status: "Deployed", Application: app, Version: "v", Summary: []string{"a"}, URL: "u"}},
			{Deployment: &event.Deployment{}},
			{Deployment: &event.Deployment{Status: "Stuck", Application: app, Summary: []string{"a", "b"}}},
		}
	case event.KindAlert:
		all = []event.Event{
			{Alert: &event.Alert{Status: "CRITICAL", ProjectName: "p", Application: app, RuleName: "r", Severity: "critical", Summary: "s", Details: []event.Detail{{Name: "n", Value: "v", Code: true}}, URL: "u"}},
			{Alert: &event.Alert{}},
			{Alert: &event.Alert{Status: "OK", RuleName: "r", Details: []event.Detail{{Name: "n", Value: "v"}, {Name: "m"}}, Duration: "1h", ResolvedBy: "x"}},
		}
	}
	dots := make([]any, 0, len(all))
	for _, ev := range all {
		ev.CustomFields = fields
		dot, err := webhook.Data(ev)
		if err != nil {
			t.Fatal(err)
		}
		dots = append(dots, dot)
	}
	return dots
}

// bounded is a writer that stops templates that print too much.
type bounded struct{ strings.Builder }

var errTooMuch = errors.New("too much output")

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len() > 1<<18 {
		return 0, errTooMuch
	}
	return b.Builder.Write(p)
}

// excused reports whether an execution failed for a reason unrelated to types.
func excused(err error) bool {
	if errors.Is(err, errTooMuch) {
		return true
	}
	text := err.Error()
	for _, reason := range []string{"out of range", "invalid slice index", "exceeded maximum template depth"} {
		if strings.Contains(text, reason) {
			return true
		}
	}
	return false
}

// execute runs a template on all events. It returns the output and the first error that
// is related to types.
func execute(kind event.Kind, text string, dots []any) (printed string, clean bool, failure error) {
	tmpl, err := template.New(kind.TemplateName()).Funcs(webhook.Functions()).Parse(text)
	if err != nil {
		return "", false, err
	}
	var all strings.Builder
	clean = true
	for _, dot := range dots {
		var out bounded
		err := tmpl.Execute(&out, dot)
		all.WriteString(out.String())
		if err != nil {
			clean = false
		}
		if err != nil && !excused(err) && failure == nil {
			failure = fmt.Errorf("on %+v: %w", dot, err)
		}
	}
	return all.String(), clean, failure
}

// typeProblems returns the problems that make a template fail.
func typeProblems(problems []typecheck.Problem) []typecheck.Problem {
	var found []typecheck.Problem
	for _, p := range problems {
		if typecheck.IsTypeRule(p.Rule) || p.Rule == typecheck.UnknownFunction {
			found = append(found, p)
		}
	}
	return found
}

// templatesPerRun returns how many templates TestGenerated generates.
// TYPECHECK_TEMPLATES overrides the default.
func templatesPerRun(t *testing.T) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv("TYPECHECK_TEMPLATES")); err == nil {
		return n
	}
	if vast.Long(t) {
		return 6000
	}
	return 1000
}

// outcomes counts the outcomes for the generated templates.
type outcomes struct{ unparsed, free, wrong, accused, right, undecided int }

// TestGenerated checks the checker against the engine in both directions: a template
// without type problems never fails because of types, and a template whose blocks all
// ran without an error on some event has no type problems.
func TestGenerated(t *testing.T) {
	t.Parallel()
	dots := events(t, event.KindIncident, nil)
	var n outcomes
	for seed := range templatesPerRun(t) {
		g := newGenerator(pcg(seed))
		g.noLogic, g.careful = seed%2 == 0, seed%8 > 1
		n.judge(t, g, g.template(), dots)
	}
	t.Logf("%+v", n)
	if n.free == 0 || n.right == 0 || n.wrong == 0 {
		t.Error("the generator makes templates of one sort only")
	}
	// Types are tracked per branch, not per event: a variable that two branches with the
	// same condition set and use is reported although it never fails.
	if n.accused*200 > n.right {
		t.Errorf("%d of %d right templates are accused", n.accused, n.right+n.accused)
	}
}

// judge checks one generated template and executes it.
func (n *outcomes) judge(t *testing.T, g *generator, text string, dots []any) {
	t.Helper()
	problems, err := checkText(event.KindIncident, text, nil)
	if err != nil {
		n.unparsed++ // for example because a variable is out of scope
		return
	}
	found := typeProblems(problems)
	printed, clean, failure := execute(event.KindIncident, text, dots)
	right := clean && g.noLogic && allReached(g, printed)
	switch {
	case len(found) == 0 && failure != nil:
		t.Fatalf("no type problem was found, but it fails %v\n%s", failure, text)
	case failure != nil:
		n.wrong++
	case len(found) > 0 && right:
		n.accused++
		if os.Getenv("TYPECHECK_SHOW") != "" {
			t.Logf("accused: %s\n%+v", text, found)
		}
	case len(found) > 0:
		n.undecided++
	default:
		n.free++
		if right {
			n.right++
		}
	}
}

func allReached(g *generator, printed string) bool {
	for i := range g.marks {
		if !strings.Contains(printed, fmt.Sprintf("«%d»", i+1)) {
			return false
		}
	}
	return true
}

func pcg(seed int) rand.Source { return rand.NewPCG(uint64(seed), 7) }
