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
	changes, err := f.changes()
	if err != nil {
		return nil, err
	}
	severities := map[string]lint.Severity{}
	for _, onLine := range []bool{false, true} {
		for _, c := range changes {
			if given[c.flag] != onLine {
				continue
			}
			if err := c.apply(severities); err != nil {
				return nil, err
			}
		}
	}
	return severities, nil
}

// change is what one value of a flag does to the severity of a rule.
type change struct {
	flag, id string
	severity func(lint.Rule) (lint.Severity, error)
}

// changes lists the changes of all flags, those of the weakest flag first.
func (f RuleFlags) changes() ([]change, error) {
	var all []change
	pairs, err := Pairs("severity", f.Severity)
	for _, pair := range pairs {
		all = append(all, change{"severity", pair[0], func(lint.Rule) (lint.Severity, error) { return lint.ParseSeverity(pair[1]) }})
	}
	for _, id := range f.Enable {
		all = append(all, change{"enable", id, func(r lint.Rule) (lint.Severity, error) { return r.Severity, nil }})
	}
	for _, id := range f.Disable {
		all = append(all, change{"disable", id, func(lint.Rule) (lint.Severity, error) { return lint.Off, nil }})
	}
	return all, err
}

func (c change) apply(severities map[string]lint.Severity) error {
	rule, err := lint.Find(c.id)
	if err != nil {
		return exit.Usage("", "--%s: %w", c.flag, err)
	}
	if severities[rule.ID], err = c.severity(rule); err != nil {
		return exit.Usage("", "--%s %s: %w", c.flag, c.id, err)
	}
	return nil
}
