package event_test

import (
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
)

func all(string) bool { return true }

// TestKey changes events in each place: only equal ones have the same key.
func TestKey(t *testing.T) {
	t.Parallel()
	known := map[string]string{}
	is := func(what string, ev event.Event) {
		t.Helper()
		key := string(ev.AppendKey(nil, all))
		if other, ok := known[key]; ok {
			t.Errorf("%s has the key of %s", what, other)
		}
		known[key] = what
	}
	for _, kind := range event.Kinds() {
		is("an empty "+kind.String(), event.New(kind))
	}
	for _, sample := range event.Samples() {
		is(sample.Name, sample.Event)
		if known[string(sample.Event.Clone().AppendKey(nil, all))] != sample.Name {
			t.Errorf("the clone of %s has another key", sample.Name)
		}
		changed := sample.Event.Clone()
		for at := range changed.Texts() {
			text, _ := at.Text()
			at.SetText(text + " changed")
			is(sample.Name+" with another "+at.Path, changed)
			at.SetText(text)
		}
	}
}

// TestKeyParts has events that differ in something other than a text, or whose texts
// are the same when written one after another.
func TestKeyParts(t *testing.T) {
	t.Parallel()
	key := func(ev event.Event) string { return string(ev.AppendKey(nil, all)) }
	alert := func(change func(a *event.Alert)) event.Event {
		ev := event.New(event.KindAlert)
		change(ev.Alert)
		return ev
	}
	three, err := event.ParseApplicationID("shop:Deployment:cart")
	if err != nil {
		t.Fatal(err)
	}
	four := event.NewApplicationID("", three.Namespace, three.Kind, three.Name)
	for name, pair := range map[string][2]event.Event{
		"a missing list":   {alert(func(a *event.Alert) { a.Details = nil }), alert(func(a *event.Alert) { a.Details = []event.Detail{} })},
		"a flag":           {alert(func(a *event.Alert) { a.Details = []event.Detail{{}} }), alert(func(a *event.Alert) { a.Details = []event.Detail{{Code: true}} })},
		"another field":    {alert(func(a *event.Alert) { a.RuleName = "x" }), alert(func(a *event.Alert) { a.Severity = "x" })},
		"another boundary": {alert(func(a *event.Alert) { a.Details = []event.Detail{{Name: "ab", Value: "c"}} }), alert(func(a *event.Alert) { a.Details = []event.Detail{{Name: "a", Value: "bc"}} })},
		"parts":            {alert(func(a *event.Alert) { a.Application = three }), alert(func(a *event.Alert) { a.Application = four })},
		"a custom field":   {alert(func(*event.Alert) {}), {Alert: &event.Alert{}, CustomFields: map[string]string{"a": ""}}},
		"custom fields":    {{Alert: &event.Alert{}, CustomFields: map[string]string{"a": "b"}}, {Alert: &event.Alert{}, CustomFields: map[string]string{"ab": ""}}},
	} {
		if key(pair[0]) == key(pair[1]) {
			t.Errorf("%s: the keys are the same", name)
		}
	}
}
