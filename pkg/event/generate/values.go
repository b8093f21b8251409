package generate

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/hooktool/hooktool/pkg/event"
)

// generator makes the values of one event.
type generator struct {
	style  Style
	rng    *rand.Rand
	status string
}

// event fills an event field by field, as the schema describes them.
func (g *generator) event(kind event.Kind) event.Event {
	ev := event.New(kind)
	for part := range ev.Root().Parts() {
		g.fill(part, false)
		g.status = ev.Status()
	}
	return ev
}

// fill fills a place. Texts within a list are shorter.
func (g *generator) fill(at event.Place, within bool) {
	switch f := at.Field(); {
	case g.missing(f):
	case f.IsList():
		at.Resize(g.count())
		for element := range at.Parts() {
			g.fill(element, true)
		}
	case f.Type == "ApplicationID" && g.alone(f):
		at.Part("ClusterId").SetText(f.Fields[0].Examples[0])
	case f.Type == "bool":
		at.SetBool(g.chance(2))
	case f.IsText():
		at.SetText(g.text(f, within))
	default:
		for part := range at.Parts() {
			g.fill(part, within)
		}
	}
}

// missing reports whether a field stays empty: always where Coroot leaves it empty, and
// sometimes where it may be. Now and then a hostile event has a field that Coroot would
// leave empty.
func (g *generator) missing(f *event.Field) bool {
	switch {
	case f.Filled != nil && !slices.Contains(f.Filled, g.status):
		return g.style != Hostile || g.chance(2)
	case f.IsText() && f.Optional && f.Empty != "":
		return g.style == Empty || g.chance(2)
	}
	return false
}

// alone reports whether an event belongs to no application, which only alerts can.
func (g *generator) alone(f *event.Field) bool {
	const often = 6
	return f.Fields[len(f.Fields)-1].Empty != "" && (g.style == Empty || g.chance(often))
}

// count returns the length of a list.
func (g *generator) count() int {
	const short, long = 4, 300
	switch {
	case g.style == Empty:
		return 0
	case g.style == Huge && g.chance(2):
		return long
	}
	return g.rng.IntN(short)
}

// text returns a text for a field.
func (g *generator) text(f *event.Field, within bool) string {
	switch f.Form {
	case event.FormEnum:
		return g.enumerated(f)
	case event.FormMade:
		return pick(g.rng, f.Examples...)
	case event.FormURL:
		return g.url(f)
	case event.FormName, event.FormTitle:
		return g.name(f)
	case event.FormText:
	}
	prefix := ""
	if f.Prefixes != nil {
		prefix = pick(g.rng, f.Prefixes...)
	}
	return prefix + g.free(f, within)
}

// enumerated picks a value that Coroot sends. Now and then a hostile event has one that
// only the type allows.
func (g *generator) enumerated(f *event.Field) string {
	if g.style == Hostile && g.chance(4) {
		return pick(g.rng, f.Values...)
	}
	return pick(g.rng, f.SentBy(event.Version{})...)
}

func (g *generator) url(f *event.Field) string {
	switch g.style {
	case Hostile:
		return pick(g.rng, f.Examples...) + g.hostile()
	case Empty:
		return ""
	}
	return f.Examples[0]
}

// name returns a name such as people or Kubernetes choose.
func (g *generator) name(f *event.Field) string {
	const most = 1 << 8
	switch {
	case g.style == Empty:
		return ""
	case g.style == Hostile && g.chance(2):
		return g.hostile()
	case g.style == Huge:
		return g.long(most)
	}
	return g.plain(f, "checkout", "orders-db", "payments", "shop")
}

// free returns free text, which Coroot keeps shorter in lists.
func (g *generator) free(f *event.Field, within bool) string {
	most := 100 << 10
	if within {
		most = 1 << 10
	}
	if f.MaxLength > 0 {
		most = min(most, f.MaxLength)
	}
	switch g.style {
	case Empty:
		return ""
	case Hostile:
		return g.hostile()
	case Huge:
		return g.long(most)
	}
	return g.plain(f, "high latency to 2 upstream services", "1206 errors occurred", "app restarted", "CPU usage: 21 percent", "größer als 5 日")
}

// plain picks a text that Coroot sends in the field, if one is plain enough for a
// benign event, and makes up another otherwise.
func (g *generator) plain(f *event.Field, others ...string) string {
	if known := f.Known(); len(known) > 0 && g.chance(2) {
		if text := pick(g.rng, known...); isPlain(text) {
			return text
		}
	}
	return pick(g.rng, others...)
}

// isPlain reports whether a text is free of characters that markup treats specially.
// The namespace _ counts as plain because it is so common.
func isPlain(text string) bool {
	return text == "_" || strings.IndexFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" :-", r)
	}) < 0
}

// chance is true once in n times.
func (g *generator) chance(n int) bool { return g.rng.IntN(n) == 0 }

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }
