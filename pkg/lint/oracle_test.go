package lint_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestDeadBranches checks reported dead branches against the engine: none of them may
// run for any of hundreds of events.
func TestDeadBranches(t *testing.T) {
	t.Parallel()
	var events []event.Event
	for _, sample := range event.SamplesOf(event.KindIncident) {
		events = append(events, sample.Event)
	}
	random := rand.New(rand.NewPCG(3, 5)) //nolint:gosec // the same events in every run
	for i := range 60 {
		style := []generate.Style{generate.Benign, generate.Hostile, generate.Empty}[i%3]
		events = append(events, generate.Event(event.KindIncident, style, random))
	}
	dead := 0
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 5)) //nolint:gosec // the same templates in every run
		dead += judgeBranches(t, branchy(rng, 3), events)
	}
	if dead < 50 {
		t.Errorf("only %d dead branches were found: the generator makes too few", dead)
	}
}

// branchy generates a template of nested conditions that often repeat each other.
func branchy(rng *rand.Rand, depth int) string {
	conditions := []string{
		`if .Status`, `if $.Reports`, `if not $.Reports`, `if eq $.Status "OK"`, `if ne $.Status "OK"`, `if eq $.Status "WARNING" "CRITICAL"`,
		`if and $.Reports $.RCASummary`, `if or $.Reports $.RCASummary`, `if gt (len $.Reports) 0`, `if eq (len $.Reports) 0`,
		`if gt (len $.Reports) 1`, `if $.RCASummary`, `with $.RCASummary`, `if eq "OK" $.Status`, `if and (ne $.Status "OK") $.Reports`,
		`if not (or $.Reports $.RCASummary)`, `range $.Reports`,
	}
	var b strings.Builder
	for range 1 + rng.IntN(2) {
		condition := conditions[1+rng.IntN(len(conditions)-1)]
		fmt.Fprintf(&b, "{{ %s }}a", condition)
		if depth > 0 {
			b.WriteString(branchy(rng, depth-1))
		}
		if rng.IntN(2) == 0 {
			b.WriteString("{{ else }}b")
			if depth > 0 && rng.IntN(2) == 0 {
				b.WriteString(branchy(rng, depth-1))
			}
		}
		b.WriteString("{{ end }}")
	}
	return b.String()
}

// judgeBranches counts the branches of a template that are reported as dead.
func judgeBranches(t *testing.T, text string, events []event.Event) (dead int) {
	t.Helper()
	off := map[string]lint.Severity{}
	for _, id := range lint.IDs() {
		if id != "dead-branch" {
			off[id] = lint.Off
		}
	}
	r := lint.Check(t.Context(), workspace.Template{Path: "x", Kind: event.KindIncident, Text: text}, lint.Options{Severities: off})
	if len(r.Findings) == 0 {
		return 0
	}
	tmpl, err := webhook.Parse(event.KindIncident, "x", text, webhook.WithCoverage())
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range events {
		if _, err := tmpl.Render(t.Context(), ev); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.Findings {
		for _, branch := range tmpl.Branches() {
			if branch.Pos != f.Pos || !branch.Reached {
				continue
			}
			then := branch.Arm == "then" || branch.Arm == "some"
			never := strings.HasPrefix(f.Message, "this branch is never") || strings.HasPrefix(f.Message, "this loop never runs")
			if then == never {
				t.Errorf("%s: %s: it was executed\n%s", f.Pos, f.Message, text)
			}
		}
	}
	return len(r.Findings)
}
