package jsonflow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// editor changes a copy of an event at paths.
type editor struct {
	ev   event.Event
	keys []string
}

func edit(ev event.Event, keys []string) *editor {
	e := &editor{ev: ev.Clone(), keys: keys}
	if len(keys) > 0 && e.ev.CustomFields == nil {
		e.ev.CustomFields = map[string]string{}
	}
	for _, key := range keys {
		if _, ok := e.ev.CustomFields[key]; !ok {
			e.ev.CustomFields[key] = "production"
		}
	}
	return e
}

// meet changes the event so that it goes the way.
func (e *editor) meet(d demand) {
	for list, length := range d.lengths {
		if at := e.find(concrete{path: list}); at.Field.IsList() {
			at.Resize(min(max(at.Len(), length.lo), length.hi, mostElements))
		}
	}
	for _, c := range d.order {
		e.meetOne(c, d.domains[c])
	}
	for _, p := range d.pairs {
		e.meetPair(p, d)
	}
}

// meetPair makes two texts equal, or different. The text that can only be one of
// a few stays as it is.
func (e *editor) meetPair(p pair, d demand) {
	x, okX := e.text(p.x)
	y, okY := e.text(p.y)
	if !okX || !okY || (x == y) == p.equal {
		return
	}
	_, bound := d.domains[p.x]
	if bound || p.x.path.values != nil {
		p.x, p.y, x, y = p.y, p.x, y, x
	}
	if p.equal {
		e.setText(p.x, y)
	} else if p.x.path.values == nil {
		e.setText(p.x, x+"-2")
	}
}

// mostElements bounds the lists of events that are made.
const mostElements = 200

func (e *editor) meetOne(c concrete, d domain) {
	if c.path.method {
		e.meetMethod(c, d)
		return
	}
	if d.kind == kindBool {
		e.find(c).SetBool(d.lo == 1)
		return
	}
	text, ok := e.text(c)
	if !ok || d.kind != kindText || d.has(text) {
		return
	}
	for _, candidate := range append(d.texts(), plainTexts(e.find(c))...) {
		if d.has(candidate) {
			e.setText(c, candidate)
			return
		}
	}
}

func (e *editor) meetMethod(c concrete, d domain) {
	at := e.find(concrete{path: c.path.parent, at: c.at})
	app, ok := at.Application()
	if !ok || d.kind != kindBool {
		return
	}
	switch {
	case c.path.name == "IsZero" && d.lo == 1:
		app = event.ApplicationID{}
	case c.path.name == "NamespaceIsEmpty" && d.lo == 1:
		app.Namespace = "_"
	case c.path.name == "NamespaceIsEmpty" && app.NamespaceIsEmpty():
		app.Namespace = "default"
	case c.path.name == "IsZero" && app.IsZero():
		app = event.NewApplicationID("a1b2c3d4", "default", "Deployment", "app1")
	}
	at.SetApplication(app)
}

// find returns the place in the event. Of a method it is what the method is of.
func (e *editor) find(c concrete) event.Place {
	var chain []*path
	for p := c.path; p != nil && p.parent != nil; p = p.parent {
		chain = append(chain, p)
	}
	loops := 0
	for _, p := range chain {
		loops += btoi(p.name == "[]")
	}
	place := e.ev.Root()
	for _, p := range slices.Backward(chain) {
		switch {
		case p.name == "[]":
			loops--
			place = place.Element(c.at[min(loops, len(c.at)-1)])
		case p.name[0] == '[':
			at, err := strconv.Atoi(strings.Trim(p.name, "[]"))
			if err != nil {
				return event.Place{}
			}
			place = place.Element(at)
		case p.method:
			return place
		default:
			place = place.Part(p.name)
		}
	}
	return place
}

func (e *editor) text(c concrete) (string, bool) {
	if key, ok := e.custom(c.path); ok {
		return e.ev.CustomFields[key], true
	}
	return e.find(c).Text()
}

// setText sets the text at a place. Of an application it is the name.
func (e *editor) setText(c concrete, text string) bool {
	if key, ok := e.custom(c.path); ok {
		e.ev.CustomFields[key] = text
		return true
	}
	at := e.find(c)
	if _, ok := at.Application(); ok {
		at = at.Part("Name")
	}
	return at.SetText(text)
}

func (e *editor) custom(p *path) (string, bool) {
	if p == nil || p.parent == nil || p.parent.parent != nil {
		return "", false
	}
	for _, key := range e.keys {
		if webhook.FieldName(key) == p.name {
			return key, true
		}
	}
	return "", false
}

// everyText calls change for each text of the event that is not enumerated.
func (e *editor) everyText(change func(text string) string) {
	e.ev.Rewrite(func(at event.Place, text string) string {
		if at.Field.Form == event.FormEnum {
			return text
		}
		return change(text)
	})
	for key, text := range e.ev.CustomFields {
		e.ev.CustomFields[key] = change(text)
	}
}

// setEvery sets the text of a field, in every element of a list.
func (e *editor) setEvery(p *path, text string) bool {
	done := false
	for n := range 8 {
		done = e.setText(concrete{path: p, at: [4]int{n, n, n, n}}, text) || done
	}
	return done
}

// list returns the list of the event.
func (e *editor) list() event.Place {
	for part := range e.ev.Root().Parts() {
		if part.Field.IsList() {
			return part
		}
	}
	return event.Place{}
}
