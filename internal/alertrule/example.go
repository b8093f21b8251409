package alertrule

import (
	"iter"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// ExampleLabels returns labels of a series that a rule's query could return.
func ExampleLabels(rule config.AlertRule) map[string]string {
	names, known := Labels(rule.Expression)
	if !known {
		names = []string{"instance", "job"}
	}
	values := map[string]string{"instance": "10.0.0.7:9100", "job": "node", "namespace": "shop", "pod": "checkout-7d9f8b6c5d-x2x9k", "container": "checkout"}
	labels := map[string]string{}
	for _, name := range names {
		labels[name] = name + "-1"
		if value := values[name]; value != "" {
			labels[name] = value
		}
	}
	return labels
}

// SentAsIs yields the templates of a rule that Coroot would execute but sends
// unchanged, each with the reason.
func SentAsIs(rule config.AlertRule) iter.Seq2[Part, error] {
	from := SourceOf(rule)
	data := Data(from, Sample{Labels: ExampleLabels(rule), Base: *event.DefaultSample(event.KindAlert).Event.Alert})
	return func(yield func(Part, error) bool) {
		for _, part := range []struct {
			name Part
			t    *config.Template
		}{{Summary, rule.Summary}, {Description, rule.Description}} {
			if part.t == nil || !Executed(from, part.name) {
				continue
			}
			if _, err := Execute(part.t.Text, data); err != nil && !yield(part.name, err) {
				return
			}
		}
	}
}
