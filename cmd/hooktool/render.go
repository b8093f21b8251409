package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const renderLong = `Print the body that Coroot would post, byte for byte.

An EVENT is a JSON file with what {{ json . }} prints in Coroot: one object, an
array of objects, or one object per line. "-" is standard input. Without an EVENT,
a built-in sample of the template's kind is used.

Several events give several bodies, each followed by a line break. They are read
and rendered as a stream, in order, on all cores.

In a pipeline, --format ndjson --follow prints each body as soon as its event is
read. With --on-error emit, an event that fails gives a line with the error instead
of a body, the stream continues, and the exit code is 1. With either flag, each
line of the input is one event, and blank lines are skipped.`

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

// What to do with an event that fails.
const (
	onErrorStop = "stop"
	onErrorEmit = "emit"
)

func newRenderCmd(a *app) *cobra.Command {
	opts := renderOptions{app: a, onError: onErrorStop}
	cmd := about{"render TEMPLATE [EVENT...]", "Print the body that Coroot would post", renderLong, renderExample}.command(func(ctx context.Context, args []string) error {
		opts.template, opts.events = splitArgs(args, len(opts.hooks()) > 0)
		return opts.run(ctx)
	})
	opts.single = true
	opts.register(a, cmd, webhook.DefaultLimits())
	opts.rule.register(a, cmd)
	option.Format(cmd, &opts.format, "text", "ndjson")
	option.Define(cmd, "raw", &opts.raw, "follow", &opts.follow, "on-error", &opts.onError)
	return cmd
}

func (o *renderOptions) run(ctx context.Context) error {
	if o.format != "ndjson" && (o.follow || o.onError == onErrorEmit) {
		return exit.Usage("add --format ndjson", "--follow and --on-error emit need --format ndjson")
	}
	o.lines = o.follow || o.onError == onErrorEmit
	in, err := o.app.openInput(&o.inputFlags, o.template, o.events)
	if err != nil {
		return err
	}
	tmpl, err := in.Parse()
	if err != nil {
		return err
	}
	o.app.limitMemory()
	out := meeting.NewBodies(asIs(o.app.out), meeting.BodyOptions{
		Raw: o.raw, Lines: o.format == "ndjson", Follow: o.follow, Terminal: terminal.IsTerminal(o.app.out),
	})
	stream := webhook.Stream{Template: tmpl, Next: in.Next, Decode: in.Decode, Emit: out.Emit, Follow: o.follow}
	if o.onError == onErrorEmit {
		stream.OnError = out.EmitError
	}
	err = stream.Run(ctx)
	if closeErr := out.Close(err == nil); closeErr != nil {
		return closeErr
	}
	if err == nil && out.Failed > 0 {
		o.app.note("%s of %d could not be rendered", words.Count(out.Failed, "event"), out.Count)
		return exit.Status(exit.Findings)
	}
	if err == nil && out.Count == 0 {
		o.app.note("the input contains no event, so there is nothing to print")
	}
	return err
}
