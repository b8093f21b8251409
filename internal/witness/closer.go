package witness

import (
	"iter"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
)

// Simplest returns what a test shows of the plainest event that passes it: a built-in
// one with one field empty, or else the one that Closer finds.
func Simplest[T any](ev event.Event, shown T, test func(event.Event) (T, bool)) T {
	for plain := range oneEmpty(ev.Kind()) {
		if lessLikely(plain, ev) {
			continue
		}
		if shown, ok := test(plain); ok {
			return shown
		}
	}
	return Closer(ev, shown, test)
}

// oneEmpty yields the built-in events of a kind, each with one field empty.
func oneEmpty(kind event.Kind) iter.Seq[event.Event] {
	return func(yield func(event.Event) bool) {
		for _, sample := range event.SamplesOf(kind) {
			for _, field := range event.Fields(kind) {
				if field.Form == event.FormEnum || !field.IsText() && !field.IsList() {
					continue
				}
				ev := sample.Event.Clone()
				empty(ev.Root().Part(field.Name))
				if !yield(ev) {
					return
				}
			}
		}
	}
}

// empty leaves nothing at a place that holds a text or a list.
func empty(at event.Place) {
	at.Resize(0)
	at.SetText("")
}

// Closer makes an event differ from the built-in one of its kind as little as possible,
// and no less likely, and returns what a test shows of the last one that passes it. The
// given event does, and shown is what the test shows of it.
func Closer[T any](ev event.Event, shown T, test func(event.Event) (T, bool)) T {
	c := &closer[T]{ev: ev, sample: event.DefaultSample(ev.Kind()).Event, test: test, shown: shown}
	names := ev.Differing(c.sample)
	if len(names) > 1 {
		names = c.oneOf(names)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return c.restore(name) })
	for _, name := range names {
		c.fewer(name)
	}
	c.texts()
	return c.shown
}

type closer[T any] struct {
	ev, sample event.Event
	test       func(event.Event) (T, bool)
	shown      T // of ev
}

// try changes the event if the result passes.
func (c *closer[T]) try(change func(event.Event)) bool {
	ev := c.ev.Clone()
	change(ev)
	shown, ok := c.test(ev)
	if !ok || lessLikely(ev, c.ev) {
		return false
	}
	c.ev, c.shown = ev, shown
	return true
}

// lessLikely reports whether the newest Coroot does not send an event, but another one.
func lessLikely(ev, than event.Event) bool {
	return ev.Unsent(event.Version{}) != "" && than.Unsent(event.Version{}) == ""
}

// restore gives fields the values of the built-in event, if it still passes.
func (c *closer[T]) restore(names ...string) bool {
	return c.try(func(ev event.Event) {
		for _, name := range names {
			ev.Root().Part(name).Set(c.sample.Root().Part(name))
		}
	})
}

// oneOf restores all fields but one, if that is enough, and returns those that still
// differ.
func (c *closer[T]) oneOf(names []string) []string {
	for i, kept := range names {
		if c.restore(slices.Delete(slices.Clone(names), i, i+1)...) {
			return []string{kept}
		}
	}
	return names
}

// fewer removes elements from a list.
func (c *closer[T]) fewer(name string) {
	n := c.ev.Root().Part(name).Len()
	if n > 1 && c.try(func(ev event.Event) { ev.Root().Part(name).Resize(0) }) { // usually all of them can go
		return
	}
	for n--; n >= 0; n-- {
		c.try(func(ev event.Event) { ev.Root().Part(name).Remove(n) })
	}
}

// texts restores the texts within fields that must differ.
func (c *closer[T]) texts() {
	for _, own := range ownTexts(c.ev) {
		if own.replaces && own.at.Path != own.at.Field().JSON {
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
	samples := sampleTexts(ev.Kind())
	var own []ownText
	for at := range ev.Clone().Texts() {
		text, _ := at.Text()
		if sample, ok := samples[at.Path]; !ok || sample != text {
			own = append(own, ownText{at, sample, ok})
		}
	}
	return own
}

// sampleTexts returns the texts of the built-in event of a kind, by path.
var sampleTexts = event.OncePerKind(func(kind event.Kind) map[string]string {
	texts := map[string]string{}
	for at := range event.DefaultSample(kind).Event.Texts() {
		texts[at.Path], _ = at.Text()
	}
	return texts
})
