package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/event"
)

// ruleFlags choose an alerting rule in Coroot's configuration, and an alert that it
// would make.
type ruleFlags struct {
	id     string
	labels []string
	value  float32
}

// defaultRuleValue is the default result of a rule's query.
const defaultRuleValue = 1

func (f *ruleFlags) register(a *app, cmd *cobra.Command) {
	f.value = defaultRuleValue
	option.Define(cmd, "rule", &f.id, "label", &f.labels, "value", &f.value)
	option.CompleteBy(cmd, "rule", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		a.completing()
		return alertrule.IDs(a.config.Projects()), cobra.ShellCompDirectiveNoFileComp
	})
}

// sample returns the alert of the rule; base is the name of the sample that provides
// what the rule does not determine.
func (f *ruleFlags) sample(a *app, base string) (event.Sample, error) {
	return meeting.Rule{ID: f.id, Labels: option.Values(f.labels), Value: f.value, Base: base}.Sample(a.config.Projects(), func(name string, err error) {
		a.note("Coroot sends the %s of the rule %s unrendered: %v", name, f.id, err)
	})
}
