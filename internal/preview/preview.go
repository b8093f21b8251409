// Package preview shows a message as its reader will see it, in a terminal and
// on a page.
//
//	p := preview.New(discord, body)
//	p.WriteText(os.Stdout, preview.TextOptions{Width: 80, Painter: preview.Plain{}})
//
// The destination turns the body into blocks (paragraphs, cards, fields, buttons),
// which package message defines. This package draws them. Below the message is what the
// destination would refuse, cut or alter, which comes from pkg/destination.
//
// Everything that is shown comes from outside: templates, events, receivers' rules. In
// the terminal, control characters become visible escapes; on the page, nothing that
// was read can run, load anything, or link to a script.
package preview

import (
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/destination/message"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// DefaultLimits are the limits for a template that is previewed. They are tighter than
// webhook.DefaultLimits, because drawing a message takes many times its size, and
// several are drawn; no destination accepts more than a mebibyte.
func DefaultLimits() webhook.Limits {
	limits := webhook.DefaultLimits()
	limits.Output, limits.Turns = 1<<20, 200_000
	return limits
}

// Preview is a body as its destination shows it.
type Preview struct {
	Destination *destination.Destination
	Body        []byte
	Message     *message.Message
	Problems    []destination.Problem
	Limit       *destination.Usage // the limit that the message comes nearest to; nil if there is none

	payload *destination.Payload
}

// Of reads a body as the destination of its template does. If the destination is a
// guess there are at most warnings.
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

// worthALook is the share of a limit from which it matters more than the limit of a
// longer text.
const worthALook = 0.5

// nearestLimit returns the limit of which the most is used, or, while none is near,
// that of the longest text. The limit of the whole body, for example, counts if it is
// near, or if there is no other.
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
