package option

import (
	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/lint"
)

// RuleSeverities merges --severity, --enable and --disable, in increasing order of
// precedence.
func RuleSeverities(changed, enable, disable []string) (map[string]lint.Severity, error) {
	severities := map[string]lint.Severity{}
	set := func(flag, id string, severity func(lint.Rule) (lint.Severity, error)) error {
		rule, err := lint.Find(id)
		if err != nil {
			return exit.Usage("", "--%s: %w", flag, err)
		}
		severities[rule.ID], err = severity(rule)
		if err != nil {
			return exit.Usage("", "--%s %s: %w", flag, id, err)
		}
		return nil
	}
	pairs, err := Pairs("severity", changed)
	if err != nil {
		return nil, err
	}
	for _, pair := range pairs {
		if err := set("severity", pair[0], func(lint.Rule) (lint.Severity, error) { return lint.ParseSeverity(pair[1]) }); err != nil {
			return nil, err
		}
	}
	for _, id := range enable {
		if err := set("enable", id, func(r lint.Rule) (lint.Severity, error) { return r.Severity, nil }); err != nil {
			return nil, err
		}
	}
	for _, id := range disable {
		if err := set("disable", id, func(lint.Rule) (lint.Severity, error) { return lint.Off, nil }); err != nil {
			return nil, err
		}
	}
	return severities, nil
}
