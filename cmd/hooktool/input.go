package main

import (
	"io"
	"sync"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// input is a template and the events that it meets.
type input struct {
	app      *app
	flags    *inputFlags
	hook     *config.Webhook // that --webhook names
	template templateSource
	kind     event.Kind
	changes  changes
	next     func() (event.Document, error)
	samples  []event.Sample // one, instead of next
	warned   sync.Mutex
}

// openInput reads the template and gets ready to read the events. Without a
// template it is that of the webhook for the kind of event.
func (a *app) openInput(f *inputFlags, template string, events []string) (*input, error) {
	if err := f.checkArgs(template, events); err != nil {
		return nil, err
	}
	if err := checkDestination(f.destination); err != nil {
		return nil, err
	}
	in := &input{app: a, flags: f}
	if err := in.chooseWebhook(); err != nil {
		return nil, err
	}
	if template != "" {
		var err error
		if in.template, err = a.readTemplate(template); err != nil {
			return nil, err
		}
	}
	var err error
	if in.kind, err = f.resolveKind(in.template.kind); err != nil {
		return nil, err
	}
	if in.kind == "" && template == "" && f.sample == "" && len(events) == 0 {
		in.kind = onlyKind(in.hook)
	}
	if err := in.chooseEvents(events); err != nil {
		return nil, err
	}
	if in.kind == "" {
		return nil, in.errNoKind()
	}
	if template == "" {
		if err := in.readWebhookTemplate(); err != nil {
			return nil, err
		}
	}
	in.detail()
	return in, nil
}

// detail says with --verbose what was chosen.
func (in *input) detail() {
	meets := "the events that were given"
	if len(in.samples) > 0 {
		meets = "the built-in event " + in.samples[0].Name
	}
	in.app.detail("%s is read as a template for kind %s, and meets %s", in.template.path, in.kind, meets)
}

// checkArgs refuses arguments that exclude each other.
func (f *inputFlags) checkArgs(template string, events []string) error {
	switch {
	case template == "" && f.webhook == "":
		return usageError("give a template, or the name of a webhook in the configuration with --webhook", "no template was given")
	case f.sample != "" && len(events) > 0:
		return usageError("leave one of them out", "--sample and an event file exclude each other")
	case countStdin(append([]string{template}, events...)) > 1:
		return usageError("give the others as files", "standard input, which is -, can be read only once")
	}
	return f.checkLimits()
}

func countStdin(paths []string) (n int) {
	for _, path := range paths {
		if path == "-" {
			n++
		}
	}
	return n
}

// chooseWebhook takes the custom fields of the webhook that --webhook names.
func (in *input) chooseWebhook() error {
	var fields map[string]string
	if in.flags.webhook != "" {
		hook, err := in.app.webhook(in.flags.webhook)
		if err != nil {
			return err
		}
		in.hook = &hook
		if fields, err = hook.CustomFields(in.app.getenv); err != nil {
			return configError(err)
		}
	}
	var err error
	in.changes, err = in.flags.changes(fields)
	return err
}

// onlyKind returns the kind for which a webhook has a template, if it has but
// one.
func onlyKind(hook *config.Webhook) event.Kind {
	if len(hook.Templates) != 1 {
		return ""
	}
	for kind := range hook.Templates {
		return kind
	}
	return ""
}

// readWebhookTemplate takes the template from the webhook's definition.
func (in *input) readWebhookTemplate() error {
	t, ok := in.hook.Templates[in.kind]
	if !ok {
		return usageError("add "+in.kind.TemplateName()+" or "+in.kind.TemplateName()+"File to it",
			"webhook %q has no template for kind %s", in.hook.Name, in.kind)
	}
	text, err := t.Read()
	if err != nil {
		return templateReadError(exitUsage, *in.hook, t, err)
	}
	in.template = templateSource{path: t.Path, text: text, kind: in.kind}
	if !t.File { // the place is in the text, not in the configuration
		in.template.path = t.Path + "(" + in.hook.Name + "." + in.kind.TemplateName() + ")"
	}
	return nil
}

func (in *input) errNoKind() error {
	if in.hook != nil && in.template.path == "" {
		return usageError("choose one with --type, with --sample, or by an event",
			"webhook %q has templates for several kinds", in.hook.Name)
	}
	return errNoKind(in.template.path)
}

// chooseEvents decides where the events come from, and if need be takes the
// kind of the template from them.
func (in *input) chooseEvents(paths []string) error {
	if len(paths) > 0 {
		if err := checkFiles(paths); err != nil {
			return err
		}
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
	in.samples = []event.Sample{sample}
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
	if len(in.samples) > 0 {
		ev = in.samples[0].Event.Clone()
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
		printProblem(in.app.err, in.app.errPalette(), "warning", warning)
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
