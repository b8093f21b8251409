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
		for _, flag := range []struct {
			name  string
			apply func(map[string]lint.Severity) error
		}{{"severity", f.change}, {"enable", f.enable}, {"disable", f.disable}} {
			if given[flag.name] != onLine {
				continue
			}
			if err := flag.apply(severities); err != nil {
				return nil, err
			}
		}
	}
	return severities, nil
}

func (f RuleFlags) change(severities map[string]lint.Severity) error {
	pairs, err := Pairs("severity", f.Severity)
	for _, pair := range pairs {
		if err == nil {
			err = setSeverity(severities, "severity", pair[0], func(lint.Rule) (lint.Severity, error) { return lint.ParseSeverity(pair[1]) })
		}
	}
	return err
}

func (f RuleFlags) enable(severities map[string]lint.Severity) error {
	for _, id := range f.Enable {
		if err := setSeverity(severities, "enable", id, func(r lint.Rule) (lint.Severity, error) { return r.Severity, nil }); err != nil {
			return err
		}
	}
	return nil
}

func (f RuleFlags) disable(severities map[string]lint.Severity) error {
	for _, id := range f.Disable {
		if err := setSeverity(severities, "disable", id, func(lint.Rule) (lint.Severity, error) { return lint.Off, nil }); err != nil {
			return err
		}
	}
	return nil
}

func setSeverity(severities map[string]lint.Severity, flag, id string, severity func(lint.Rule) (lint.Severity, error)) error {
	rule, err := lint.Find(id)
	if err != nil {
		return exit.Usage("", "--%s: %w", flag, err)
	}
	if severities[rule.ID], err = severity(rule); err != nil {
		return exit.Usage("", "--%s %s: %w", flag, id, err)
	}
	return nil
}
