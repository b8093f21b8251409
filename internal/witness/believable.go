package witness

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// Believable returns texts for a place that break the JSON where they are not escaped
// and that Coroot could send.
func (m *Maker) Believable(at string) []string {
	name := at[strings.LastIndexByte(at, '.')+1:]
	switch name {
	case "Message":
		return []string{`2 pods report "connection refused"`, `C:\data is full`, "2 upstream services:\ncheckout, orders"}
	case "Summary":
		return []string{`new error: unexpected token "<" in JSON`, `C:\data is full`, "first line\nsecond line"}
	case "Summary[]": // an item of a deployment's summary
		return []string{`💔 Logs: "connection refused" in the new version`, `💔 C:\data is full`, "💔 Logs:\ntoo many errors"}
	case "Value":
		return []string{`reason="BackOff"`, `C:\temp\order.json`, "kind=Pod\nreason=BackOff", "can't connect"}
	case "RCASummary", "RCARemediations":
		return []string{`The pod "checkout-7d9f" ran out of memory.`, "**Cause**\nout of memory", `C:\data is full`}
	case "RuleName", "ProjectName":
		return []string{`Lag of "orders"`, `C:\data`, "two\nlines"}
	case "Check":
		return []string{`Errors in "orders"`, `C:\data`, "two\nlines"}
	case "Version":
		return []string{`123ab456: app:"v1.8.2"`, `123ab456: app\v1`, "123ab456:\napp"}
	}
	if f := field(m.kind, at); made(f) && len(f.Known()) > 0 { // only a wrong setting could break it
		known := f.Known()[0]
		return []string{known + `"`, known + `\`, known + "\n"}
	}
	return []string{`my "app"`, `my\app`, "my\napp"}
}

// Bounded reports whether Coroot is unlikely to send text that breaks JSON in a field:
// Coroot produces the text itself, such as a URL, or Kubernetes restricts it to letters
// and dashes.
func (m *Maker) Bounded(at string) bool {
	if _, ok := m.custom(at); ok {
		return false
	}
	return made(field(m.kind, at))
}

// made reports whether Coroot or Kubernetes produces the texts of a field.
func made(f event.Field) bool {
	switch f.Form {
	case event.FormURL, event.FormMade, event.FormEnum:
		return true
	}
	return f.Name == "Kind" || f.Name == "Namespace"
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
