package witness

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// Believable returns texts for a place that break the JSON where they are not escaped
// and that Coroot could send.
func (m *Maker) Believable(at string) []string { return field(m.kind, at).Breaks() }

// Bounded reports whether Coroot is unlikely to send text that breaks JSON in a field:
// Coroot produces the text itself, such as a URL, or Kubernetes restricts it to letters
// and dashes.
func (m *Maker) Bounded(at string) bool {
	_, custom := m.custom(at)
	return !custom && field(m.kind, at).Bounded()
}

// Enumerated reports whether a place holds one of a fixed set of values. Such a place
// is never overwritten.
func (m *Maker) Enumerated(at string) bool { return field(m.kind, at).Form == event.FormEnum }

// TextsIn returns the places of the texts printed with a place: those of the event or
// of the elements of a list, otherwise the place itself.
func (m *Maker) TextsIn(at string) []string {
	f := field(m.kind, at)
	inside := strings.TrimSuffix(at, ".")
	switch {
	case inside == "":
	case !f.IsList():
		return []string{at}
	case f.Element().IsText():
		return []string{inside + "[]"}
	default:
		f, inside = f.Element(), inside+"[]"
	}
	var texts []string
	for _, part := range f.Fields {
		if place := inside + "." + part.Name; part.IsText() && !m.Enumerated(place) && !m.Bounded(place) {
			texts = append(texts, place)
		}
	}
	slices.Reverse(texts) // the schema lists messages after names
	return texts
}

// field returns the schema's description of a place.
func field(kind event.Kind, at string) event.Field {
	f := event.Field{Fields: event.Fields(kind)}
	for part := range strings.FieldsFuncSeq(at, func(r rune) bool { return r == '.' || r == '[' }) {
		if strings.HasSuffix(part, "]") {
			f = f.Element()
			continue
		}
		var next event.Field
		for _, inner := range f.Fields {
			if inner.Name == part {
				next = inner
			}
		}
		f = next
	}
	return f
}
