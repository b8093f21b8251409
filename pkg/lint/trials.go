package lint

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

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
	grows  string // what is made very long, as a template names it
	base   string // the base URL of its link, where that is another one than usual
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
	key := longKey{kind, longEnough(d), inBytes(d)}
	if made, ok := madeLong.Load(key); ok {
		return made.([]trial)
	}
	made, _ := madeLong.LoadOrStore(key, makeLongTrials(key))
	return made.([]trial)
}

type longKey struct {
	kind   event.Kind
	length int
	wide   bool // characters of several bytes are tried, too
}

// inBytes reports whether a destination counts bytes.
func inBytes(d *destination.Destination) bool {
	return slices.ContainsFunc(d.Limits, func(l destination.Limit) bool { return l.Unit == destination.Bytes }) ||
		slices.ContainsFunc(d.Visible, func(r destination.TextRule) bool { return r.Max > 0 && r.Unit == destination.Bytes })
}

// madeLong keeps what longTrials has made: []trial by longKey.
var madeLong sync.Map

// makeLongTrials makes an event for each field that is long in it, and one that
// is rather long in all of them. Where bytes count, each field is also made long of
// characters of three bytes, which printf "%.300s" counts once.
func makeLongTrials(key longKey) []trial {
	kind, length := key.kind, key.length
	text := strings.Repeat("word and ", length/len("word and ")+1)
	var all []trial
	for _, long := range generate.Long(kind, text[:length], longList) {
		all = append(all, trial{about: long.About, event: long.Event, benign: true, long: true, grows: long.Grows})
	}
	if key.wide {
		for _, long := range generate.Long(kind, strings.Repeat("日", length), 1) {
			if !strings.HasPrefix(long.Grows, "the list") {
				all = append(all, trial{about: long.About + ", of characters of three bytes", event: long.Event, benign: true, long: true, grows: long.Grows})
			}
		}
	}
	return append(all, trial{about: "an event whose texts are all rather long", event: generate.LongAll(kind, text[:length/8]), long: true})
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
	for _, state := range generate.States(kind) {
		all = append(all, trial{about: state.About, event: state.Event, mild: state.Event.Unsent(event.Version{}) == ""})
	}
	for _, link := range generate.Links(kind) {
		all = append(all, trial{about: link.About, event: link.Event, base: link.Base})
	}
	rng := rand.New(rand.NewPCG(1, 1)) //nolint:gosec // the events must be the same in every run
	add := func(style generate.Style, n int) {
		for i := range n {
			all = append(all, trial{
				about: "a generated " + style.String() + " event", event: generate.Event(kind, style, rng), benign: style == generate.Benign, extra: i >= briefTrials,
			})
		}
	}
	written := func(about string, change func(string) string) trial {
		return trial{about: about, event: generate.Written(kind, change)}
	}
	awkward := written("an event with _, *, [ and < in its texts", func(text string) string { return text + " node_load_1[5m]* < 5%" })
	awkward.mild = true
	named := written("an event with the name "+commonName+" in its texts", func(string) string { return "the " + commonName })
	named.mild, named.named = true, true
	mentions := written("an event with mentions in its texts", func(text string) string {
		return text + " @everyone @channel <!channel> <users/all> <@U0123ABCD> <@123456789012345678> <@&123456789012345678> <@all> @**all** <at id=all></at> "
	})
	all = append(all, awkward, named, mentions)
	add(generate.Benign, benignTrials)
	add(generate.Empty, emptyTrials)
	add(generate.Hostile, hostileTrials)
	return append(all, written("an event with a mention in quotes in its texts", func(text string) string { return text + " <at user_id=\"all\"></at>" }))
}
