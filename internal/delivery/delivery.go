// Package delivery sends test messages one after another and reports the outcome of
// each, for people and for machines.
package delivery

import (
	"context"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Sending is one message to send.
type Sending struct {
	Message webhook.Message
	Sample  string // the name of the sample it was made from
	Hook    string // the name of the webhook, if there are several
	Hints   catalog.Hints
	Found   catalog.Found // the destination, according to the hints
}

// Batch holds the messages for one webhook.
type Batch struct {
	Target   webhook.Webhook
	Sendings []Sending
}

// messages returns the number of messages.
func messages(batches []Batch) (n int) {
	for _, b := range batches {
		n += len(b.Sendings)
	}
	return n
}

// Detect finds the destination of every message. The error is a
// *catalog.UnknownError.
func (b *Batch) Detect() error {
	for i := range b.Sendings {
		s := &b.Sendings[i]
		s.Hints.URL = b.Target.URL
		var err error
		if s.Found, err = catalog.Detect(s.Hints); err != nil {
			return err
		}
	}
	return nil
}

// Delivery is the outcome of one sending.
type Delivery struct {
	Sending
	webhook.Delivery
}

// patience is how often a message is sent again if it came too soon after others.
const patience = 5

// Send sends the messages and calls told with the outcome of each. It stops at the
// first error from told.
func Send(ctx context.Context, sender *webhook.Sender, batches []Batch, told func(Delivery) error) ([]Delivery, error) {
	if messages(batches) > 1 {
		sender.Patience = patience
	}
	deliveries := make([]Delivery, 0, messages(batches))
	for _, b := range batches {
		for _, s := range b.Sendings {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			sender.Judge, sender.Secrets = s.Found.Judge(s.Message.Body), s.Found.Destination.Secrets
			d := Delivery{s, sender.Send(ctx, b.Target, s.Message)}
			deliveries = append(deliveries, d)
			if err := told(d); err != nil {
				return nil, err
			}
		}
	}
	return deliveries, nil
}

// Worst returns the worst outcome: a failure to send is worse than a refusal, which is
// worse than a delivery.
func Worst(deliveries []Delivery) webhook.Outcome {
	worst := webhook.Delivered
	for _, d := range deliveries {
		switch d.Outcome {
		case webhook.Failed:
			return webhook.Failed
		case webhook.Rejected:
			worst = webhook.Rejected
		}
	}
	return worst
}
