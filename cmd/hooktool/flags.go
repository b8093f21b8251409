package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
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
	option.Limits(cmd, &f.limits, limits)
	option.CompleteBy(cmd, "sample", option.Samples)
}

// onlyText refuses flags of the command line that have no effect but on text. Where
// they are settings they say how text is to look, whenever there is some.
func (a *app) onlyText(format string, flags ...string) error {
	for _, flag := range flags {
		if a.given[flag] && format != "text" {
			return exit.Usage("leave one of them out", "--%s is for --format text, not for %s", flag, format)
		}
	}
	return nil
}

// webhookVar defines --webhook.
func (a *app) webhookVar(cmd *cobra.Command, value *string, usage string) {
	cmd.Flags().StringVarP(value, "webhook", "w", "", usage)
	option.CompleteBy(cmd, "webhook", a.completeWebhooks)
}
