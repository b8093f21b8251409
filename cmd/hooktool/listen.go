package main

import (
	"context"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/receiver"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const listenLong = `Stand in for a destination: accept, refuse and answer messages as it would.

The first line on stdout is the URL to post to. Each request follows, as text or,
with --format json, as one JSON object per line. It runs until Ctrl-C, or until
--count requests have arrived.

--tls makes a new certificate each time. Write it to a file with --cert-out, and
let the sender trust it: hooktool test-send --cacert FILE.`

const listenExample = `  hooktool listen --as telegram
  hooktool listen --as discord --addr 127.0.0.1:8085 --count 1 --format json
  hooktool listen --as slack --rate 1
  hooktool listen --as teams --tls --cert-out stand-in.pem`

type listenOptions struct {
	app     *app
	as      string
	addr    string
	count   int
	rate    int
	format  string
	tls     bool
	certOut string
}

func newListenCmd(a *app) *cobra.Command {
	o := listenOptions{app: a, addr: "127.0.0.1:0"}
	cmd := about{"listen --as DESTINATION", "Stand in for a destination and show what is posted to it", listenLong, listenExample}.command(o.run)
	cmd.Args = help.Args(0, 0, "hooktool listen --as DESTINATION")
	cmd.Flags().SortFlags = false
	option.Define(cmd, "as", &o.as, "addr", &o.addr, "count", &o.count, "rate", &o.rate)
	option.Format(cmd, &o.format, "text", "json")
	option.Define(cmd, "tls", &o.tls, "cert-out", &o.certOut)
	return cmd
}

func (o *listenOptions) run(ctx context.Context, _ []string) error {
	d, err := o.check()
	if err != nil {
		return err
	}
	listener, err := o.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	r := receiver.New(receiver.Options{Destination: d, Rate: o.rate, Count: o.count, Record: o.record(d), Now: o.app.now})
	url, everywhere := receiver.URL(listener, o.tls)
	if everywhere {
		o.app.note("listening on every interface of this machine")
	}
	if err := printAll(asIs(o.app.out), url+r.Endpoint()+"\n"); err != nil {
		return err
	}
	o.app.untilInterrupted()
	return r.Serve(ctx, listener)
}

func (o *listenOptions) check() (*destination.Destination, error) {
	if o.certOut != "" && !o.tls {
		return nil, exit.Usage("add --tls", "--cert-out has no effect without --tls")
	}
	if o.as == "" {
		return nil, exit.Usage("the destinations are "+strings.Join(catalog.Names(), ", "), "no destination was given: --as")
	}
	return catalog.ByName(o.as), nil
}

// listen opens the port and writes the certificate for TLS.
func (o *listenOptions) listen() (net.Listener, error) {
	if !o.tls {
		return receiver.Listen(o.addr)
	}
	listener, certificate, err := receiver.ListenTLS(o.addr, o.app.now())
	if err != nil {
		return nil, err
	}
	if o.certOut == "" {
		o.app.note("nobody trusts this certificate yet: write it with --cert-out FILE and give it to the sender, as in test-send --cacert FILE")
	} else if err := files.Write(o.certOut, certificate); err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}

// record returns the function that prints each request.
func (o *listenOptions) record(d *destination.Destination) func(receiver.Record) error {
	return func(rec receiver.Record) error {
		var redact *webhook.Redactor
		if !o.app.showSecrets {
			redact = rec.Redactor(d)
		}
		if o.format != "json" {
			return printAll(o.app.out, rec.Text(o.app.outPalette(), redact, o.app.verbose))
		}
		line, err := rec.JSON(redact)
		if err != nil {
			return err
		}
		return printAll(o.app.out, string(line))
	}
}
