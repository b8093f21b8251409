package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// inputFlags are the flags that choose templates and events. They mean the same in
// every command that has them.
type inputFlags struct {
	templateFlags
	sets   []string
	sample string
	states string
	past   []string // files with past events
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

func (f *inputFlags) registerStates(cmd *cobra.Command) {
	f.states = option.StatesOne
	option.Define(cmd, "states", &f.states)
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

// sameFlags returns those of some flags that were given on the command line, each with
// its value, for another command. Names and values alternate.
func (a *app) sameFlags(flags ...string) []string {
	var words []string
	for i := 0; i+1 < len(flags); i += 2 {
		if a.given[flags[i]] {
			words = append(words, "--"+flags[i], printable.ShellWord(flags[i+1]))
		}
	}
	return words
}

// webhookVar defines --webhook for one name or several.
func (a *app) webhookVar(cmd *cobra.Command, value any, usage string) {
	option.DefineAs(cmd, "webhook", value, usage)
	option.CompleteBy(cmd, "webhook", a.completeWebhooks)
}
