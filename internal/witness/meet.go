package witness

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// place returns the event place that a template expression names. A trailing method
// stands for the value it is called on.
func place(ev event.Event, at string) event.Place {
	p := ev.Root()
	for part := range strings.FieldsFuncSeq(at, func(r rune) bool { return r == '.' || r == '[' }) {
		if number, ok := strings.CutSuffix(part, "]"); ok {
			n, _ := strconv.Atoi(number)
			p = p.Element(n)
		} else if next := p.Part(part); next.Exists() || p.Field().Type != "ApplicationID" {
			p = next
		}
	}
	return p
}

// A Shape says how a sample is changed before it is made to meet a demand.
type Shape int

// The shapes. The first leaves the event unchanged.
const (
	AsIs      Shape = iota
	LongTexts       // lengthens texts written by people and programs
	LongLists
	SameTexts
	EmptyTexts
	AllLong // also lengthens texts that Coroot produces, such as URLs
	shapes
)

// Shapes returns all shapes.
func Shapes() []Shape {
	all := make([]Shape, shapes)
	for i := range all {
		all[i] = Shape(i)
	}
	return all
}

func (s Shape) change(ev event.Event) event.Event {
	const (
		longText = 1200
		longList = 12
	)
	switch s {
	case LongTexts, AllLong:
		long := func(text string) string {
			for len(text) > 0 && len(text) < longText {
				text += " " + text
			}
			return text
		}
		if s == AllLong {
			return rewritten(ev, long)
		}
		return rewrittenAt(ev, func(at event.Place, text string) string {
			if at.Field().Bounded() {
				return text
			}
			text = long(text)
			if most := at.Field().MaxLength; most > 0 && len(text) > most {
				text = strings.ToValidUTF8(text[:most], "")
			}
			return text
		})
	case LongLists:
		ev = ev.Clone()
		for part := range ev.Root().Parts() {
			part.Resize(longList)
		}
		return ev
	case SameTexts:
		return rewritten(ev, func(string) string { return "checkout" })
	case EmptyTexts:
		return rewritten(ev, func(string) string { return "" })
	}
	return ev.Clone()
}

// Meet returns an event made from a sample that meets a demand as far as possible.
func (m *Maker) Meet(sample int, s Shape, d Demand) event.Event {
	ev := s.change(m.samples[sample])
	for _, l := range d.Lengths {
		list := place(ev, l.List)
		if n := min(max(list.Len(), l.Min), l.Max); n != list.Len() {
			list.Resize(min(n, maxResized))
		}
	}
	for _, t := range d.Texts {
		m.meetText(ev, t)
	}
	for _, t := range d.Truths {
		meetTruth(ev, t)
	}
	for _, p := range d.Pairs {
		m.meetPair(ev, p, d)
	}
	ev.Settle(d.filled()...)
	return ev
}

const maxResized = 200

func (m *Maker) meetText(ev event.Event, t Text) {
	fits := func(text string) bool { return slices.Contains(t.Of, text) != t.Not }
	text, ok := m.Text(ev, t.At)
	if !ok || fits(text) {
		return
	}
	p := place(ev, t.At)
	candidates := slices.Concat(t.Of, p.Field().Known(), p.Field().Values, []string{"checkout", "orders", "", "x"})
	sent := p.Field().Known()
	slices.SortStableFunc(candidates, func(x, y string) int { // values that Coroot sends come first
		return order(slices.Contains(sent, x)) - order(slices.Contains(sent, y))
	})
	for _, candidate := range candidates {
		if fits(candidate) && m.set(ev, t.At, candidate) {
			return
		}
	}
}

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}

func meetTruth(ev event.Event, t Truth) {
	p := place(ev, t.At)
	if p.SetBool(t.True) {
		return
	}
	app, ok := p.Application()
	if !ok {
		return
	}
	method := t.At[strings.LastIndexByte(t.At, '.')+1:]
	switch {
	case method == "IsZero" && t.True:
		app = event.ApplicationID{}
	case method == "NamespaceIsEmpty" && t.True:
		app.Namespace = "_"
	case method == "NamespaceIsEmpty" && app.NamespaceIsEmpty():
		app.Namespace = "default"
	case method == "IsZero" && app.IsZero():
		app = event.NewApplicationID("a1b2c3d4", "default", "Deployment", "app1")
	}
	p.SetApplication(app)
}

// meetPair makes two texts equal or different. It leaves an enumerated text unchanged.
func (m *Maker) meetPair(ev event.Event, p Pair, d Demand) {
	x, okX := m.Text(ev, p.X)
	y, okY := m.Text(ev, p.Y)
	if !okX || !okY || (x == y) == p.Equal {
		return
	}
	bound := func(at string) bool {
		return place(ev, at).Field().Form == event.FormEnum || slices.ContainsFunc(d.Texts, func(t Text) bool { return t.At == at })
	}
	if bound(p.X) {
		p.X, p.Y, x, y = p.Y, p.X, y, x
	}
	if p.Equal {
		m.set(ev, p.X, y)
	} else {
		m.set(ev, p.X, x+"-2")
	}
}

// Put returns a copy of an event with a text set at a place, in every element of any
// lists on the way, and reports whether the place exists. It does not change enumerated
// fields.
func (m *Maker) Put(ev event.Event, at, text string) (event.Event, bool) {
	ev = ev.Clone()
	done := false
	for n := range 8 {
		one := strings.ReplaceAll(at, "[]", "["+strconv.Itoa(n)+"]")
		done = m.set(ev, one, text) || done
		if one == at {
			break
		}
	}
	return ev, done
}
