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
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sort"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
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

// breaksAt returns where and why a body is not valid JSON. It ignores line breaks in
// strings that Coroot would have repaired had the rest been valid.
func breaksAt(body []byte) (int, string) {
	var v json.RawMessage
	err := json.Unmarshal(bytes.ReplaceAll(body, []byte("\n"), []byte(" ")), &v)
	if err == nil {
		err = json.Unmarshal(body, &v)
	}
	if err == nil {
		return len(body), ""
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) || syntax.Offset >= int64(len(body)) && syntax.Error() == "unexpected end of JSON input" {
		return len(body), err.Error()
	}
	return max(int(syntax.Offset)-1, 0), err.Error()
}

// site identifies where a body breaks by the text before it.
func (f *Found) site() string {
	const near = 12
	end := min(f.Offset, len(f.Body))
	return string(f.Body[max(0, end-near):end])
}

// SameSite reports whether two bodies break after the same text.
func SameSite(x, y *Found) bool { return x.site() == y.site() }

// Range is part of a template, in byte offsets.
type Range struct{ Start, End int }

func (r Range) meets(o webhook.Origin) bool {
	return o.Start < max(r.End, r.Start+1) && r.Start < max(o.End, o.Start+1)
}

// ShownAt reports whether what part of the template prints breaks the body, there or
// just after it. It first makes the output of the actions in others harmless, so that
// their mistakes do not hide this one, and then sets f.Offset to where this one breaks
// the body.
func (m *Maker) ShownAt(f *Found, at Range, others []Range) bool {
	m.Charge(1 + 2*len(f.Body)/bytesACost)
	body, origins := f.Body, f.origins
	if masked := mask(body, origins, at, others); masked != nil {
		body = masked
	}
	if json.Valid(body) {
		return false
	}
	offset, problem := breaksAt(body)
	if !breaksBy(body, offset, origins, at, len(m.tmpl.Text())) {
		return false
	}
	f.Offset, f.Error = offset, problem
	return true
}

// mask returns a copy of a body with the bytes printed by other places, given in text
// order, made harmless. It returns nil if there are none.
func mask(body []byte, origins *webhook.Origins, at Range, others []Range) []byte {
	if len(others) == 0 {
		return nil
	}
	masked := slices.Clone(body)
	for i, c := range masked {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		from := origins.At(i)
		if from.Literal || at.meets(from) {
			continue
		}
		n := sort.Search(len(others), func(n int) bool { return others[n].End >= from.Start })
		if n < len(others) && others[n].meets(from) {
			masked[i] = 'x'
		}
	}
	return masked
}

// breaksBy reports whether a place printed the byte at which a body breaks, or the last
// non-space byte before it.
func breaksBy(body []byte, offset int, origins *webhook.Origins, at Range, end int) bool {
	if offset >= len(body) && at.Start >= end-1 {
		return true
	}
	if offset < len(body) && at.meets(origins.At(offset)) {
		return true
	}
	before := len(bytes.TrimRight(body[:min(offset, len(body))], " \t\r\n"))
	return before > 0 && at.meets(origins.At(before-1))
}

// Harmless returns a copy of an event without anything that could break JSON.
func Harmless(ev event.Event) event.Event {
	return rewritten(ev, harmless)
}

func harmless(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return ' '
		case r < ' ' || r == '\\' || r == '"' || r == '\'' || r == 0x7f:
			return -1
		}
		return r
	}, text)
}

// rewritten returns a copy of an event with every text changed except those of
// enumerated fields.
func rewritten(ev event.Event, change func(string) string) event.Event {
	return rewrittenAt(ev, func(_ event.Place, text string) string { return change(text) })
}

// rewrittenAt is like rewritten, for a change that depends on the place. The place of a
// custom field is the zero Place.
func rewrittenAt(ev event.Event, change func(at event.Place, text string) string) event.Event {
	ev = ev.Clone()
	ev.Rewrite(func(at event.Place, text string) string {
		if at.Field.Form == event.FormEnum {
			return text
		}
		return change(at, text)
	})
	for key, text := range maps.Clone(ev.CustomFields) {
		ev.CustomFields[key] = change(event.Place{}, text)
	}
	return ev
}

// Text returns the text at a place of an event and reports whether there is one.
func (m *Maker) Text(ev event.Event, at string) (string, bool) {
	if key, ok := m.custom(at); ok {
		text, ok := ev.CustomFields[key]
		return text, ok
	}
	return place(ev, at).Text()
}

// Raw returns the text at a place of an unmodified sample.
func (m *Maker) Raw(sample int, at string) (string, bool) { return m.Text(m.raw[sample], at) }

// custom returns the key of the custom field at a place.
func (m *Maker) custom(at string) (string, bool) {
	for _, key := range m.keys {
		if at == "."+webhook.FieldName(key) {
			return key, true
		}
	}
	return "", false
}

// set sets the text at a place. For an application, it sets the name.
func (m *Maker) set(ev event.Event, at, text string) bool {
	if key, ok := m.custom(at); ok {
		ev.CustomFields[key] = text
		return true
	}
	p := place(ev, at)
	if p.Field.Form == event.FormEnum && !slices.Contains(p.Field.Values, text) {
		return false
	}
	return p.SetText(text) || p.Part("Name").SetText(text)
}

// words returns the texts that the template itself mentions, because its conditions
// test for them.
func words(t *source.Template) []string {
	const most = 64
	var words []string
	for text := range strings.FieldsFuncSeq(t.Text, func(r rune) bool { return r == '"' || r == '`' }) {
		if len(words) == most {
			break
		}
		if len(text) < 100 && !strings.ContainsAny(text, "{}") && !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	slices.Sort(words)
	return words
}
