package option

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/lint"
)

// TestRuleSeverities checks that the command line overrides files, whichever flags they
// are.
func TestRuleSeverities(t *testing.T) {
	rule, err := lint.Find("json-unescaped")
	if err != nil {
		t.Fatal(err)
	}
	own := []string{rule.ID}
	for _, c := range []struct {
		name  string
		flags RuleFlags
		given []string
		want  lint.Severity
	}{
		{"file disables, line enables", RuleFlags{Enable: own, Disable: own}, []string{"enable"}, rule.Severity},
		{"file enables, line disables", RuleFlags{Enable: own, Disable: own}, []string{"disable"}, lint.Off},
		{"file disables, line changes", RuleFlags{Severity: []string{rule.ID + "=info"}, Disable: own}, []string{"severity"}, lint.Info},
		{"file does both", RuleFlags{Enable: own, Disable: own}, nil, lint.Off},
		{"line does both", RuleFlags{Enable: own, Disable: own}, []string{"enable", "disable"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			given := map[string]bool{}
			for _, name := range c.given {
				given[name] = true
			}
			severities, err := RuleSeverities(c.flags, given)
			if c.want == "" {
				if err == nil || !strings.Contains(err.Error(), "--enable json-unescaped and --disable json-unescaped cannot be used together") {
					t.Errorf("error %v", err)
				}
				return
			}
			if got := severities[rule.ID]; err != nil || got != c.want {
				t.Errorf("severity %q, error %v, want %q", got, err, c.want)
			}
		})
	}
}
