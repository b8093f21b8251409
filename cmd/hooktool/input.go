package main

import (
	"io"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// input is a template and the events that it meets.
type input struct {
	app      *app
	flags    *inputFlags
	template templateSource
	kind     event.Kind
	changes  changes
	next     func() (event.Document, error)
	fixed    *event.Event // instead of next: the sample
	warned   sync.Mutex
}

// openInput reads the template and gets ready to read the events.
func (a *app) openInput(f *inputFlags, template string, events []string) (*input, error) {
	if f.sample != "" && len(events) > 0 {
		return nil, usageError("leave one of them out", "--sample and an event file exclude each other")
	}
	if template == "-" {
		for _, path := range events {
			if path == "-" {
				return nil, usageError("give one of them as a file", "the template and the event cannot both come from standard input")
			}
		}
	}
	in := &input{app: a, flags: f}
	var base map[string]string
	var err error
	if in.template, base, err = a.chooseTemplate(f, template); err != nil {
		return nil, err
	}
	if in.changes, err = f.changes(base); err != nil {
		return nil, err
	}
	if in.kind, err = f.resolveKind(in.template.kind); err != nil {
		return nil, err
	}
	if err := in.chooseEvents(events); err != nil {
		return nil, err
	}
	if in.kind == "" {
		return nil, errNoKind(in.template.path)
	}
	return in, nil
}

// chooseTemplate takes the template from a file, or from the webhook that
// --webhook names.
func (a *app) chooseTemplate(f *inputFlags, path string) (templateSource, map[string]string, error) {
	if path == "" {
		return templateSource{}, nil, usageError("usage: hooktool render TEMPLATE [EVENT...]", "no template was given")
	}
	source, err := a.readTemplate(path)
	return source, nil, err
}

// chooseEvents decides where the events come from, and if need be takes the
// kind of the template from them.
func (in *input) chooseEvents(paths []string) error {
	if len(paths) > 0 {
		files := &eventFiles{app: in.app, paths: paths}
		in.next = files.next
		if in.kind == "" {
			return in.kindOfFirstEvent()
		}
		return nil
	}
	sample := event.Sample{}
	switch {
	case in.flags.sample != "":
		var err error
		if sample, err = sampleEvent(in.flags.sample); err != nil {
			return err
		}
		if in.kind == "" {
			in.kind = sample.Kind
		}
	case in.kind != "":
		sample = event.DefaultSample(in.kind)
	default:
		return nil
	}
	if sample.Kind != in.kind {
		return usageError("choose a sample of its kind: see hooktool samples", "the sample %s is of kind %s, but the template is for kind %s", sample.Name, sample.Kind, in.kind)
	}
	in.fixed = &sample.Event
	given := false
	in.next = func() (event.Document, error) {
		if given {
			return event.Document{}, io.EOF
		}
		given = true
		return event.Document{}, nil
	}
	return nil
}

// kindOfFirstEvent reads one event ahead to learn the kind.
func (in *input) kindOfFirstEvent() error {
	rest := in.next
	first, err := rest()
	if err != nil {
		return err
	}
	if in.kind, err = first.DetectKind(); err != nil {
		return err
	}
	pending := true
	in.next = func() (event.Document, error) {
		if pending {
			pending = false
			return first, nil
		}
		return rest()
	}
	return nil
}

// parse parses the template.
func (in *input) parse(limits webhook.Limits) (*webhook.Template, error) {
	return webhook.Parse(in.kind, in.template.path, in.template.text, webhook.WithLimits(limits))
}

// decode turns an event's text into the event, with what the command line
// changes in it. It is called from many goroutines.
func (in *input) decode(doc event.Document) (event.Event, error) {
	var ev event.Event
	if in.fixed != nil {
		ev = in.fixed.Clone()
	} else {
		var warnings []*event.Problem
		var err error
		if ev, warnings, err = doc.Decode(in.kind); err != nil {
			return event.Event{}, err
		}
		if len(warnings) > 0 && in.flags.strict {
			return event.Event{}, warnings[0]
		}
		in.warn(warnings)
	}
	return ev, in.changes.apply(&ev)
}

func (in *input) warn(warnings []*event.Problem) {
	if in.app.quiet || len(warnings) == 0 {
		return
	}
	in.warned.Lock()
	defer in.warned.Unlock()
	for _, warning := range warnings {
		printProblem(in.app.err, in.app.errPalette(), "warning", describe(warning))
	}
}

// splitArgs tells the template from the events. With a webhook from the
// configuration the template may be left out; then a first argument that looks
// like an event file is one.
func splitArgs(args []string, hasWebhook bool) (template string, events []string) {
	if len(args) == 0 {
		return "", nil
	}
	if hasWebhook && looksLikeEvent(args[0]) {
		return "", args
	}
	return args[0], args[1:]
}
