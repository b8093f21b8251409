package lint

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// PathSeverities sets the severities of rules for some files.
type PathSeverities struct {
	Match      func(path string) bool
	Severities map[string]Severity
}

// Find returns the rule with an ID. The error is a *source.Problem that suggests the
// closest ID.
func Find(id string) (Rule, error) {
	rule, ok := ByID(id)
	if !ok {
		return Rule{}, &source.Problem{
			Message: fmt.Sprintf("there is no rule %q", id), Hint: words.Suggest(id, IDs(), "hooktool explain lists the rules"),
		}
	}
	return rule, nil
}

// PathsOf returns the rule severities from configuration files, given from lowest to
// highest precedence. The error joins a *source.Problem for each mistake.
func PathsOf(files ...*config.File) ([]PathSeverities, error) {
	var (
		all   []PathSeverities
		wrong []error
	)
	for _, file := range files {
		for _, rules := range file.Rules {
			p := PathSeverities{Match: workspace.GlobBelow(filepath.Dir(file.Path), rules.Pattern), Severities: map[string]Severity{}}
			for _, setting := range rules.Rules {
				severity, err := severityIn(setting)
				wrong = append(wrong, err)
				p.Severities[setting.Rule] = severity
			}
			all = append(all, p)
		}
	}
	return all, errors.Join(wrong...)
}

func severityIn(setting config.RuleSetting) (Severity, error) {
	_, err := Find(setting.Rule)
	severity, wrong := ParseSeverity(setting.Severity)
	if err == nil {
		err = wrong
	}
	if err == nil {
		return severity, nil
	}
	problem := source.ProblemOf(err)
	problem.Path, problem.Pos = setting.Path, setting.Pos
	return "", problem
}
