package option

import (
	"slices"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/lint"
)

// RuleFlags are the flags that change the severities of rules.
type RuleFlags struct{ Severity, Enable, Disable []string }

// RuleSeverities merges --severity, --enable and --disable, in increasing order of
// precedence. Those given on the command line override the others, which are from the
// environment and files.
func RuleSeverities(f RuleFlags, given map[string]bool) (map[string]lint.Severity, error) {
	if given["enable"] && given["disable"] {
		for _, id := range f.Enable {
			if slices.Contains(f.Disable, id) {
				return nil, exit.Usage("remove one of them", "--enable %s and --disable %s cannot be used together", id, id)
			}
		}
	}
	severities := map[string]lint.Severity{}
	for _, onLine := range []bool{false, true} {
		for _, c := range f.changes() {
			if given[c.flag] == onLine {
				severities[c.id] = c.severity
			}
		}
	}
	return severities, nil
}

// change is what one value of a flag does to the severity of a rule.
type change struct {
	flag, id string
	severity lint.Severity
}

// changes lists the changes of all flags, those of the weakest flag first.
func (f RuleFlags) changes() []change {
	var all []change
	for _, pair := range Pairs(f.Severity) {
		severity, _ := lint.ParseSeverity(pair[1]) // the flag accepts no other
		all = append(all, change{"severity", pair[0], severity})
	}
	for _, id := range f.Enable {
		rule, _ := lint.ByID(id) // as above
		all = append(all, change{"enable", id, rule.Severity})
	}
	for _, id := range f.Disable {
		all = append(all, change{"disable", id, lint.Off})
	}
	return all
}
