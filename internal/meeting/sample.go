package meeting

import (
	"github.com/hooktool/hooktool/internal/alertrule"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// BuiltIn returns the built-in event with a name.
func BuiltIn(name string) (event.Sample, error) {
	sample, ok := event.SampleByName(name)
	if ok {
		return sample, nil
	}
	hint := words.Suggest(name, event.SampleNames(), "hooktool samples lists them")
	if kind, err := event.ParseKind(name); err == nil {
		hint = "hooktool samples --type " + kind.String() + " lists those of this kind"
	}
	return event.Sample{}, misuse(hint, "there is no sample %q", name)
}

// Rule is an alerting rule in Coroot's configuration, and what it finds.
type Rule struct {
	ID     string
	Labels map[string]string // none: examples for its query
	Value  float32           // that its query returns
	Base   string            // the sample that has what the rule does not determine; empty: the default
}

// Sample returns the alert that the rule makes. unrendered is called with the name of
// each template of the rule that Coroot sends as it is, and why.
func (r Rule) Sample(projects []config.Project, unrendered func(name string, err error)) (event.Sample, error) {
	rule, ok := alertrule.Find(projects, r.ID)
	if !ok {
		hint := "this configuration has no alerting rules: give Coroot's with --config"
		if ids := alertrule.IDs(projects); len(ids) > 0 {
			hint = words.Suggest(r.ID, ids, "the rules are "+words.And(ids))
		}
		return event.Sample{}, misuse(hint, "there is no alerting rule %q in the configuration", r.ID)
	}
	sample := event.DefaultSample(event.KindAlert)
	if r.Base != "" {
		var err error
		if sample, err = BuiltIn(r.Base); err != nil {
			return event.Sample{}, err
		}
		if sample.Kind != event.KindAlert {
			return event.Sample{}, misuse("choose a sample of an alert: see hooktool samples", "a rule makes alerts, but the sample %s is of the kind %s", r.Base, sample.Kind)
		}
	}
	if len(r.Labels) == 0 && alertrule.SourceOf(rule) == alertrule.PromQL {
		r.Labels = alertrule.ExampleLabels(rule)
	}
	for name, err := range alertrule.SentAsIs(rule) {
		unrendered(string(name), err)
	}
	alert := alertrule.Alert(rule, alertrule.Sample{Labels: r.Labels, Value: r.Value, Base: *sample.Event.Alert})
	return event.Sample{Name: "rule " + r.ID, Kind: event.KindAlert, Doc: "an alert of this rule", Event: event.Event{Alert: &alert}}, nil
}
