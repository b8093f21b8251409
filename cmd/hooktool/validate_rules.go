package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// pathSeverities returns what the configuration says of rules, the weakest
// first.
func (a *app) pathSeverities() ([]lint.PathSeverities, error) {
	var all []lint.PathSeverities
	var wrong []error
	for _, file := range a.config.Configs() {
		for _, rules := range file.Rules {
			p := lint.PathSeverities{Match: workspace.GlobBelow(filepath.Dir(file.Path), rules.Pattern), Severities: map[string]lint.Severity{}}
			for _, setting := range rules.Rules {
				severity, err := readRuleSetting(setting)
				if err != nil {
					wrong = append(wrong, err)
				}
				p.Severities[setting.Rule] = severity
			}
			all = append(all, p)
		}
	}
	if len(wrong) > 0 {
		return nil, misused(errors.Join(wrong...))
	}
	return all, nil
}

func readRuleSetting(setting config.RuleSetting) (lint.Severity, error) {
	problem := &source.Problem{Path: setting.Path, Pos: setting.Pos}
	if _, ok := lint.ByID(setting.Rule); !ok {
		problem.Message = fmt.Sprintf("there is no rule %q", setting.Rule)
		problem.Hint = words.Suggest(setting.Rule, lint.IDs(), "hooktool explain lists the rules")
		return "", problem
	}
	severity, err := lint.ParseSeverity(setting.Severity)
	if err != nil {
		problem.Message = err.Error()
		return "", problem
	}
	return severity, nil
}
