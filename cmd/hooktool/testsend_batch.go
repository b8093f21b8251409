package main

import (
	"context"
	"slices"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/internal/delivery"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// What one run sends at most: anything more is a mistake, or an endless file.
const (
	maxSendings     = 1000
	maxSendingBytes = 256 << 20
)

// prepare renders every message of every webhook before the first one is sent, so that
// a mistake sends nothing.
func (o *testSendOptions) prepare(ctx context.Context, args []string) ([]delivery.Batch, error) {
	hooks := o.hooks()
	template, events := splitArgs(args, len(hooks) > 0)
	if len(hooks) == 0 {
		in, err := o.app.openInput(&o.inputFlags, template, events)
		if err != nil {
			return nil, err
		}
		return o.batches(ctx, []string{""}, []*meeting.Input{in}) // the URL is given
	}
	if err := files.NotFolder(template); err != nil {
		return nil, err
	}
	w, options, err := o.app.input(&o.inputFlags, template, events)
	if err != nil {
		return nil, err
	}
	options.On = template == "" && o.sample == "" && o.kind == ""
	inputs, err := meeting.OpenEach(w, template, options)
	if err != nil {
		return nil, err
	}
	return o.batches(ctx, hooks, inputs)
}

// batches renders the messages, and finds out where they go.
func (o *testSendOptions) batches(ctx context.Context, hooks []string, inputs []*meeting.Input) ([]delivery.Batch, error) {
	batches := make([]delivery.Batch, len(hooks))
	count, size := 0, 0
	for _, in := range inputs {
		o.app.detailInput(in)
		at := max(slices.Index(hooks, in.Template.Webhook), 0)
		err := in.Render(ctx, func(name string, message webhook.Message) error {
			s := delivery.Sending{Message: message, Sample: name, Hints: in.Template.Hints()}
			if len(in.Samples) == 0 {
				s.Sample = "" // it is the user's own event
			}
			if len(hooks) > 1 {
				s.Hook = hooks[at]
			}
			batches[at].Sendings = append(batches[at].Sendings, s)
			count, size = count+1, size+len(message.Body)
			if count > maxSendings || size > maxSendingBytes {
				return exit.Usage("every message is made before the first is sent; for many events, use hooktool render",
					"too many events for a test: more than %d, or more than %d bytes in total", maxSendings, maxSendingBytes)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if count == 0 {
		return nil, exit.Usage("", "the input contains no event, so there is nothing to send")
	}
	if err := o.aimAll(ctx, batches, hooks); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(batches, func(b delivery.Batch) bool { return len(b.Sendings) == 0 }), nil
}

// aimAll says where the messages for webhooks go.
func (o *testSendOptions) aimAll(ctx context.Context, batches []delivery.Batch, hooks []string) error {
	bypass := false
	for i := range batches {
		if len(batches[i].Sendings) == 0 { // none of the events is for it
			continue
		}
		if err := o.aim(ctx, &batches[i], hooks[i]); err != nil {
			return err
		}
		bypass = bypass || webhook.PassesProxy(batches[i].Target)
	}
	if bypass && !o.dryRun && !o.curl {
		o.app.note("the certificate is not verified, so the message bypasses the environment's proxy and uses HTTP/1.1, as Coroot's do")
	}
	return nil
}

// aim says where the messages for one webhook go.
func (o *testSendOptions) aim(ctx context.Context, b *delivery.Batch, hook string) (err error) {
	if b.Target, err = o.target(ctx, o.app, hook); err != nil {
		return err
	}
	b.Target.CustomFields = o.said().Fields(b.Target.CustomFields) // so that secrets among them are masked
	return o.detect(b)
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
