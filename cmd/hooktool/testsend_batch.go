package main

import (
	"context"

	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// prepare renders every message of every webhook before the first one is sent, so that
// a mistake sends nothing.
func (o *testSendOptions) prepare(ctx context.Context, args []string) ([]delivery.Batch, error) {
	hooks := o.hooks()
	if len(hooks) == 0 {
		hooks = []string{""} // the template and the URL are given
	}
	var batches []delivery.Batch
	for _, name := range hooks {
		b, err := o.prepareOne(ctx, name, args)
		if err != nil {
			return nil, err
		}
		if len(hooks) > 1 {
			for i := range b.Sendings {
				b.Sendings[i].Hook = name
			}
		}
		batches = append(batches, b)
	}
	for _, b := range batches {
		if webhook.PassesProxy(b.Target) && !o.dryRun && !o.curl {
			o.app.note("the certificate is not verified, so the message bypasses the environment's proxy and uses HTTP/1.1, as Coroot's do")
			break
		}
	}
	return batches, nil
}

func (o *testSendOptions) prepareOne(ctx context.Context, hook string, args []string) (b delivery.Batch, err error) {
	flags := o.inputFlags
	if hook != "" {
		flags.webhooks = []string{hook}
	}
	if b.Sendings, err = o.renderAll(ctx, flags, args); err != nil {
		return b, err
	}
	if b.Target, err = o.target(ctx, o.app, hook); err != nil {
		return b, err
	}
	b.Target.CustomFields = flags.said().Fields(b.Target.CustomFields) // so that secrets among them are masked
	return b, o.detect(&b)
}

// detect finds the destination of every message, and prints any notes about the service
// once.
func (o *testSendOptions) detect(b *delivery.Batch) error {
	if err := b.Detect(); err != nil {
		return err
	}
	for i, s := range b.Sendings {
		o.app.detail("the destination is %s, according to: %s", s.Found.Destination, s.Found.Source)
		if warning := s.Found.Destination.Warning(b.Target.URL); warning != "" && i == 0 {
			o.app.note("%s", warning)
		}
	}
	return nil
}
