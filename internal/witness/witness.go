// Package witness makes events that show a problem in a template. It changes samples
// until they meet the demands of a path through the template, puts texts that break
// unescaped output into fields, executes the template, and makes the resulting event as
// small and believable as possible.
//
// The schema in package event defines what an event may hold. An enumerated field holds
// one of its values and is never overwritten. An event that the newest Coroot does not
// send is marked as unlikely.
package witness

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Demand is what an event must satisfy to take a path through a template. Places are
// written as in a template, with the index of each element: .Reports[0].Message.
type Demand struct {
	Lengths []Length
	Texts   []Text
	Truths  []Truth
	Pairs   []Pair
}

// filled returns the names of the fields that may have to be filled.
func (d Demand) filled() []string {
	var names []string
	for _, l := range d.Lengths {
		if l.Min > 0 {
			names = append(names, strings.TrimPrefix(l.List, "."))
		}
	}
	for _, t := range d.Texts {
		names = append(names, strings.TrimPrefix(t.At, "."))
	}
	return names
}

// Length is the number of elements a list must have.
type Length struct {
	List     string
	Min, Max int
}

// Text requires a text to be one of a set, or none of them.
type Text struct {
	At  string
	Of  []string
	Not bool
}

// Truth is the required value of a boolean or of a method of the application.
type Truth struct {
	At   string
	True bool
}

// Pair requires two texts to be equal or different.
type Pair struct {
	X, Y  string
	Equal bool
}

// Found is an event whose body is not valid JSON.
type Found struct {
	Event    event.Event
	Body     []byte // as Coroot sends it
	Offset   int    // the byte at which the JSON breaks
	Error    string // the error from encoding/json
	Unlikely string // why the newest Coroot does not send the event; empty if it does

	origins *webhook.Origins // of the body
}

// Look is the outcome of executing the template with an event.
type Look struct {
	Found   *Found // nil if the body is valid JSON or nothing is sent
	origins *webhook.Origins
}

// Reaches reports whether part of the template printed something, even an empty text. It
// also returns true if nothing was sent, because the part may have been reached.
func (l Look) Reaches(at Range) bool { return l.origins == nil || l.origins.Reach(at.Start, at.End) }

// Maker makes events for one template.
type Maker struct {
	ctx     context.Context
	kind    event.Kind
	tmpl    *webhook.Template
	keys    []string // of the custom fields
	given   int      // the initial budget and what is left of it
	budget  int
	samples []event.Event // harmless
	raw     []event.Event // unmodified

	Executions int  // how often the template has been executed
	Failed     bool // an execution has failed since this was last reset
}

// Work that adds one to the cost of an execution, which is at least one.
const (
	bytesACost = 1 << 11 // bytes of the body
	workACost  = 100_000 // steps of an execution
)

// New returns a maker for a template parsed with webhook.WithOrigins and custom fields
// with the given keys. The budget limits the number of executions; a long body counts
// as several.
func New(ctx context.Context, tmpl *webhook.Template, keys []string, budget int) *Maker {
	m := &Maker{ctx: ctx, kind: tmpl.Kind(), tmpl: tmpl, keys: keys, given: budget, budget: budget}
	for _, s := range event.SamplesOf(m.kind) {
		if s.SentBy(event.Version{}) {
			m.raw = append(m.raw, m.withFields(s.Event))
			m.samples = append(m.samples, Harmless(m.withFields(s.Event)))
		}
	}
	return m
}

// withFields returns a copy of an event with all custom fields set.
func (m *Maker) withFields(ev event.Event) event.Event {
	ev = ev.Clone()
	if len(m.keys) > 0 && ev.CustomFields == nil {
		ev.CustomFields = map[string]string{}
	}
	for _, key := range m.keys {
		if _, ok := ev.CustomFields[key]; !ok {
			ev.CustomFields[key] = "production"
		}
	}
	return ev
}

// Spent reports whether the budget is used up or the context is done.
func (m *Maker) Spent() bool { return m.budget <= 0 || m.ctx.Err() != nil }

// Charge deducts the cost of other work from the budget.
func (m *Maker) Charge(executions int) { m.budget -= executions }

// Cost returns how much of the budget has been used.
func (m *Maker) Cost() int { return m.given - m.budget }

// Samples returns the harmless events that others are made from. Callers must not
// change them.
func (m *Maker) Samples() []event.Event { return m.samples }

// Trace executes the template, and says which part of it printed what. ok is false if it
// fails and nothing is sent.
func (m *Maker) Trace(ev event.Event) (body []byte, origins *webhook.Origins, ok bool) {
	message, origins, err := m.tmpl.Trace(m.ctx, ev)
	m.Executions++
	m.budget -= 1 + message.Work/workACost + len(message.Body)/bytesACost
	if err != nil {
		m.Failed = true
		if errors.Is(err, webhook.ErrTimeLimit) || errors.Is(err, webhook.ErrOutputLimit) {
			m.budget -= limitCost
		}
		return nil, nil, false
	}
	return message.Body, origins, true
}

// limitCost is the cost of an execution that ends at a limit.
const limitCost = 200

// Check executes the template. It returns nil if the body is valid JSON or nothing is
// sent.
func (m *Maker) Check(ev event.Event) *Found { return m.Look(ev).Found }

// Look executes the template with an event.
func (m *Maker) Look(ev event.Event) Look {
	look := m.look(ev)
	if look.Found != nil {
		look.Found.Unlikely = ev.Unsent(event.Version{})
	}
	return look
}

// look is Look without checking whether the event is likely.
func (m *Maker) look(ev event.Event) Look {
	body, origins, ok := m.Trace(ev)
	if !ok || json.Valid(body) {
		return Look{origins: origins}
	}
	f := &Found{Event: ev, Body: body, origins: origins}
	f.Offset, f.Error = breaksAt(body)
	return Look{f, origins}
}
