package lint_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestRules checks the form of every rule and its examples: the bad one has findings
// exactly where it says and breaks no other rule, and the good one breaks none.
func TestRules(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	for _, rule := range lint.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			if !id.MatchString(rule.ID) || rule.Summary == "" || strings.HasSuffix(rule.Summary, ".") || len(rule.Why) < 80 {
				t.Errorf("id, summary or reason is not as it should be: %+v", rule)
			}
			if rule.Severity == lint.Off || !slices.Contains(lint.Severities(), rule.Severity) {
				t.Errorf("severity %q", rule.Severity)
			}
			if len(rule.Bad.At) == 0 || len(rule.Good.At) > 0 {
				t.Error("the bad example must fire somewhere, and the good one nowhere")
			}
			if diff := golden.Diff(located(rule.ID, rule.Bad.At), found(t, rule.Bad)); diff != "" {
				t.Errorf("bad example: %s\n%s", rule.Bad.Text, diff)
			}
			if diff := golden.Diff([]string(nil), found(t, rule.Good)); diff != "" {
				t.Errorf("good example: %s\n%s", rule.Good.Text, diff)
			}
		})
	}
}

func located(rule string, places []string) []string {
	var all []string
	for _, place := range places {
		all = append(all, place+" "+rule)
	}
	return all
}

func found(t *testing.T, ex lint.Example) []string {
	t.Helper()
	var all []string
	for _, f := range ex.Check(t.Context()) {
		if f.Severity == lint.Info && f.Rule != "unused-variable" && f.Rule != "unused-template" {
			continue // an incidental note
		}
		all = append(all, f.Pos.String()+" "+f.Rule)
	}
	return all
}

// TestRuleIDs checks that IDs are unique and can be looked up.
func TestRuleIDs(t *testing.T) {
	t.Parallel()
	ids := lint.IDs()
	if len(slices.Compact(slices.Sorted(slices.Values(ids)))) != len(ids) {
		t.Errorf("an id is there twice: %v", ids)
	}
	for _, id := range ids {
		if rule, ok := lint.ByID(id); !ok || rule.ID != id {
			t.Errorf("ByID(%q) = %+v", id, rule)
		}
	}
	if _, ok := lint.ByID("nonsense"); ok {
		t.Error("there is a rule nonsense")
	}
}

func check(t *testing.T, kind event.Kind, text string, options lint.Options) lint.Result {
	t.Helper()
	if options.Now.IsZero() {
		options.Now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	}
	return lint.Check(context.Background(), workspace.Template{Path: "x.tmpl", Kind: kind, Text: text}, options)
}

// TestSeverities checks that options set severities and that rules set to off do not
// run.
func TestSeverities(t *testing.T) {
	t.Parallel()
	text := `{{ $x := 1 }}{{ .Nope }}`
	r := check(t, event.KindIncident, text, lint.Options{Severities: map[string]lint.Severity{"unused-variable": lint.Error, "unknown-field": lint.Off}})
	if len(r.Findings) != 1 || r.Findings[0].Rule != "unused-variable" || r.Findings[0].Severity != lint.Error {
		t.Errorf("%+v", r.Findings)
	}
}
