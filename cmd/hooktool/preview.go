package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const previewLong = `Show a message as its reader will see it: as the destination displays it, with
what it would refuse, cut or change below.

An EVENT is a file as for hooktool render; without one a built-in sample of the
template's kind is used, with --states all every one of them. The destination is
that of --destination, of a comment in the template, of the webhook, of the
file's or folder's name, or the one that takes payloads of this shape.`

const previewExample = `  hooktool preview alert.tmpl
  hooktool preview --states all telegram/incident.tmpl
  hooktool preview --raw --sample alert-promql alert.tmpl
  hooktool preview --watch alert.tmpl
  hooktool preview --serve                          a live page of all templates here
  hooktool preview templates --html preview.html    a page to attach to a pull request`

type previewOptions struct {
	app *app
	inputFlags
	states   string
	raw      bool
	watch    bool
	serve    string
	write    bool
	html     string
	png      string
	settings []string // what else may stand in hooktool's configuration
	template string
	events   []string
}

func newPreviewCmd(a *app) *cobra.Command {
	opts := previewOptions{app: a}
	cmd := &cobra.Command{
		Use:     "preview [TEMPLATE] [EVENT...]",
		Short:   "Show a message as its reader will see it",
		Long:    previewLong,
		Example: previewExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.template, opts.events = splitArgs(args, opts.webhook != "")
			opts.settings = a.settingNames()
			return opts.run(cmd.Context())
		},
	}
	opts.register(a, cmd)
	flags := cmd.Flags()
	flags.StringVar(&opts.states, "states", "one", "show the messages of `one` or of all built-in events of the kind")
	flags.BoolVar(&opts.raw, "raw", false, "print the body instead, one member of JSON a line")
	flags.BoolVar(&opts.watch, "watch", false, "draw again whenever a file is saved")
	flags.StringVar(&opts.serve, "serve", "", "show a live page in the browser, at this `address` or a free one")
	flags.Lookup("serve").NoOptDefVal = liveAddress
	flags.BoolVar(&opts.write, "write", false, "let the live page save templates")
	flags.StringVar(&opts.html, "html", "", "write a page with all messages to this `file`")
	flags.StringVar(&opts.png, "png", "", "write a picture of that page to this `file`; needs Chromium")
	completeWith(cmd, "states", "one", "all")
	return cmd
}

func (o *previewOptions) run(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	switch {
	case o.serve != "":
		return o.serveLive(ctx)
	case o.html != "" || o.png != "":
		return o.export(ctx)
	case o.watch:
		return o.watchFiles(ctx)
	}
	return o.draw(ctx, o.app.out)
}

// liveAddress is where the live page is by default: at a free port of loopback.
const liveAddress = "127.0.0.1:0"

// check refuses flags that exclude each other.
func (o *previewOptions) check() error {
	if err := oneOf("states", o.states, "one", "all"); err != nil {
		return err
	}
	if o.serve == liveAddress && isAddress(o.template) { // --serve takes no value unless it has an =
		o.serve = o.template
		o.template, o.events = splitArgs(o.events, o.webhook != "")
	}
	switch {
	case o.write && o.serve == "":
		return usageError("give --serve, too; to repair files there is hooktool fix --write", "--write is for the live page")
	case o.states == "all" && o.sample != "":
		return usageError("leave one of them out", "--states all and --sample exclude each other")
	case o.states == "all" && len(o.events) > 0:
		return usageError("leave one of them out", "--states all and an event file exclude each other")
	case o.watch && countStdin(append([]string{o.template}, o.events...)) > 0:
		return usageError("give files", "--watch cannot follow standard input, which is -")
	}
	return nil
}

// isAddress reports whether a word is HOST:PORT rather than the path of a file.
func isAddress(word string) bool {
	_, port, err := net.SplitHostPort(word)
	return err == nil && port != "" && strings.Trim(port, "0123456789") == ""
}

// drawn is one message that was rendered.
type drawn struct {
	name string // of the sample or the event
	body []byte
}

// draw writes the messages of all events.
func (o *previewOptions) draw(ctx context.Context, w io.Writer) error {
	in, err := o.app.openInput(&o.inputFlags, o.template, o.events)
	if err != nil {
		return err
	}
	if o.states == "all" {
		in.samples = event.SamplesOf(in.kind)
	}
	tmpl, err := in.parse(o.limits)
	if err != nil {
		return err
	}
	out := previewWriter{options: o, in: in, w: w}
	if !o.raw {
		out.verdict = o.verdict(ctx, in)
	}
	return in.eachMessage(ctx, tmpl, out.write)
}

// eachMessage renders the template with every event.
func (in *input) eachMessage(ctx context.Context, tmpl *webhook.Template, visit func(drawn) error) error {
	if len(in.samples) > 0 {
		for _, sample := range in.samples {
			ev := sample.Event
			if err := in.changes.apply(&ev); err != nil {
				return err
			}
			message, err := tmpl.Render(ctx, ev)
			if err != nil {
				return err
			}
			if err := visit(drawn{sample.Name, message.Body}); err != nil {
				return err
			}
		}
		return nil
	}
	for n := 1; ; n++ {
		doc, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		ev, err := in.decode(doc)
		if err != nil {
			return err
		}
		message, err := tmpl.Render(ctx, ev)
		if err != nil {
			return err
		}
		if err := visit(drawn{eventName("event", n), message.Body}); err != nil {
			return err
		}
	}
}

// eventName names one of several events that have no name.
func eventName(of string, n int) string { return fmt.Sprintf("%s %d", of, n) }

// previewWriter writes messages under one another.
type previewWriter struct {
	options *previewOptions
	in      *input
	w       io.Writer
	count   int
	verdict preview.Fact // of the proof of the JSON
}

func (p *previewWriter) write(message drawn) error {
	a := p.options.app
	if p.count++; p.count > 1 {
		if _, err := io.WriteString(p.w, "\n"); err != nil {
			return writeError(err)
		}
	}
	if p.options.raw {
		if err := preview.WriteRaw(p.w, message.body, a.outPalette()); err != nil {
			return writeError(err)
		}
		return nil
	}
	dest, err := p.in.findDestination(message.body)
	if err != nil {
		return err
	}
	options := preview.TextOptions{
		Width:   terminal.Width(a.out, a.getenv),
		Painter: a.outPalette(),
		Links:   terminal.Hyperlinks(a.out, a.getenv),
		Facts:   []preview.Fact{{Text: p.in.kind.String()}, {Text: message.name}},
	}
	if p.verdict.Text != "" && !dest.Plain {
		options.Facts = append(options.Facts, p.verdict)
	}
	if err := preview.New(dest, message.body).WriteText(p.w, options); err != nil {
		return writeError(err)
	}
	return nil
}
