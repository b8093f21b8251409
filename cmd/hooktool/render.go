package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const renderLong = `Print the body that Coroot would post, byte for byte.

An EVENT is a JSON file with what {{ json . }} prints in Coroot: one object, an
array of objects, or one object a line. "-" is standard input. Without an EVENT
a built-in sample of the template's kind is used.

Several events give one body after another, each followed by a line break. They
are read and rendered as a stream, in order, on all cores.`

const renderExample = `  hooktool render alert.tmpl
  hooktool render incident.tmpl event.json
  hooktool render --sample deployment-stuck deployment.tmpl
  hooktool render --set status=WARNING --set 'reports[0].message=say "hi"' incident.tmpl
  zcat incidents.ndjson.gz | hooktool render incident.tmpl - --format ndjson`

type renderOptions struct {
	app *app
	inputFlags
	format   string
	raw      bool
	template string
	events   []string
}

func newRenderCmd(a *app) *cobra.Command {
	opts := renderOptions{app: a}
	cmd := &cobra.Command{
		Use:     "render TEMPLATE [EVENT...]",
		Short:   "Print the body that Coroot would post",
		Long:    renderLong,
		Example: renderExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.template, opts.events = splitArgs(args, opts.webhook != "")
			return opts.run(cmd.Context())
		},
	}
	opts.register(cmd)
	cmd.Flags().StringVar(&opts.format, "format", "text", "print bodies as `text` or ndjson")
	cmd.Flags().BoolVar(&opts.raw, "raw", false, "print the body before Coroot repairs line breaks")
	completeWith(cmd, "format", "text", "ndjson")
	return cmd
}

func (o *renderOptions) run(ctx context.Context) error {
	if err := oneOf("format", o.format, "text", "ndjson"); err != nil {
		return err
	}
	in, err := o.app.openInput(&o.inputFlags, o.template, o.events)
	if err != nil {
		return err
	}
	tmpl, err := in.parse(o.limits)
	if err != nil {
		return err
	}
	out := &bodyWriter{app: o.app, raw: o.raw, w: bufio.NewWriterSize(o.app.out, 64<<10), ndjson: o.format == "ndjson"}
	err = webhook.Stream{Template: tmpl, Next: in.next, Decode: in.decode, Emit: out.emit}.Run(ctx)
	if closeErr := out.close(err == nil); closeErr != nil {
		return closeErr
	}
	if err == nil && out.count == 0 {
		o.app.note("there is no event in the input, so there is nothing to print")
	}
	return err
}

// bodyWriter prints bodies. A single one is printed without a byte more, except
// on a terminal.
type bodyWriter struct {
	app    *app
	w      *bufio.Writer
	raw    bool
	ndjson bool
	count  int
	last   byte // of what was printed
}

func (b *bodyWriter) emit(index int, message webhook.Message) error {
	body := message.Body
	if b.raw {
		body = message.Rendered
	}
	if b.ndjson {
		line, err := ndjsonLine(index, body)
		if err != nil {
			return err
		}
		body = line
	} else if index > 0 {
		b.write([]byte("\n"))
	}
	b.count++
	return b.write(body)
}

func (b *bodyWriter) write(p []byte) error {
	if len(p) > 0 {
		b.last = p[len(p)-1]
	}
	if _, err := b.w.Write(p); err != nil {
		return writeError(err)
	}
	return nil
}

// close ends the output: several bodies are each followed by a line break.
func (b *bodyWriter) close(complete bool) error {
	if !b.ndjson && (b.count > 1 || complete && b.count == 1 && b.last != '\n' && terminal.IsTerminal(b.app.out)) {
		b.write([]byte("\n"))
	}
	if err := b.w.Flush(); err != nil {
		return writeError(err)
	}
	return nil
}

func writeError(err error) error {
	return failed("what was printed so far may be incomplete", "write output: %w", err)
}

// ndjsonLine is one line of --format ndjson.
func ndjsonLine(index int, body []byte) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Index int    `json:"index"`
		Body  string `json:"body"`
	}{index, string(body)})
	return b.Bytes(), err
}

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

// note says something on stderr that is neither an error nor a warning.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, "hooktool: "+format+"\n", args...)
	}
}

// oneOf checks the value of a flag that takes one of a few words.
func oneOf(flag, value string, words ...string) error {
	for _, word := range words {
		if value == word {
			return nil
		}
	}
	hint := ""
	if nearest := nearestWord(value, words); nearest != "" {
		hint = fmt.Sprintf("did you mean %s?", nearest)
	}
	return usageError(hint, "--%s %q is not known; it must be one of %v", flag, value, words)
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
