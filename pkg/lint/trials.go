package lint

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// trial is an event that every template of its kind is tried with.
type trial struct {
	sample string // the name of the built-in event
	about  string // what a made-up event is like
	event  event.Event
	mild   bool   // it is a built-in event, or nearly one
	benign bool   // none of its texts holds a character that any markup cares about
	extra  bool   // it is one of many that are made up, and left out where each template has to be quick
	named  bool   // its texts hold commonName
	long   bool   // it is there for the limits of length
	grows  string // the field that is made very long
}

// The generated events by style. None is huge: events that are long in one field
// after another say more, and are cheaper.
const (
	benignTrials  = 4
	hostileTrials = 20
	emptyTrials   = 2
	briefTrials   = 4 // of each, where each template has to be quick
)

// A long text is over every limit of length of its destination but those above
// mostLong, which are hundreds of kilobytes; longList is the number of elements of a
// long list.
const (
	leastLong = 1_000
	mostLong  = 34_000
	longList  = 120
)

// longEnough returns the length of text that is over every limit of a destination
// that can be reached.
func longEnough(d *destination.Destination) int {
	length := leastLong
	add := func(most int) {
		if enough := most + most/32; enough <= mostLong {
			length = max(length, enough)
		}
	}
	for _, limit := range d.Limits {
		add(limit.Max)
	}
	for _, rule := range d.Visible {
		add(rule.Max)
	}
	return length
}

// longTrials returns the events for the limits of length of a destination. They
// are shared and must not be changed.
func longTrials(kind event.Kind, d *destination.Destination) []trial {
	if !limited(d) {
		return nil
	}
	key := longKey{kind, longEnough(d)}
	if made, ok := madeLong.Load(key); ok {
		return made.([]trial)
	}
	made, _ := madeLong.LoadOrStore(key, makeLongTrials(kind, key.length))
	return made.([]trial)
}

type longKey struct {
	kind   event.Kind
	length int
}

// madeLong keeps what longTrials has made: []trial by longKey.
var madeLong sync.Map

// makeLongTrials makes an event for each field that is long in it, and one that
// is rather long in all of them.
func makeLongTrials(kind event.Kind, length int) []trial {
	text := strings.Repeat("word and ", length/len("word and ")+1)
	all := longFields(kind, text[:length])
	ev := event.DefaultSample(kind).Event.Clone()
	lengthen(dataOf(&ev), event.Fields(kind), text[:length/8])
	return append(all, trial{about: "an event that is rather long in all its texts", event: ev, long: true})
}

// lengthen sets the texts that have no bounds in what Coroot sends.
func lengthen(data reflect.Value, fields []event.Field, text string) {
	for _, field := range fields {
		v := data.FieldByName(field.Name)
		switch {
		case field.Type == "string" && field.Form == event.FormText:
			v.SetString(text)
		case field.Type == "list of string":
			for i := range v.Len() {
				v.Index(i).SetString(text)
			}
		case strings.HasPrefix(field.Type, "list of "):
			for i := range v.Len() {
				lengthen(v.Index(i), field.Fields, text)
			}
		}
	}
}

// trials returns the events that a template is tried with, those that look most
// real first; longTrials has more. They are shared and must not be changed.
func trials(kind event.Kind) []trial {
	switch kind {
	case event.KindIncident:
		return incidentTrials()
	case event.KindDeployment:
		return deploymentTrials()
	case event.KindAlert:
		return alertTrials()
	}
	return nil
}

var (
	incidentTrials   = sync.OnceValue(func() []trial { return makeTrials(event.KindIncident) })
	deploymentTrials = sync.OnceValue(func() []trial { return makeTrials(event.KindDeployment) })
	alertTrials      = sync.OnceValue(func() []trial { return makeTrials(event.KindAlert) })
)

func makeTrials(kind event.Kind) []trial {
	var all []trial
	for _, sample := range event.SamplesOf(kind) {
		all = append(all, trial{sample: sample.Name, event: sample.Event, mild: true})
	}
	all = append(all, shortLists(kind)...)
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the events must be the same in every run
	add := func(style generate.Style, n int) {
		for i := range n {
			all = append(all, trial{
				about: "a generated " + style.String() + " event", event: generate.Event(kind, style, rng), benign: style == generate.Benign, extra: i >= briefTrials,
			})
		}
	}
	awkward := decorated(kind, "an event with _, *, [ and < in its texts", " node_load_1[5m]* < 5%")
	awkward.mild = true
	named := rewritten(kind, "an event with the name "+commonName+" in its texts", func(string) string { return "the " + commonName })
	named.mild, named.named = true, true
	all = append(all, awkward, named, decorated(kind, "an event with mentions in its texts", " @everyone @channel <!channel> <users/all> <@U0123ABCD> "))
	add(generate.Benign, benignTrials)
	add(generate.Empty, emptyTrials)
	add(generate.Hostile, hostileTrials)
	return all
}

