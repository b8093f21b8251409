package witness

import (
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// Search tries the unmodified samples and generated events, to find problems that no
// path leads to. It prefers events that Coroot sends.
func (m *Maker) Search() *Found {
	const most = 400
	var unlikely *Found
	for ev := range chain(slices.Values(m.raw), m.Generated(most)) {
		if m.Spent() {
			break
		}
		switch found := m.Check(ev); {
		case found == nil:
		case found.Unlikely == "":
			return m.small(found)
		case unlikely == nil:
			unlikely = found
		}
	}
	if unlikely == nil {
		return nil
	}
	return m.small(unlikely)
}

// small is Small while the body breaks after the same text.
func (m *Maker) small(found *Found) *Found {
	small := m.Small(found, func(again *Found) bool { return SameSite(again, found) })
	small.Unlikely = small.Event.Unsent(event.Version{})
	return small
}

func chain[T any](all ...iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, seq := range all {
			for v := range seq {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// Generated yields n events. Every other one contains words from the template.
func (m *Maker) Generated(n int) iter.Seq[event.Event] {
	words := words(m.tmpl.Parsed())
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the events must be the same in every run
	return func(yield func(event.Event) bool) {
		i := 0
		for ev := range generate.Shared(m.kind) {
			if i++; i > n {
				return
			}
			if len(words) > 0 && i%2 == 0 {
				ev = rewritten(ev, func(text string) string {
					if rng.IntN(4) == 0 {
						return text
					}
					return words[rng.IntN(len(words))]
				})
			}
			if !yield(m.withFields(ev)) {
				return
			}
		}
	}
}

// Variety yields events in all states: the samples, one event for each value of the
// enumerated fields, and generated ones.
func (m *Maker) Variety() iter.Seq[event.Event] {
	const most = 64
	return chain(slices.Values(m.samples), m.everyValue(), m.Generated(most))
}

// Ordinary yields events with texts that nobody chose to break a template: the samples,
// one event for each value of the enumerated fields, and generated ones.
func (m *Maker) Ordinary() iter.Seq[event.Event] {
	const most = 64
	return chain(slices.Values(m.samples), m.everyValue(), func(yield func(event.Event) bool) {
		rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the events must be the same in every run
		for range most {
			if !yield(m.withFields(generate.Event(m.kind, generate.Benign, rng))) {
				return
			}
		}
	})
}

func (m *Maker) everyValue() iter.Seq[event.Event] {
	return func(yield func(event.Event) bool) {
		for _, field := range event.Fields(m.kind) {
			if field.Form != event.FormEnum {
				continue
			}
			for _, value := range field.Values {
				ev := m.samples[0].Clone()
				ev.Root().Part(field.Name).SetText(value)
				if !yield(ev) {
					return
				}
			}
		}
	}
}

// Small makes an event as short and plain as possible, and as close to the built-in one,
// while the body still breaks in the same way.
func (m *Maker) Small(found *Found, same func(*Found) bool) *Found {
	return m.shorter(m.plainer(m.Closer(found, same), same), same)
}

// Closer makes an event differ from the built-in one only where it must, while the body
// still breaks in the same way.
func (m *Maker) Closer(found *Found, same func(*Found) bool) *Found {
	return Closer(found.Event, found, func(ev event.Event) (*Found, bool) { return m.again(ev, same) })
}

// again executes a changed event, and reports whether it shows the same problem.
func (m *Maker) again(ev event.Event, same func(*Found) bool) (*Found, bool) {
	if m.Spent() {
		return nil, false
	}
	again := m.look(ev).Found
	return again, again != nil && same(again)
}

// plainer makes every text harmless unless the problem depends on it.
func (m *Maker) plainer(found *Found, same func(*Found) bool) *Found {
	try := func(change func(ev event.Event) bool) {
		ev := found.Event.Clone()
		if !change(ev) {
			return
		}
		if plainer, ok := m.again(ev, same); ok && !lessLikely(ev, found.Event) {
			found = plainer
		}
	}
	for _, own := range ownTexts(found.Event) {
		at, path := own.at, own.at.Path
		if at.Field().Form == event.FormEnum {
			continue
		}
		try(func(ev event.Event) bool {
			return change(ev, path, func(text string) string { return plain(at.Field(), text) })
		})
	}
	for _, key := range sortedKeys(found.Event.CustomFields) {
		text := found.Event.CustomFields[key]
		try(func(ev event.Event) bool {
			ev.CustomFields[key] = harmless(text)
			return ev.CustomFields[key] != text
		})
	}
	return found
}

// plain returns a text that Coroot could send in a field, to replace a generated one.
func plain(field *event.Field, text string) string {
	if short := harmless(text); short == text && len(text) < 60 && utf8.ValidString(text) {
		return text
	}
	if known := field.Known(); len(known) > 0 {
		return harmless(known[0])
	}
	return "checkout"
}

// shorter halves long texts.
func (m *Maker) shorter(found *Found, same func(*Found) bool) *Found {
	const short = 40
	for _, own := range ownTexts(found.Event) {
		path := own.at.Path
		for text, _ := own.at.Text(); len(text) > short && !m.Spent(); {
			half := len(text) / 2
			shorter := false
			for _, cut := range []string{text[:half], text[half:]} {
				ev := found.Event.Clone()
				if !change(ev, path, func(string) string { return cut }) {
					continue
				}
				if again, ok := m.again(ev, same); ok && !lessLikely(ev, found.Event) {
					found, text, shorter = again, cut, true
					break
				}
			}
			if !shorter {
				break
			}
		}
	}
	return found
}

// change changes the text at a path and reports whether it did.
func change(ev event.Event, path string, to func(string) string) bool {
	for at := range ev.Texts() {
		if at.Path == path {
			text, _ := at.Text()
			changed := to(text)
			return changed != text && at.SetText(changed)
		}
	}
	return false
}

// sortedKeys makes results independent of map order.
func sortedKeys(fields map[string]string) []string { return slices.Sorted(maps.Keys(fields)) }
