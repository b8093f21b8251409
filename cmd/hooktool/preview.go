package main

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const previewLong = `Show a message as its reader will see it, and what the destination would refuse,
cut or change.

A TEMPLATE can also be a folder or a YAML file with webhooks; all templates in it
are shown. Without a TEMPLATE, the templates of the configuration are.

An EVENT is a file as for hooktool render. Without one, a built-in event of the
template's kind is used; --states all uses all of them. The destination comes
from --destination, a comment in the template, the webhook, the name of the file
or folder, or the shape of the payload.

The exit code is 0 even if the destination would refuse the message, or if it is
not valid JSON: use hooktool validate to find that out.`

const previewExample = `  hooktool preview alert.tmpl
  hooktool preview --states all telegram/incident.tmpl
  hooktool preview --raw --sample alert-promql alert.tmpl
  hooktool preview alert.tmpl --events events.ndjson    past events, one by one
  hooktool preview --watch alert.tmpl
  hooktool preview --serve                          a live page of all templates here
  hooktool preview templates --html preview.html    a page to attach to a pull request`

type previewOptions struct {
	app *app
	inputFlags
	statesGiven bool
	raw         bool
	watch       bool
	serve       string
	write       bool
	html        string
	png         string
	template    string
	events      []string
}

func newPreviewCmd(a *app) *cobra.Command {
	opts := previewOptions{app: a}
	var cmd *cobra.Command
	cmd = about{"preview [TEMPLATE] [EVENT...]", "Show a message as its reader will see it", previewLong, previewExample}.command(func(ctx context.Context, args []string) error {
		opts.template, opts.events = splitArgs(args, len(opts.webhooks) > 0)
		opts.statesGiven = cmd.Flags().Changed("states")
		return opts.run(ctx)
	})
	opts.register(a, cmd, preview.DefaultLimits())
	opts.rule.register(a, cmd)
	opts.registerStates(cmd)
	option.DefineAs(cmd, "events", &opts.past, "page through the events in this `file` that are of the template's kind; repeatable")
	option.DefineAs(cmd, "raw", &opts.raw, "print the body instead, with one JSON member per line")
	option.DefineAs(cmd, "watch", &opts.watch, "redraw whenever a file is saved")
	option.Define(cmd, "serve", &opts.serve)
	cmd.Flags().Lookup("serve").NoOptDefVal = liveAddress
	option.DefineAs(cmd, "write", &opts.write, "let the live page save templates")
	option.Define(cmd, "html", &opts.html, "png", &opts.png)
	for _, page := range []string{"html", "png"} {
		for _, other := range []string{"serve", "watch", "raw"} {
			cmd.MarkFlagsMutuallyExclusive(page, other)
		}
	}
	cmd.MarkFlagsMutuallyExclusive("serve", "watch")
	cmd.MarkFlagsMutuallyExclusive("serve", "raw")
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

// liveAddress is the default address of the live page: a free port on loopback.
const liveAddress = "127.0.0.1:0"

// check rejects flags that cannot be combined.
func (o *previewOptions) check() error {
	if o.serve == liveAddress && isAddress(o.template) { // --serve takes a value only after =
		o.serve = o.template
		o.template, o.events = splitArgs(o.events, len(o.webhooks) > 0)
	}
	atOnce := o.serve != "" || o.html != "" || o.png != "" || o.watch // rather than one by one
	if atOnce && !o.app.given["events"] {
		o.past = nil
	}
	switch {
	case o.template == "" && len(o.webhooks) == 0 && o.serve == "" && len(o.app.webhookNames()) == 0:
		return errNoTemplate()
	case o.write && o.serve == "":
		return exit.Usage("add --serve; to repair files, use hooktool fix --write", "--write is for the live page")
	case len(o.past) > 0 && atOnce:
		return exit.Usage("give the event file after the template instead", "--events is for the terminal")
	case o.template == "-" && (o.serve != "" || o.html != "" || o.png != ""):
		return exit.Usage("give a file", "a page cannot show a template from standard input (-)")
	case o.serve != "" && files.CountStdin(o.events...) > 0:
		return exit.Usage("give a file", "the live page reads its events again and again, which standard input (-) does not allow")
	case o.watch && files.CountStdin(append(o.events, o.template)...) > 0:
		return exit.Usage("give files", "--watch cannot follow standard input (-)")
	}
	return nil
}

// isAddress reports whether a word is HOST:PORT rather than a file's path.
func isAddress(word string) bool {
	_, port, err := net.SplitHostPort(word)
	return err == nil && port != "" && strings.Trim(port, "0123456789") == ""
}

// draw writes the messages of all templates and all events.
func (o *previewOptions) draw(ctx context.Context, w io.Writer) error {
	found, events, err := o.app.input(&o.inputFlags, o.template, o.events)
	if err != nil {
		return err
	}
	inputs, unread := meeting.Open(found, o.template, events)
	out := previewWriter{options: o, w: w, several: len(inputs) > 1}
	for _, in := range inputs {
		if !out.several {
			o.app.detailInput(in)
		}
		err := out.template(ctx, in)
		if errors.Is(err, errStopped) {
			return nil
		}
		if err != nil {
			unread = errors.Join(unread, err) // show the others anyway
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if out.count == 0 && unread == nil && len(o.past) == 0 {
		o.app.note("the input contains no event, so there is nothing to show")
	}
	return unread
}

// errStopped reports that the user wants to see no more.
var errStopped = errors.New("stopped")

// template writes the messages of a template. On a terminal, past ones are shown one at
// a time.
func (p *previewWriter) template(ctx context.Context, in *meeting.Input) error {
	if p.in, p.verdict = in, nil; !p.options.raw {
		p.verdict = lint.Verdict(ctx, in.Template)
	}
	count := 0
	err := in.Render(ctx, func(name string, message webhook.Message) error {
		if count++; count > 1 && len(p.options.past) > 0 && !p.next(ctx) {
			return errStopped
		}
		return p.write(name, message.Body)
	})
	if err == nil && count == 0 && len(p.options.past) > 0 {
		p.options.app.note("%s: none of the events is of the kind %s", in.Template.Label(), in.Template.Kind)
	}
	return err
}

// next asks on a terminal whether to continue.
func (p *previewWriter) next(ctx context.Context) bool {
	a := p.options.app
	if !terminal.IsTerminal(a.in) || !terminal.IsTerminal(asIs(a.out)) {
		return true
	}
	if err := a.flush(); err != nil {
		return false
	}
	answer, err := terminal.ReadLine(ctx, a.in, asIs(a.err), a.errPalette().Dim("Enter: next, q: quit "))
	return err == nil && answer != "" && !strings.HasPrefix(strings.ToLower(strings.TrimSpace(answer)), "q")
}

// previewWriter writes messages one below another.
type previewWriter struct {
	options *previewOptions
	in      *meeting.Input
	several bool // there are several templates, so each is named
	w       io.Writer
	count   int
	verdict *lint.JSON // of the JSON proof; nil if unknown
}

func (p *previewWriter) write(name string, body []byte) error {
	a := p.options.app
	shown := a.hidden(body)
	if p.count++; p.count > 1 {
		if _, err := io.WriteString(p.w, "\n"); err != nil {
			return err
		}
	}
	if p.options.raw {
		return preview.WriteRaw(p.w, shown, a.outPalette())
	}
	found, err := p.in.Template.Detect()
	if err != nil {
		return err
	}
	options := preview.TextOptions{
		Width:   terminal.Width(a.out, a.getenv),
		Painter: a.outPalette(),
		Links:   terminal.Hyperlinks(a.out, a.getenv),
		Facts:   []preview.Fact{{Text: p.in.Template.Kind.String()}, {Text: name}},
	}
	if t := p.in.Template; p.several {
		names := []preview.Fact{{Text: t.Label()}}
		if t.Webhook != "" && !t.Inside() {
			names = append(names, preview.Fact{Text: t.Webhook}) // which may share the file
		}
		options.Facts = append(names, options.Facts...)
	}
	if p.verdict != nil && !found.Destination.Plain {
		options.Facts = append(options.Facts, preview.VerdictFact(p.verdict, body))
	}
	drawn := preview.Of(found, shown)
	drawn.Problems = preview.Of(found, body).Problems // the masked body might be refused
	return drawn.WriteText(p.w, options)
}
