package generate

import (
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
)

// Variant is the default sample of a kind with one thing changed.
type Variant struct {
	About string // what differs, such as: an event with 2 elements in .Reports
	Event event.Event
	Grows string // what is very long in it, as a template names it: .Details[].Value, or the list .Details
	Base  string // the base URL of its link, if it is another
}

// States returns the default sample with each value of its enumerated fields, including
// those that no Coroot sends, and with lists of zero, one and two elements.
func States(kind event.Kind) []Variant {
	var all []Variant
	add := func(about string, field event.Field, change func(event.Place)) {
		ev := event.DefaultSample(kind).Event
		change(ev.Root().Part(field.Name))
		ev.Settle()
		all = append(all, Variant{About: about, Event: ev})
	}
	for _, field := range event.Fields(kind) {
		if field.IsList() {
			for n := range 3 {
				add(fmt.Sprintf("an event with %d elements in .%s", n, field.Name), field, func(at event.Place) { at.Resize(n) })
			}
		}
		for _, value := range field.Values {
			add(fmt.Sprintf("an event with the .%s %s", field.Name, value), field, func(at event.Place) { at.SetText(value) })
		}
	}
	return all
}

// Links returns the default sample with links below other base URLs: a host without a
// dot, one with a port, one with a path.
func Links(kind event.Kind) []Variant {
	var all []Variant
	for _, base := range event.BaseURLs()[1:] {
		ev := event.DefaultSample(kind).Event.Rebase(base)
		all = append(all, Variant{About: "an event of a Coroot at " + base, Event: ev, Base: base})
	}
	return all
}

// Long returns variants of the default sample: one for each free text, made as long as
// given, and one for each list, with so many elements. Texts that Coroot cuts are made
// as long as they can be, in every element of a list.
func Long(kind event.Kind, text string, elements int) []Variant {
	var all []Variant
	add := func(grows, list string, change func(event.Event)) {
		ev := event.DefaultSample(kind).Event
		at := ev.Root().Part(list)
		if at.Exists() {
			at.Resize(1)
		}
		change(ev)
		all = append(all, Variant{About: "an event that is long in " + grows, Event: ev, Grows: grows})
	}
	for _, field := range event.Fields(kind) {
		switch {
		case field.IsText() && field.Form == event.FormText:
			add("."+field.Name, "", func(ev event.Event) { ev.Root().Part(field.Name).SetText(text) })
		case field.IsList():
			longElements(field, text, add)
			add("the list ."+field.Name, "", func(ev event.Event) { ev.Root().Part(field.Name).Resize(elements) })
		}
	}
	return all
}

// longElements lengthens the texts of a list's elements.
func longElements(list event.Field, text string, add func(grows, list string, change func(event.Event))) {
	if list.Element().IsText() {
		add("."+list.Name+"[]", list.Name, func(ev event.Event) { ev.Root().Part(list.Name).Element(0).SetText(text) })
	}
	const many = 4 // at most as many details as an alert has
	for _, inner := range list.Fields {
		if !inner.IsText() || inner.Form != event.FormText {
			continue
		}
		name := "." + list.Name + "[]." + inner.Name
		add(name, list.Name, func(ev event.Event) {
			element := ev.Root().Part(list.Name).Element(0)
			element.Part(inner.Name).SetText(text)
			if len(text) > inner.MaxLength && inner.Uncut != nil {
				element.Part("Name").SetText(inner.Uncut[0])
			}
		})
		if inner.MaxLength > 0 {
			add(name, list.Name, func(ev event.Event) {
				at := ev.Root().Part(list.Name)
				at.Resize(many)
				for element := range at.Parts() {
					element.Part(inner.Name).SetText(cut(text, &inner))
				}
			})
		}
	}
}

// LongAll returns the default sample with each of its free texts replaced by one text,
// cut where Coroot cuts.
func LongAll(kind event.Kind, text string) event.Event {
	ev := event.DefaultSample(kind).Event
	ev.Rewrite(func(at event.Place, old string) string {
		if at.Field().Form != event.FormText {
			return old
		}
		return cut(text, at.Field())
	})
	return ev
}

// cut cuts a text as Coroot does, after n characters.
func cut(text string, field *event.Field) string {
	n := 0
	for at := range text {
		if n++; field.MaxLength > 0 && n > field.MaxLength {
			return text[:at]
		}
	}
	return text
}

// Written returns the default sample with each text that comes from people or programs
// outside Coroot changed, including those of an application.
func Written(kind event.Kind, change func(text string) string) event.Event {
	ev := event.DefaultSample(kind).Event
	ev.Rewrite(func(at event.Place, text string) string {
		foreign := at.Field().Form == event.FormText || at.Field().Form == event.FormName
		if !foreign || text == "" && at.Field().Optional {
			return text
		}
		return change(text)
	})
	return ev
}
