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

// trial is an event that templates of its kind are tried with.
type trial struct {
	sample string // the name of the built-in event
	about  string // a description of a generated event
	event  event.Event
	mild   bool   // a built-in event or close to one
	benign bool   // no text contains a character that is special in any markup
	extra  bool   // one of many generated events, omitted in brief mode
	named  bool   // its texts contain commonName
	long   bool   // it tests length limits
	grows  string // what is made very long, as named in a template
	base   string // the base URL of its link, if it is not the default
}

// The number of generated events per style. None of them is huge: events with one long
// field each reveal more and cost less.
const (
	benignTrials  = 4
	hostileTrials = 20
	emptyTrials   = 2
	briefTrials   = 4 // per style, in brief mode
)

// A long text exceeds every length limit of its destination except those above
// mostLong, which reach hundreds of kilobytes. longList is the number of elements in a
// long list.
const (
	leastLong = 1_000
	mostLong  = 34_000
	longList  = 120
)

// reachable returns the length limits of a destination that one long text can exceed
// and that no stricter limit of the same value hides.
func reachable(d *destination.Destination) []destination.Limit {
	all := slices.Clone(d.Limits)
	for _, rule := range d.Visible {
		all = append(all, destination.Limit{Path: rule.Path, Max: rule.Max, Unit: rule.Unit})
	}
	least := map[string]int{}
	for _, l := range all {
		if most, known := least[l.Path]; l.Max > 0 && l.Unit != destination.Items && (!known || l.Max < most) {
			least[l.Path] = l.Max
		}
	}
	return slices.DeleteFunc(all, func(l destination.Limit) bool {
		return l.Unit == destination.Items || l.Max > least[l.Path] || longer(l.Max) > mostLong
	})
}

// longer returns the length of a text that is clearly too long for a limit.
func longer(most int) int { return most + most/32 }

// longEnough returns a text length that exceeds all of the limits.
func longEnough(limits []destination.Limit) int {
	length := leastLong
	for _, limit := range limits {
		length = max(length, longer(limit.Max))
	}
	return length
}

// longTrials returns the events for testing a destination's length limits. Callers
// share them and must not modify them.
func longTrials(kind event.Kind, d *destination.Destination) []trial {
	if !limited(d) {
		return nil
	}
	limits := reachable(d)
	key := longKey{kind, longEnough(limits), inBytes(limits)}
	if made, ok := madeLong.Load(key); ok {
		return made.([]trial)
	}
	made, _ := madeLong.LoadOrStore(key, makeLongTrials(key))
	return made.([]trial)
}

type longKey struct {
	kind   event.Kind
	length int
	wide   bool // also try multibyte characters
}

// inBytes reports whether any of the limits counts bytes rather than characters.
func inBytes(limits []destination.Limit) bool {
	return slices.ContainsFunc(limits, func(l destination.Limit) bool { return l.Unit == destination.Bytes })
}

// madeLong caches the results of longTrials: []trial by longKey.
var madeLong sync.Map

// makeLongTrials returns an event for each field, with that field long, and one with
// all texts rather long. If bytes count, each field is also filled with three-byte
// characters, which printf "%.300s" counts as one each.
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

// trials returns the events that a template is tried with, the most realistic first;
// longTrials returns more. Callers share them and must not modify them.
var trials = event.OncePerKind(func(kind event.Kind) []trial {
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
})
