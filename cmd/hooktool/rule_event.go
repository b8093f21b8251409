package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/internal/words"
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

// sample returns the alert of the rule; name is the sample that provides what the rule
// does not determine.
func (f *ruleFlags) sample(a *app, name string) (event.Sample, error) {
	rule, ok := alertrule.Find(a.config.Projects(), f.id)
	if !ok {
		ids := alertrule.IDs(a.config.Projects())
		hint := "this configuration has no alerting rules: give Coroot's with --config"
		if len(ids) > 0 {
			hint = words.Suggest(f.id, ids, "the rules are "+words.And(ids))
		}
		return event.Sample{}, exit.Usage(hint, "there is no alerting rule %q in the configuration", f.id)
	}
	base := event.DefaultSample(event.KindAlert)
	if name != "" {
		var err error
		if base, err = sampleEvent(name); err != nil {
			return event.Sample{}, err
		}
		if base.Kind != event.KindAlert {
			return event.Sample{}, exit.Usage("choose a sample of an alert: see hooktool samples", "a rule makes alerts, but the sample %s is of the kind %s", name, base.Kind)
		}
	}
	labels := option.Values(f.labels)
	if len(labels) == 0 && alertrule.SourceOf(rule) == alertrule.PromQL {
		labels = alertrule.ExampleLabels(rule)
	}
	for name, err := range alertrule.SentAsIs(rule) {
		a.note("Coroot sends the %s of the rule %s unrendered: %v", name, rule.ID, err)
	}
	alert := alertrule.Alert(rule, alertrule.Sample{Labels: labels, Value: f.value, Base: *base.Event.Alert})
	base.Name, base.Event = "rule "+f.id, event.Event{Alert: &alert}
	return base, nil
}
