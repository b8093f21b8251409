// Package preview shows a message as its reader will see it, in a terminal and
// on a page.
//
//	p := preview.New(discord, body)
//	p.WriteText(os.Stdout, preview.TextOptions{Width: 80, Painter: preview.Plain{}})
//
// The destination turns the body into blocks: paragraphs, cards, fields, buttons,
// which package message describes. This package draws them. What the destination would
// refuse, cut or alter comes from pkg/destination and is below the message,
// in the destination's own words.
//
// Everything shown comes from outside: templates, events, receivers' rules. In
// the terminal control characters become visible escapes; on the page nothing
// that was read can run, load or lead to a script.
package preview

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// DefaultLimits are those of a template that is previewed. They are narrower than
// webhook.DefaultLimits, as a message takes many times its size to be drawn; no
// destination takes one of more than a mebibyte.
func DefaultLimits() webhook.Limits {
	limits := webhook.DefaultLimits()
	limits.Output = 1 << 20
	return limits
}

// Preview is a body as its destination shows it.
type Preview struct {
	Destination *destination.Destination
	Body        []byte
	Message     *message.Message
	Problems    []destination.Problem
	Limit       *destination.Usage // the one that the message comes nearest to; nil if there is none

	payload *destination.Payload
}

// Of reads a body as the destination of its template does. A guessed one has
// warnings at most.
func Of(found catalog.Found, body []byte) *Preview {
	p := New(found.Destination, body)
	p.Problems = found.Problems(p.payload)
	return p
}

// New reads a body as a destination does.
func New(d *destination.Destination, body []byte) *Preview {
	payload := d.Parse(body)
	return &Preview{
		Destination: d, Body: body, Message: payload.Message(), Problems: payload.Problems(),
		Limit: nearestLimit(payload.Usages()), payload: payload,
	}
}

// worthALook is the share of a limit from which it matters more than that of a
// longer text.
const worthALook = 0.5

// nearestLimit returns the limit of which the most is used, or that of the
// longest text while all are far away. The limit of the whole body, say, counts
// when it is near, or when there is no other.
func nearestLimit(usages []destination.Usage) *destination.Usage {
	var nearest *destination.Usage
	for i := range usages {
		usage := &usages[i]
		switch {
		case nearest == nil:
			nearest = usage
		case max(usage.Share(), nearest.Share()) >= worthALook:
			if usage.Share() > nearest.Share() {
				nearest = usage
			}
		case usage.Text != nearest.Text:
			if usage.Text {
				nearest = usage
			}
		case usage.Used > nearest.Used:
			nearest = usage
		}
	}
	return nearest
}
