package meeting

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Input is a template and the events to render it with.
type Input struct {
	Template workspace.Template
	Samples  []event.Sample                 // the built-in events, if those are used
	Next     func() (event.Document, error) // the next event's text, for Decode; io.EOF after the last one

	options Options
	warned  sync.Mutex
}

// Parse parses the template.
func (in *Input) Parse() (*webhook.Template, error) {
	return in.Template.Parse(webhook.WithLimits(in.options.Limits))
}

// Decode decodes an event's text and applies the changes of the command line. It is
// safe for concurrent use.
func (in *Input) Decode(doc event.Document) (event.Event, error) {
	var ev event.Event
	if len(in.Samples) > 0 {
		ev = in.sampleEvent(in.Samples[0])
	} else {
		var warnings []*event.Problem
		var err error
		if ev, warnings, err = doc.Decode(in.Template.Kind); err != nil {
			return event.Event{}, err
		}
		if len(warnings) > 0 && in.options.Strict {
			return event.Event{}, warnings[0]
		}
		in.warn(warnings)
	}
	return ev, in.Change(&ev)
}

func (in *Input) warn(warnings []*event.Problem) {
	if in.options.Warn == nil || len(warnings) == 0 {
		return
	}
	in.warned.Lock()
	defer in.warned.Unlock()
	for _, warning := range warnings {
		in.options.Warn(warning)
	}
}

// Each calls visit with every event and its name, in order.
func (in *Input) Each(visit func(name string, ev event.Event) error) error {
	for _, sample := range in.Samples {
		ev := in.sampleEvent(sample)
		if err := in.Change(&ev); err != nil {
			return err
		}
		if err := visit(sample.Name, ev); err != nil {
			return err
		}
	}
	for n := 1; len(in.Samples) == 0; n++ {
		doc, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		ev, err := in.Decode(doc)
		if err != nil {
			return err
		}
		if err := visit(fmt.Sprintf("event %d", n), ev); err != nil {
			return err
		}
	}
	return nil
}

// sampleEvent returns a built-in event as the webhook's Coroot would send it, with its
// base URL if that is known.
func (in *Input) sampleEvent(sample event.Sample) event.Event {
	if base := in.Template.BaseURL(); base != "" {
		return sample.Event.Rebase(base)
	}
	return sample.Event.Clone()
}

// Change applies the user's changes to an event.
func (in *Input) Change(ev *event.Event) error {
	return Changes{CustomFields: in.Template.CustomFields, Sets: in.options.Sets}.Apply(ev)
}
