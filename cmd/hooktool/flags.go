package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// inputFlags are the flags that say which template meets which event. They mean
// the same in every command that has them.
type inputFlags struct {
	templateFlags
	sets   []string
	sample string
	rule   ruleFlags
	strict bool
	limits webhook.Limits
}

func (f *inputFlags) register(a *app, cmd *cobra.Command, limits webhook.Limits) {
	f.templateFlags.register(a, cmd)
	f.rule.value = defaultRuleValue
	flags := cmd.Flags()
	flags.StringArrayVar(&f.sets, "set", nil, "change a field of the event, as `PATH=VALUE`; repeatable")
	flags.StringVar(&f.sample, "sample", "", "use the built-in event of this `name`; see hooktool samples")
	flags.BoolVar(&f.strict, "strict", false, "treat warnings about the event as errors")
	limitsVar(cmd, &f.limits, limits)
	completeBy(cmd, "sample", completeSamples)
}

// limitsVar defines --max-time and --max-output.
func limitsVar(cmd *cobra.Command, limits *webhook.Limits, usual webhook.Limits) {
	*limits = usual
	cmd.Flags().DurationVar(&limits.Time, "max-time", limits.Time, "stop a template that runs longer; 0 means no limit")
	cmd.Flags().IntVar(&limits.Output, "max-output", limits.Output, "stop a template that prints more `bytes`; 0 means no limit")
}

// parseKind reads a kind as the user writes it.
func parseKind(name string) (event.Kind, error) {
	kind, err := event.ParseKind(name)
	if err != nil {
		hint := words.Suggest(name, event.KindNames(), "")
		return "", usageError(hint, "%w", err)
	}
	return kind, nil
}

// checkLimits refuses limits that would be none.
func checkLimits(limits *webhook.Limits) error {
	switch {
	case limits.Time < 0:
		return usageError("0 means no limit", "--max-time %s must not be negative", limits.Time)
	case limits.Output < 0:
		return usageError("0 means no limit", "--max-output %d must not be negative", limits.Output)
	}
	*limits = turnsFor(*limits)
	return nil
}

// turnsFor counts another time than the usual one in turns of loops too, each of
// which takes about a microsecond.
func turnsFor(l webhook.Limits) webhook.Limits {
	if l.Time != webhook.DefaultLimits().Time {
		l.Turns = int(l.Time / time.Microsecond)
	}
	return l
}

// pairs splits KEY=VALUE flags.
func pairs(flag string, values []string) ([][2]string, error) {
	var list [][2]string
	for _, value := range values {
		key, text, ok := strings.Cut(value, "=")
		if !ok || key == "" {
			return nil, usageError(fmt.Sprintf("write --%s KEY=VALUE", flag), "--%s %q has no key and value", flag, value)
		}
		list = append(list, [2]string{key, text})
	}
	return list, nil
}

// valuesOf is pairs where the last value of a key counts.
func valuesOf(flag string, list []string) (map[string]string, error) {
	given, err := pairs(flag, list)
	values := map[string]string{}
	for _, pair := range given {
		values[pair[0]] = pair[1]
	}
	return values, err
}

// oneWord checks a value that is one of a few words; what says what it is.
func oneWord(what, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	hint := words.Suggest(value, allowed, "")
	return usageError(hint, "%s %q is not known; it must be %s", what, value, words.Or(allowed))
}
