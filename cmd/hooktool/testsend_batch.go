package main

import (
	"context"
	"slices"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// batch is what goes to one webhook.
type batch struct {
	target   webhook.Webhook
	sendings []sending
}

// tooManyRetries is how often a message is sent again that came too soon after others.
const tooManyRetries = 5

// messages returns how many messages there are.
func messages(batches []batch) (n int) {
	for _, b := range batches {
		n += len(b.sendings)
	}
	return n
}

// prepare makes every message of every webhook before the first one is sent, so
// that a mistake sends nothing.
func (o *testSendOptions) prepare(ctx context.Context, args []string) ([]batch, error) {
	hooks := []string{""}
	if len(o.webhooks) > 0 {
		hooks = nil
		for _, name := range o.webhooks {
			if !slices.Contains(hooks, name) {
				hooks = append(hooks, name)
			}
		}
	}
	var batches []batch
	for _, name := range hooks {
		b, err := o.prepareOne(ctx, name, args)
		if err != nil {
			return nil, err
		}
		if len(hooks) > 1 {
			for i := range b.sendings {
				b.sendings[i].hook = name
			}
		}
		batches = append(batches, b)
	}
	for _, b := range batches {
		if webhook.PassesProxy(b.target) && !o.dryRun && !o.curl {
			o.app.note("the certificate is not verified, so the message goes past the proxy that the environment sets, and over HTTP/1.1, as from Coroot")
			break
		}
	}
	return batches, nil
}

func (o *testSendOptions) prepareOne(ctx context.Context, hook string, args []string) (b batch, err error) {
	flags := o.inputFlags
	flags.webhook = hook
	if b.sendings, err = o.renderAll(ctx, flags, args); err != nil {
		return b, err
	}
	if b.target, err = o.target(ctx, o.app, hook); err != nil {
		return b, err
	}
	said, err := flags.said()
	if err != nil {
		return b, err
	}
	b.target.CustomFields = said.Fields(b.target.CustomFields) // so that secrets among them are masked
	return b, o.detectAll(b.target.URL, b.sendings)
}

// sendAll sends the messages, and prints what becomes of each.
func (o *testSendOptions) sendAll(ctx context.Context, sender *webhook.Sender, batches []batch) ([]delivery, error) {
	deliveries := make([]delivery, 0, messages(batches))
	for _, b := range batches {
		for _, s := range b.sendings {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			sender.Judge, sender.Secrets = s.found.Judge(s.message.Body), s.found.Destination.Secrets
			d := delivery{s, sender.Send(ctx, b.target, s.message)}
			deliveries = append(deliveries, d)
			if o.format == "text" {
				if err := o.printDelivery(d); err != nil {
					return nil, err
				}
			}
		}
	}
	return deliveries, nil
}
