// Package generate makes thousands of events, so that a template can be tried with
// what Coroot sends, and with the worst that it could send.
//
// A [Style] says what the texts of an event are like. [Benign] events look like those
// of a quiet day: their texts contain no character that is special in JSON or in any
// markup, so templates that mean the same print the same. [Hostile] ones contain quotes,
// line breaks, control characters, markup, mentions and invalid UTF-8 in every field
// that is not enumerated. [Empty] ones leave out everything that can be missing, and
// [Huge] ones have hundreds of elements and texts of a hundred kilobytes.
//
// All of them stay within what Coroot's types allow: the statuses are those of the
// kind, and lists that Coroot would leave out are nil. A benign event is one that the
// newest Coroot could send. The same seed gives the same events:
//
//	for ev := range generate.Events(event.KindAlert, 1) {
//		...
//	}
package generate

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
)

// Style is what the texts of a generated event are like.
type Style int

// The styles of events.
const (
	Benign  Style = iota // plain words, short lists
	Hostile              // with every character that breaks something
	Empty                // without anything that can be missing
	Huge                 // hundreds of elements, texts of up to 100 kB
)

func (s Style) String() string {
	switch s {
	case Benign:
		return "benign"
	case Hostile:
		return "hostile"
	case Empty:
		return "empty"
	case Huge:
		return "huge"
	}
	return fmt.Sprintf("Style(%d)", int(s))
}

// Styles returns all styles.
func Styles() []Style { return []Style{Benign, Hostile, Empty, Huge} }

// Event makes one event of a kind. It is the zero Event for an unknown kind.
func Event(kind event.Kind, style Style, rng *rand.Rand) event.Event {
	g := generator{style: style, rng: rng}
	return g.event(kind)
}

// Of sixteen events in the mix of Events, this many have each style.
const (
	mixBenign, mixHostile, mixEmpty = 4, 10, 1
	mixAll                          = 16 // and the others are huge
)

// Events returns an endless mix of events of a kind, most of them hostile. The same
// seed gives the same events.
func Events(kind event.Kind, seed uint64) iter.Seq[event.Event] {
	return func(yield func(event.Event) bool) {
		rng := rand.New(rand.NewPCG(seed, 0))
		for {
			style := Huge
			switch n := rng.IntN(mixAll); {
			case n < mixBenign:
				style = Benign
			case n < mixBenign+mixHostile:
				style = Hostile
			case n < mixBenign+mixHostile+mixEmpty:
				style = Empty
			}
			if !yield(Event(kind, style, rng)) {
				return
			}
		}
	}
}

// Shared returns the first events of Events(kind, 1), which are made only once for all
// callers, as far as one of them needs them. Callers must not change them.
func Shared(kind event.Kind) iter.Seq[event.Event] {
	return func(yield func(event.Event) bool) {
		for i := range sharedMost {
			if !yield(sharedLists(kind).at(i)) {
				return
			}
		}
	}
}

// sharedMost is how many events are kept; they take about 5 MB.
const sharedMost = 400

var sharedLists = event.OncePerKind(func(kind event.Kind) *sharedList {
	next, _ := iter.Pull(Events(kind, 1))
	return &sharedList{next: next}
})

type sharedList struct {
	mu   sync.Mutex
	made []event.Event
	next func() (event.Event, bool) // does not end
}

func (l *sharedList) at(i int) event.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.made) <= i {
		ev, _ := l.next()
		l.made = append(l.made, ev)
	}
	return l.made[i]
}
