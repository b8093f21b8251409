package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// inputFlags are the flags that choose templates and events. They mean the same in
// every command that has them.
type inputFlags struct {
	templateFlags
	sets   []string
	sample string
	rule   ruleFlags
	strict bool
	limits webhook.Limits
	lines  bool // each line of the input is one event
}

func (f *inputFlags) register(a *app, cmd *cobra.Command, limits webhook.Limits) {
	f.templateFlags.register(a, cmd)
	f.rule.value = defaultRuleValue
	f.limits = limits
	option.Define(cmd, "set", &f.sets, "sample", &f.sample, "strict", &f.strict, "max-time", &f.limits.Time, "max-output", &f.limits.Output)
}

// onlyText rejects flags on the command line that only affect text output. As settings,
// they are allowed: they apply whenever there is text.
func (a *app) onlyText(format string, flags ...string) error {
	for _, flag := range flags {
		if a.given[flag] && format != "text" {
			return exit.Usage("leave one of them out", "--%s is for --format text, not for %s", flag, format)
		}
	}
	return nil
}

// webhookVar defines --webhook for one name or several.
func (a *app) webhookVar(cmd *cobra.Command, value any, usage string) {
	option.DefineAs(cmd, "webhook", value, usage)
	option.CompleteBy(cmd, "webhook", a.completeWebhooks)
}
