package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const testSendLong = `Post a message exactly as Coroot does, and report what happened to it.

Without an EVENT, the built-in sample of the template's kind is sent; with
--states all, every state that Coroot can send. Without a TEMPLATE, every kind that
the webhook of --webhook has switched on is sent. If a receiver answers that there
are too many messages, the next ones wait.

The URL comes from --url, --url-file, HOOKTOOL_URL or the configuration, the password
from --user, --password-file or HOOKTOOL_PASSWORD; what is missing is asked for.
Secrets on the command line end up in the shell's history and the process list.

Exit codes: 0 delivered or accepted, 1 the receiver refused, 3 not sent.`

const testSendExample = `  hooktool test-send alert.tmpl --url "$URL"
  hooktool test-send alert.tmpl --states all --url-file url.txt --retries 3
  hooktool test-send incident.tmpl event.json --url "$URL" --user me -H 'X-Team: shop'
  hooktool test-send -w telegram -w slack --states all`

type testSendOptions struct {
	app *app
	inputFlags
	targetFlags
	timeout time.Duration
	retries int
	dryRun  bool
	curl    bool
	format  string
}

func newTestSendCmd(a *app) *cobra.Command {
	o := testSendOptions{app: a, timeout: webhook.CorootTimeout}
	cmd := about{"test-send [TEMPLATE [EVENT...]]", "Post a message as Coroot does and report what happened to it", testSendLong, testSendExample}.command(o.run)
	o.targetFlags.register(cmd)
	o.targetFlags.registerClient(cmd)
	o.inputFlags.register(a, cmd, webhook.DefaultLimits())
	o.registerStates(cmd)
	option.Define(cmd, "timeout", &o.timeout, "retries", &o.retries, "dry-run", &o.dryRun, "curl", &o.curl)
	option.Format(cmd, &o.format, "text", "json")
	cmd.MarkFlagsMutuallyExclusive("dry-run", "curl")
	return cmd
}

func (o *testSendOptions) run(ctx context.Context, args []string) error {
	if err := o.check(); err != nil {
		return err
	}
	batches, err := o.prepare(ctx, args)
	if err != nil {
		return err
	}
	switch {
	case o.dryRun:
		return o.printRequests(ctx, batches)
	case o.curl:
		return o.printCurl(batches)
	}
	sender, err := o.sender(&o.targetFlags)
	if err != nil {
		return err
	}
	deliveries, err := delivery.Send(ctx, sender, batches, o.printDelivery)
	if err != nil {
		return err
	}
	if err := o.printDeliveries(deliveries); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return exit.Status(exit.Interrupted)
	}
	return outcome(deliveries)
}

func (o *testSendOptions) check() error {
	switch {
	case len(o.hooks()) > 1 && (o.targetFlags.url != "" || o.urlFile != "") && o.app.fromFiles["url"] == "" && o.app.fromFiles["url-file"] == "":
		return exit.Usage("leave out --url: each webhook has its own", "--url cannot be used with several webhooks")
	case o.curl && o.format == "json":
		return exit.Usage("remove one of them", "--curl prints a command line, and no JSON")
	}
	return nil
}

func (o *testSendOptions) sender(flags *targetFlags) (*webhook.Sender, error) {
	roots, err := flags.rootCAs(o.app)
	if err != nil {
		return nil, err
	}
	certificates, err := flags.certificates(o.app)
	if err != nil {
		return nil, err
	}
	return &webhook.Sender{
		Certificates: certificates, Timeout: o.timeout, Retries: o.retries, RootCAs: roots, ShowSecret: o.app.showSecrets, OnAttempt: o.printAttempt,
	}, nil
}

// outcome returns the exit code for the deliveries.
func outcome(deliveries []delivery.Delivery) error {
	switch delivery.Worst(deliveries) {
	case webhook.Failed:
		return exit.Status(exit.Failure)
	case webhook.Rejected:
		return exit.Status(exit.Findings)
	}
	return nil
}
