package jsonflow

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// confirmLimits bound one execution of the template.
func confirmLimits() webhook.Limits {
	return webhook.Limits{Time: time.Second, Output: 4 << 20, Turns: 20_000}
}

// confirmer executes a template to show that a problem is one.
type confirmer struct {
	a       *analyzer
	tmpl    *webhook.Template
	until   time.Time
	samples []event.Event // made harmless
	raw     []event.Event
	failed  bool // an event was found for which the template fails
}

func (a *analyzer) confirmer(tmpl *webhook.Template) *confirmer {
	c := &confirmer{a: a, tmpl: tmpl, until: time.Now().Add(a.limits.Confirm)}
	for _, s := range event.Samples() {
		if s.Kind != a.kind {
			continue
		}
		e := edit(s.Event, a.keys)
		c.raw = append(c.raw, e.ev.Clone())
		e.everyText(harmless)
		c.samples = append(c.samples, e.ev)
	}
	return c
}

func (c *confirmer) late() bool { return time.Now().After(c.until) || c.a.ctx.Err() != nil }

// check executes the template. It returns nil when the body is valid JSON, and
// when nothing is sent.
func (c *confirmer) check(ev event.Event) *Counterexample {
	message, err := c.tmpl.Render(c.a.ctx, ev)
	if err != nil {
		c.failed = true
		return nil
	}
	if json.Valid(message.Body) {
		return nil
	}
	out := &Counterexample{Event: ev, Body: message.Body}
	out.Offset, out.Error = breaksAt(message.Body)
	return out
}

// breaksAt returns where and why a body is not valid JSON. Line breaks in strings
// that Coroot would have repaired, had the rest been right, are not what it is
// about.
func breaksAt(body []byte) (int, string) {
	var v any
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

// confirm looks for an event that shows a problem: first a sample that needs
// nothing but a text in the field that matters, then a sample that is changed to go
// a way that leads to the problem.
func (c *confirmer) confirm(f *finding) {
	c.failed = false
	defer func() { f.fails = c.failed && f.proof == nil }()
	if f.src != nil && (f.rule == ruleUnescaped || f.rule == ruleWrongEscaper) {
		for i := range c.samples {
			if c.late() || c.inject(f, c.samples[i], i) {
				return
			}
		}
	}
	for _, way := range f.ways {
		d := demands(way)
		for i := range c.samples {
			if c.late() || c.follow(f, d, i) {
				return
			}
		}
	}
	if f.last != nil {
		f.proof = f.last
	}
}

// follow changes a sample so that it goes a way, and sees whether that shows the
// problem.
func (c *confirmer) follow(f *finding, d demand, i int) bool {
	for _, shape := range []func(*editor){nil, longTexts, longLists, sameTexts, emptyTexts} {
		e := edit(c.samples[i], c.a.keys)
		if shape != nil {
			shape(e)
		}
		e.meet(d)
		if f.src != nil && len(f.bad) > 0 {
			if c.inject(f, e.ev, i) {
				return true
			}
		} else if found := c.check(e.ev); found != nil {
			f.proof = c.shrunk(found)
			return true
		}
	}
	return false
}

// inject puts texts into the field that a problem is about. What breaks the JSON
// without them is another problem, unless any text does.
func (c *confirmer) inject(f *finding, ev event.Event, i int) bool {
	before := c.check(ev)
	anyText := f.rule == ruleInQuotes || f.rule == ruleUnquoted || f.rule == ruleStructure
	if before != nil && anyText {
		f.proof = c.shrunk(before)
		return true
	}
	for _, text := range c.texts(f, i) {
		e := edit(ev, c.a.keys)
		if !e.setEvery(f.src, text) {
			return false
		}
		found := c.check(e.ev)
		if found == nil {
			continue
		}
		if before != nil && before.site() == found.site() {
			f.last = found // it shows the other problem
			continue
		}
		f.proof = c.shrunk(found)
		f.proof.Unlikely = unlikely(f.src)
		return true
	}
	return false
}

// site tells where a body breaks by what stands in front.
func (x *Counterexample) site() string {
	const near = 12
	end := min(x.Offset, len(x.Body))
	return string(x.Body[max(0, end-near):end])
}

// texts returns what is put into the field of a problem: first what the sample
// itself has there.
func (c *confirmer) texts(f *finding, i int) []string {
	var texts []string
	raw := edit(c.raw[i], nil)
	for n := range 4 {
		if text, ok := raw.text(concrete{path: f.src, at: [4]int{n}}); ok && text != harmless(text) && len(text) < 400 {
			texts = append(texts, text)
		}
	}
	if f.rule == ruleWrongEscaper {
		return append(texts, f.bad...)
	}
	name := f.src.name
	if f.src.method {
		name = "Name"
	}
	return append(append(texts, believable(name)...), f.bad...)
}

// shrunk makes the lists of an event as short as they can be.
func (c *confirmer) shrunk(found *Counterexample) *Counterexample {
	for !c.late() {
		smaller := (*Counterexample)(nil)
		for n := edit(found.Event, nil).list().Len() - 1; n >= 0 && smaller == nil && !c.late(); n-- {
			without := edit(found.Event, nil)
			without.list().Remove(n)
			if smaller = c.check(without.ev); smaller != nil && smaller.site() != found.site() {
				smaller = nil // another problem
			}
		}
		if smaller == nil {
			break
		}
		found = smaller
	}
	return found
}
