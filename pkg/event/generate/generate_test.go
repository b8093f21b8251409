package generate_test

import (
	"encoding/json"
	"iter"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
)

// TestEvents checks that generated events are what Coroot's types allow, and that the
// mix is varied.
func TestEvents(t *testing.T) {
	t.Parallel()
	for _, kind := range event.Kinds() {
		status := event.Fields(kind)[0]
		seen := map[string]bool{}
		count := 0
		for ev := range generate.Events(kind, 1) {
			if ev.Kind() != kind {
				t.Fatalf("an event of kind %q was made for %q", ev.Kind(), kind)
			}
			if !slices.Contains(status.Values, ev.Status()) {
				t.Fatalf("%s: the status %q does not exist", kind, ev.Status())
			}
			seen[ev.Status()] = true
			text, err := event.Marshal(ev)
			if err != nil || !json.Valid(text) {
				t.Fatalf("%s: %v", kind, err)
			}
			for name, part := range map[string]string{"quote": `\"`, "line break": `\n`, "control": `\u0001`, "mention": "@everyone", "null": "null", "long": strings.Repeat("x", 50<<10)} {
				seen[name] = seen[name] || strings.Contains(string(text), part)
			}
			if count++; count == 400 {
				break
			}
		}
		for _, want := range append(slices.Clone(status.Values), "quote", "line break", "control", "mention", "null", "long") {
			if want == "null" && kind == event.KindAlert {
				continue // details are left out, not null
			}
			if !seen[want] {
				t.Errorf("400 events of kind %s have no %s", kind, want)
			}
		}
	}
}

// TestShared checks that shared events are those of Events, and that they are made once.
func TestShared(t *testing.T) { //nolint:paralleltest // it counts allocations
	for _, kind := range event.Kinds() {
		next, stop := iter.Pull(generate.Events(kind, 1))
		defer stop()
		count := 0
		for ev := range generate.Shared(kind) {
			want, _ := next()
			if !reflect.DeepEqual(ev, want) {
				t.Fatalf("event %d of kind %s is not the same", count, kind)
			}
			count++
		}
		again := testing.AllocsPerRun(10, func() {
			for range generate.Shared(kind) {
				continue
			}
		})
		if count < 400 || again > 20 {
			t.Errorf("%s: %d events are shared, and seeing them again takes %v allocations", kind, count, again)
		}
	}
}

func TestEventsRepeat(t *testing.T) {
	t.Parallel()
	first := func(seed uint64) []event.Event {
		var events []event.Event
		for ev := range generate.Events(event.KindAlert, seed) {
			if events = append(events, ev); len(events) == 20 {
				break
			}
		}
		return events
	}
	if !reflect.DeepEqual(first(7), first(7)) {
		t.Error("the same seed gives different events")
	}
	if reflect.DeepEqual(first(7), first(8)) {
		t.Error("different seeds give the same events")
	}
}

// TestBenign checks that benign events contain only what the newest Coroot sends, and
// nothing that needs an escape except the slashes and punctuation of URLs.
func TestBenign(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, kind := range event.Kinds() {
		for range 200 {
			ev := generate.Event(kind, generate.Benign, rng)
			text, err := event.Marshal(ev)
			if err != nil {
				t.Fatal(err)
			}
			if why := ev.Unsent(event.Version{}); why != "" {
				t.Fatalf("%s: Coroot does not send %s: %s", kind, text, why)
			}
			if i := strings.IndexAny(string(text), "\\<>&*`'@"); i >= 0 {
				t.Fatalf("%s: %q in %s", kind, text[i], text)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	ev := generate.Event(event.KindAlert, generate.Empty, rand.New(rand.NewPCG(1, 1)))
	if ev.Alert.Application != event.NewApplicationID("a1b2c3d4", "", "", "") || ev.Alert.Details != nil || ev.Alert.Summary != "" {
		t.Errorf("an empty alert has %+v", ev.Alert)
	}
	if generate.Event("", generate.Benign, rand.New(rand.NewPCG(1, 1))).Kind() != "" {
		t.Error("an event of no kind was made")
	}
}
