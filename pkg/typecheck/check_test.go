package typecheck_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/typecheck"
)

// found describes a problem by its rule, the text at fault, and a substring of the
// hint.
type found struct{ rule, at, hint string }

type example struct {
	name, text string
	want       []found
}

// checkText parses a template and checks it.
func checkText(kind event.Kind, text string, customFields []string) ([]typecheck.Problem, error) {
	t, err := source.ParseTemplate(kind.TemplateName(), text)
	if err != nil {
		return nil, err
	}
	return typecheck.CheckTemplate(kind, t, customFields)
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, ex := range typeExamples() {
		t.Run(ex.name, func(t *testing.T) {
			t.Parallel()
			problems := checkIncident(t, ex.text)
			compare(t, ex, problems)
			_, _, failure := execute(event.KindIncident, ex.text, events(t, event.KindIncident, map[string]string{"team": "sre"}))
			if wrong := len(typeProblems(problems)) > 0; wrong != (failure != nil) {
				t.Errorf("problems: %v, but the engine says: %v", wrong, failure)
			}
		})
	}
}

func TestLogic(t *testing.T) {
	t.Parallel()
	for _, ex := range logicExamples() {
		t.Run(ex.name, func(t *testing.T) {
			t.Parallel()
			compare(t, ex, checkIncident(t, ex.text))
		})
	}
}

func checkIncident(t *testing.T, text string) []typecheck.Problem {
	t.Helper()
	problems, err := checkText(event.KindIncident, text, []string{"team"})
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// compare compares problems with those of an example, and hints with their expected
// substrings.
func compare(t *testing.T, ex example, problems []typecheck.Problem) {
	t.Helper()
	var got []found
	for i, p := range problems {
		f := found{p.Rule, ex.text[p.Start:p.End], p.Hint}
		if i < len(ex.want) && strings.Contains(p.Hint, ex.want[i].hint) {
			f.hint = ex.want[i].hint
		}
		got = append(got, f)
	}
	if diff := golden.Diff(ex.want, got); diff != "" {
		t.Errorf("%s\n%s\n%+v", ex.text, diff, problems)
	}
}

func TestParseError(t *testing.T) {
	t.Parallel()
	if _, err := checkText(event.KindIncident, "{{ if }}", nil); err == nil {
		t.Error("there must be an error")
	}
}

// TestCustomFields checks that keys which Coroot turns into fields are accepted and
// keys that crash it are ignored.
func TestCustomFields(t *testing.T) {
	t.Parallel()
	problems, err := checkText(event.KindAlert, "{{ .Team }}{{ .Env }}{{ .RuleName }}", []string{"team", "my-env", "é", "ruleName"})
	if err != nil {
		t.Fatal(err)
	}
	if len(problems) != 1 || problems[0].Message != "there is no .Env in an alert" {
		t.Errorf("unexpected: %+v", problems)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for kind, text := range map[event.Kind]string{
		event.KindDeployment: `{{ .Version }}{{ range .Summary }}{{ . }}{{ .Name }}{{ end }}`,
		event.KindAlert:      `{{ range .Details }}{{ if .Code }}{{ .Value }}{{ end }}{{ .Check }}{{ end }}`,
		"nonsense":           `{{ .Status }}`,
	} {
		problems, err := checkText(kind, text, nil)
		if err != nil || len(problems) != 1 || problems[0].Rule != typecheck.UnknownField {
			t.Errorf("%s: %+v %v", kind, problems, err)
		}
	}
}

// TestRulesOccur checks that every rule has an example.
func TestRulesOccur(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, ex := range append(typeExamples(), logicExamples()...) {
		for _, f := range ex.want {
			seen[f.rule] = true
		}
	}
	for _, rule := range typecheck.Rules() {
		if !seen[rule] {
			t.Errorf("there is no example of %s", rule)
		}
	}
}

// TestSameHints checks that the same problems get the hints that take long, of more than
// there is time for.
func TestSameHints(t *testing.T) {
	t.Parallel()
	const templates = 400
	var b strings.Builder
	for i := range templates {
		fmt.Fprintf(&b, `{{ define "t%d" }}{{ template "u%d" . }}{{ end }}`, i, i)
	}
	parsed, err := source.ParseTemplate("alertTemplate", b.String())
	if err != nil {
		t.Fatal(err)
	}
	first, _ := typecheck.CheckTemplate(event.KindAlert, parsed, nil)
	again, _ := typecheck.CheckTemplate(event.KindAlert, parsed, nil)
	if !slices.Equal(first, again) {
		t.Errorf("%v\nwant %v", again, first)
	}
}
