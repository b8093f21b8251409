package meeting

import (
	"context"
	"errors"
	"fmt"
	"io"

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
	kept    int // the number of events, if they are kept
	warn    func(...*event.Problem)
}

// Parse parses the template.
func (in *Input) Parse() (*webhook.Template, error) {
	return in.Template.Parse(webhook.WithLimits(in.options.Limits))
}

// Decode decodes an event's text and applies the changes of the command line. It is
// safe for concurrent use.
func (in *Input) Decode(doc event.Document) (event.Event, error) {
	if len(in.Samples) > 0 {
		return in.Sample(in.Samples[0])
	}
	ev, warnings, err := doc.Decode(in.Template.Kind)
	if err != nil {
		return event.Event{}, err
	}
	if len(warnings) > 0 && in.options.Strict {
		return event.Event{}, warnings[0]
	}
	in.warn(warnings...)
	ev = in.Template.WithFields(ev)
	return ev, in.change(&ev)
}

// Sample returns a built-in event as the template's webhook would get it, with the
// changes of the command line.
func (in *Input) Sample(sample event.Sample) (event.Event, error) {
	ev := in.Template.Sent(sample.Event.Clone())
	return ev, in.change(&ev)
}

// Each calls visit with every event and its name, in order.
func (in *Input) Each(visit func(name string, ev event.Event) error) error {
	for _, sample := range in.Samples {
		ev, err := in.Sample(sample)
		if err != nil {
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
		name := fmt.Sprintf("event %d", n)
		if in.options.Past {
			name = fmt.Sprintf("%s:%d, %d of %d", doc.Path, doc.Pos.Line, n, in.kept)
		}
		if err := visit(name, ev); err != nil {
			return err
		}
	}
	return nil
}

// Render calls visit with the message of every event, in order.
func (in *Input) Render(ctx context.Context, visit func(name string, message webhook.Message) error) error {
	tmpl, err := in.Parse()
	if err != nil {
		return err
	}
	return in.Each(func(name string, ev event.Event) error {
		message, err := tmpl.Render(ctx, ev)
		if err != nil {
			return err
		}
		return visit(name, message)
	})
}
