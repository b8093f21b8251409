package witness

import (
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// Closer returns an event that differs from the built-in one of its kind as little as
// possible and still passes a test, as the given one does.
func Closer(ev event.Event, passes func(event.Event) bool) event.Event {
	c := &closer{ev: ev, sample: defaultSamples()[ev.Kind()], passes: passes}
	if names := c.differing(); len(names) > 1 {
		c.oneOf(names)
	}
	for _, name := range c.differing() {
		c.try(func(ev event.Event) { ev.Root().Part(name).Set(c.sample.Clone().Root().Part(name)) })
	}
	for _, name := range c.differing() {
		c.fewer(name)
	}
	c.texts()
	return c.ev
}

type closer struct {
	ev, sample event.Event
	passes     func(event.Event) bool
}

// differing returns the names of the fields that differ from the built-in event's.
func (c *closer) differing() []string { return c.ev.Differing(c.sample) }

// try changes the event if the result passes.
func (c *closer) try(change func(event.Event)) bool {
	ev := c.ev.Clone()
	change(ev)
	passes := c.passes(ev)
	if passes {
		c.ev = ev
	}
	return passes
}

// oneOf restores all fields but one, if that is enough.
func (c *closer) oneOf(names []string) {
	for _, kept := range names {
		if c.try(func(ev event.Event) {
			sample := c.sample.Clone()
			for _, name := range names {
				if name != kept {
					ev.Root().Part(name).Set(sample.Root().Part(name))
				}
			}
		}) {
			return
		}
	}
}

// fewer removes elements from a list.
func (c *closer) fewer(name string) {
	n := c.ev.Root().Part(name).Len()
	if n > 1 && c.try(func(ev event.Event) { ev.Root().Part(name).Resize(0) }) { // usually all of them can go
		return
	}
	for n--; n >= 0; n-- {
		c.try(func(ev event.Event) { ev.Root().Part(name).Remove(n) })
	}
}

// texts restores the texts within fields that must differ.
func (c *closer) texts() {
	for _, own := range ownTexts(c.ev) {
		if own.replaces && own.at.Path != own.at.Field.JSON {
			c.try(func(ev event.Event) { change(ev, own.at.Path, func(string) string { return own.sample }) })
		}
	}
}

// ownText is a text of an event that the built-in event does not have at the same place.
type ownText struct {
	at       event.Place
	sample   string // of the built-in event
	replaces bool   // the built-in event has a text there
}

func ownTexts(ev event.Event) []ownText {
	samples := sampleTexts()[ev.Kind()]
	var own []ownText
	for at := range ev.Clone().Texts() {
		text, _ := at.Text()
		if sample, ok := samples[at.Path]; !ok || sample != text {
			own = append(own, ownText{at, sample, ok})
		}
	}
	return own
}

// defaultSamples returns the built-in events, which must not be changed.
var defaultSamples = sync.OnceValue(func() map[event.Kind]event.Event {
	all := map[event.Kind]event.Event{}
	for _, kind := range event.Kinds() {
		all[kind] = event.DefaultSample(kind).Event
	}
	return all
})

// sampleTexts returns the texts of the built-in events, by kind and path.
var sampleTexts = sync.OnceValue(func() map[event.Kind]map[string]string {
	all := map[event.Kind]map[string]string{}
	for _, kind := range event.Kinds() {
		all[kind] = map[string]string{}
		for at := range defaultSamples()[kind].Texts() {
			all[kind][at.Path], _ = at.Text()
		}
	}
	return all
})
