package main

import (
	"context"
	"fmt"
	"time"

	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func (o *testSendOptions) print(text string) error { return printAll(o.app.out, text) }

// printRequests prints what would go over the wire.
func (o *testSendOptions) printRequests(ctx context.Context, batches []delivery.Batch) error {
	if o.format != "json" {
		return delivery.Requests(batches, o.app.showSecrets, o.print)
	}
	requests, err := delivery.RequestsJSON(ctx, batches, o.app.showSecrets)
	if err != nil {
		return err
	}
	return jsontree.Write(o.app.out, requests)
}

func (o *testSendOptions) printCurl(batches []delivery.Batch) error {
	return delivery.Curl(batches, o.app.showSecrets, o.print, func(url string) {
		o.app.note("set HOOKTOOL_URL (%s) and the other variables in the command, or give --show-secrets", url)
	})
}

// printAttempt reports on stderr an attempt that will be followed by another.
func (o *testSendOptions) printAttempt(a webhook.Attempt) {
	of := fmt.Sprintf(" of %d", o.retries+1)
	if a.Number > o.retries {
		of = "" // the message came too soon
	}
	o.app.note("attempt %d%s %s: %s; trying again in %s", a.Number, of, a.Outcome, printable.Text(a.Reason), a.Wait.Round(100*time.Millisecond))
}

// printDelivery prints the outcome of a message as soon as it is known.
func (o *testSendOptions) printDelivery(d delivery.Delivery) error {
	if o.format != "text" {
		return nil
	}
	return o.print(d.Text(o.app.outPalette(), o.app.verbose))
}

// printDeliveries prints all outcomes as JSON, or the totals if each has already been
// printed.
func (o *testSendOptions) printDeliveries(deliveries []delivery.Delivery) error {
	switch {
	case o.format == "json":
		return jsontree.Write(o.app.out, delivery.JSON(deliveries))
	case len(deliveries) < 2 || o.app.quiet:
		return nil
	}
	return o.print(delivery.Count(deliveries))
}
