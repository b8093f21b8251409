// Package preview shows a message as its reader will see it, in a terminal and
// on a page.
//
//	p := preview.New(discord, body)
//	p.WriteText(os.Stdout, preview.TextOptions{Width: 80, Painter: preview.Plain{}})
//
// Package message, below this one, turns the body into blocks: paragraphs,
// cards, fields, buttons. This package draws them. What the destination would
// refuse, cut or alter comes from pkg/destination and stands below the message,
// in the destination's own words.
//
// Everything shown comes from outside: templates, events, receivers' rules. In
// the terminal control characters become visible escapes; on the page nothing
// that was read can run, load or lead to a script.
package preview

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/preview/message"
)

// Preview is a body as its destination shows it.
type Preview struct {
	Destination *destination.Destination
	Body        []byte
	Message     *message.Message
	Problems    []destination.Problem
	Limit       *Limit // the one that the message comes nearest to; nil if there is none
}

// Limit is how much of a length limit a text takes up.
type Limit struct {
	Label     string // of the text
	Used, Max int
	Unit      destination.Unit
}

// Share is how much is used, 1 for all of it.
func (l *Limit) Share() float64 { return float64(l.Used) / float64(l.Max) }

// New reads a body as a destination does.
func New(d *destination.Destination, body []byte) *Preview {
	return &Preview{
		Destination: d, Body: body, Message: message.Build(d, body), Problems: d.Check(body),
		Limit: nearestLimit(d.Texts(body)),
	}
}

// worthALook is the share of a limit from which it matters more than that of a
// longer text.
const worthALook = 0.5

// nearestLimit returns the limit of which the most is used, or that of the
// longest text while all are far away.
func nearestLimit(texts []destination.Text) *Limit {
	var nearest *Limit
	for _, text := range texts {
		if text.Limit <= 0 {
			continue
		}
		limit := &Limit{Label: text.Label, Used: used(text), Max: text.Limit, Unit: text.Unit}
		switch {
		case nearest == nil:
			nearest = limit
		case max(limit.Share(), nearest.Share()) >= worthALook:
			if limit.Share() > nearest.Share() {
				nearest = limit
			}
		case limit.Used > nearest.Used:
			nearest = limit
		}
	}
	return nearest
}

// used measures a text as its limit does.
func used(text destination.Text) int {
	value := text.Value
	if text.Parsed {
		if doc, err := markup.Parse(text.Dialect, value); err == nil {
			value = doc.Plain()
		}
	}
	switch text.Unit {
	case destination.UTF16:
		n := 0
		for _, r := range value {
			n += max(utf16.RuneLen(r), 1)
		}
		return n
	case destination.Bytes:
		return len(value)
	}
	return utf8.RuneCountInString(value)
}