// shortLists are the default sample with lists of no, one and two elements, and
// with each status.
func shortLists(kind event.Kind) []trial {
	var all []trial
	for _, field := range event.Fields(kind) {
		if strings.HasPrefix(field.Type, "list of ") {
			for n := range 3 {
				all = append(all, changed(kind, fmt.Sprintf("an event with %d elements in .%s", n, field.Name), field.Name, func(v reflect.Value) {
					if n == 0 {
						v.SetZero()
						return
					}
					v.Set(repeated(v, n))
				}))
			}
		}
		for _, value := range field.Values {
			all = append(all, changed(kind, fmt.Sprintf("an event with the .%s %s", field.Name, value), field.Name, func(v reflect.Value) { v.SetString(value) }))
		}
	}
	return all
}

// longFields are the default sample with one field made very long each.
func longFields(kind event.Kind, text string) []trial {
	var all []trial
	add := func(path, name string, set func(reflect.Value)) {
		t := changed(kind, "an event that is long in "+path, name, set)
		t.mild, t.benign, t.long, t.grows = false, true, true, path
		all = append(all, t)
	}
	for _, field := range event.Fields(kind) {
		switch {
		case field.Type == "string" && field.Form == event.FormText:
			add("."+field.Name, field.Name, func(v reflect.Value) { v.SetString(text) })
		case field.Type == "list of string":
			add("."+field.Name+jsontree.Every, field.Name, func(v reflect.Value) {
				v.Set(repeated(v, 1))
				v.Index(0).SetString(text)
			})
		}
		for _, inner := range field.Fields {
			if strings.HasPrefix(field.Type, "list of ") && inner.Type == "string" && inner.Form == event.FormText {
				add("."+field.Name+jsontree.Every+"."+inner.Name, field.Name, func(v reflect.Value) {
					v.Set(repeated(v, 1))
					v.Index(0).FieldByName(inner.Name).SetString(text)
				})
			}
		}
		if strings.HasPrefix(field.Type, "list of ") {
			add("the list ."+field.Name, field.Name, func(v reflect.Value) { v.Set(repeated(v, longList)) })
		}
	}
	return all
}

// changed is the default sample of a kind with one field changed.
func changed(kind event.Kind, about, field string, change func(reflect.Value)) trial {
	ev := event.DefaultSample(kind).Event
	change(dataOf(&ev).FieldByName(field))
	return trial{about: about, event: ev, mild: true}
}

// dataOf returns the struct that an event holds.
func dataOf(ev *event.Event) reflect.Value {
	switch {
	case ev.Incident != nil:
		return reflect.ValueOf(ev.Incident).Elem()
	case ev.Deployment != nil:
		return reflect.ValueOf(ev.Deployment).Elem()
	}
	return reflect.ValueOf(ev.Alert).Elem()
}

// repeated returns a list of n elements that are those of another one over and
// over again.
func repeated(list reflect.Value, n int) reflect.Value {
	made := reflect.MakeSlice(list.Type(), n, n)
	for i := range n {
		if list.Len() > 0 {
			made.Index(i).Set(list.Index(i % list.Len()))
		}
	}
	return made
}

// decorated is the default sample with something behind each text that people or
// programs outside of Coroot have written.
func decorated(kind event.Kind, about, suffix string) trial {
	return rewritten(kind, about, func(text string) string { return text + suffix })
}

// rewritten is the default sample with each of these texts changed.
func rewritten(kind event.Kind, about string, change func(string) string) trial {
	ev := event.DefaultSample(kind).Event.Clone()
	rewriteTexts(dataOf(&ev), event.Fields(kind), change)
	return trial{about: about, event: ev}
}

func rewriteTexts(data reflect.Value, fields []event.Field, change func(string) string) {
	for _, field := range fields {
		v := data.FieldByName(field.Name)
		switch {
		case field.Type == "string" && field.Usual == nil && (field.Form == event.FormText || field.Form == event.FormName) && field.Name != "ClusterId":
			if v.Len() > 0 || !field.Optional {
				v.SetString(change(v.String()))
			}
		case field.Type == "list of string":
			for i := range v.Len() {
				v.Index(i).SetString(change(v.Index(i).String()))
			}
		case strings.HasPrefix(field.Type, "list of "):
			for i := range v.Len() {
				rewriteTexts(v.Index(i), slices.DeleteFunc(slices.Clone(field.Fields), namedByCoroot), change)
			}
		case field.Type == "ApplicationID":
			rewriteTexts(v, field.Fields, change)
		}
	}
}

// namedByCoroot tells the titles of reports and details, which Coroot chooses.
func namedByCoroot(field event.Field) bool { return field.Form != event.FormText }
