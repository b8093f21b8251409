package witness

import (
	"maps"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

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
		if at.Field().Form == event.FormEnum {
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
	if p.Field().Form == event.FormEnum && !slices.Contains(p.Field().Values, text) {
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
