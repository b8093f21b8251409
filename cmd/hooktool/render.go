package main

import (
	"bufio"
	"context"
	"encoding/json"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const renderLong = `Print the body that Coroot would post, byte for byte.

An EVENT is a JSON file with what {{ json . }} prints in Coroot: one object, an
array of objects, or one object a line. "-" is standard input. Without an EVENT
a built-in sample of the template's kind is used.

Several events give one body after another, each followed by a line break. They
are read and rendered as a stream, in order, on all cores.

As a stage of a pipeline, --format ndjson --follow prints each body as soon as
its event was read, and --on-error emit prints a line with the error instead of
the body of an event that fails, continues, and exits with 1 at the end.`

const renderExample = `  hooktool render alert.tmpl
  hooktool render incident.tmpl event.json
  hooktool render --sample deployment-stuck deployment.tmpl
  hooktool render --set status=WARNING --set 'reports[0].message=say "hi"' incident.tmpl
  zcat incidents.ndjson.gz | hooktool render incident.tmpl - --format ndjson
  tail -f events.ndjson | hooktool render alert.tmpl - --format ndjson --follow --on-error emit`

type renderOptions struct {
	app *app
	inputFlags
	format   string
	raw      bool
	follow   bool
	onError  string
	template string
	events   []string
}

// What becomes of an event that fails.
const (
	onErrorStop = "stop"
	onErrorEmit = "emit"
)

func newRenderCmd(a *app) *cobra.Command {
	opts := renderOptions{app: a, onError: onErrorStop}
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
	opts.register(a, cmd, webhook.DefaultLimits())
	opts.rule.register(a, cmd)
	option.Format(cmd, &opts.format, "text", "ndjson")
	option.Define(cmd, "raw", &opts.raw, "follow", &opts.follow, "on-error", &opts.onError)
	return cmd
}

func (o *renderOptions) run(ctx context.Context) error {
	if o.format != "ndjson" && (o.follow || o.onError == onErrorEmit) {
		return exit.Usage("add --format ndjson", "--follow and --on-error emit are for lines of JSON")
	}
	in, err := o.app.openInput(&o.inputFlags, o.template, o.events)
	if err != nil {
		return err
	}
	tmpl, err := in.Parse()
	if err != nil {
		return err
	}
	o.app.relaxGC()
	out := &bodyWriter{app: o.app, raw: o.raw, w: bufio.NewWriterSize(asIs(o.app.out), 64<<10), ndjson: o.format == "ndjson", follow: o.follow}
	stream := webhook.Stream{Template: tmpl, Next: in.Next, Decode: in.Decode, Emit: out.emit, Follow: o.follow}
	if o.onError == onErrorEmit {
		stream.OnError = out.emitError
	}
	err = stream.Run(ctx)
	if closeErr := out.close(err == nil); closeErr != nil {
		return closeErr
	}
	if err == nil && out.failed > 0 {
		o.app.note("%s of %d could not be rendered", words.Count(out.failed, "event"), out.count)
		return exit.Status(exit.Findings)
	}
	if err == nil && out.count == 0 {
		o.app.note("there is no event in the input, so there is nothing to print")
	}
	return err
}

// The collector's settings while events stream: what lives is small, so it need
// not run often, and the limit keeps the memory flat anyway.
const (
	streamGCPercent   = 400
	streamMemoryLimit = 48 << 20
)

// relaxGC lets the garbage collector run less often, unless the user has said
// how often it should.
func (a *app) relaxGC() {
	if a.getenv("GOGC") == "" {
		debug.SetGCPercent(streamGCPercent)
	}
	if a.getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(streamMemoryLimit)
	}
}

// bodyWriter prints bodies. A single one is printed without a byte more, except
// on a terminal.
type bodyWriter struct {
	app    *app
	w      *bufio.Writer
	raw    bool
	ndjson bool
	follow bool // each line goes out at once
	count  int
	failed int
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
	return b.line(body)
}

// emitError prints a line in the place of the body of an event that fails.
func (b *bodyWriter) emitError(index int, doc event.Document, cause error) error {
	text, err := json.Marshal(doc.Text)
	if json.Valid([]byte(doc.Text)) {
		text = []byte(doc.Text)
	}
	if err != nil {
		return err
	}
	line, err := jsontree.Line(struct {
		Index int             `json:"index"`
		Error string          `json:"error"`
		Event json.RawMessage `json:"event"`
	}{index, source.ProblemOf(cause).Error(), text})
	if err != nil {
		return err
	}
	b.count++
	b.failed++
	return b.line(line)
}

// line writes what is printed of one event.
func (b *bodyWriter) line(p []byte) error {
	if err := b.write(p); err != nil || !b.follow {
		return err
	}
	if err := b.w.Flush(); err != nil {
		return exit.Output(err)
	}
	return nil
}

func (b *bodyWriter) write(p []byte) error {
	if len(p) > 0 {
		b.last = p[len(p)-1]
	}
	if _, err := b.w.Write(p); err != nil {
		return exit.Output(err)
	}
	return nil
}

// close ends the output: several bodies are each followed by a line break, and
// so is a first one after which the input went wrong.
func (b *bodyWriter) close(complete bool) error {
	several := b.count > 1 || b.count == 1 && !complete
	if !b.ndjson && (several || b.count == 1 && b.last != '\n' && terminal.IsTerminal(b.app.out)) {
		b.write([]byte("\n"))
	}
	if err := b.w.Flush(); err != nil {
		return exit.Output(err)
	}
	return nil
}

// ndjsonLine is one line of --format ndjson.
func ndjsonLine(index int, body []byte) ([]byte, error) {
	return jsontree.Line(struct {
		Index int    `json:"index"`
		Body  string `json:"body"`
	}{index, string(body)})
}
