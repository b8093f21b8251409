package jsonflow

import (
	"iter"
	"math/rand/v2"
	"slices"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/event/generate"
	"github.com/hooktool/hooktool/pkg/source"
)

func longTexts(e *editor) {
	e.everyText(func(text string) string {
		for len(text) > 0 && len(text) < 1200 {
			text += " " + text
		}
		return text
	})
}

func sameTexts(e *editor) {
	e.everyText(func(string) string { return "checkout" })
}

func emptyTexts(e *editor) {
	e.everyText(func(string) string { return "" })
}

func longLists(e *editor) {
	const many = 12
	e.list().Resize(many)
}

// search tries generated events, for problems that no way led to.
func (c *confirmer) search() *Counterexample {
	const most = 400
	for _, ev := range c.raw {
		if found := c.check(ev); found != nil {
			return c.shrunk(found)
		}
	}
	for ev := range c.generated(most) {
		if c.late() {
			break
		}
		if found := c.check(ev); found != nil {
			return c.plainer(c.shrunk(found))
		}
	}
	return nil
}

// generated makes events, every other one of which holds words of the template.
func (c *confirmer) generated(n int) iter.Seq[event.Event] {
	words := c.words()
	rng := rand.New(rand.NewPCG(1, 1))
	return func(yield func(event.Event) bool) {
		i := 0
		for ev := range generate.Events(c.a.kind, 1) {
			if i++; i > n {
				return
			}
			if len(words) > 0 && i%2 == 0 {
				ev = withWords(ev, words, rng)
			}
			if !yield(edit(ev, c.a.keys).ev) {
				return
			}
		}
	}
}

// variety returns events in all states: the samples, each with every value of the
// enumerated fields, and generated ones.
func (c *confirmer) variety() []event.Event {
	const most = 64
	events := slices.Clone(c.samples)
	for _, state := range generate.States(c.a.kind) {
		e := edit(state.Event, c.a.keys)
		e.everyText(harmless)
		events = append(events, e.ev)
	}
	return slices.AppendSeq(events, c.generated(most))
}

// words returns the texts that the template itself mentions, which is what its
// conditions ask for.
func (c *confirmer) words() []string {
	var words []string
	for _, tree := range c.a.trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			if text, ok := node.(*parse.StringNode); ok && len(words) < maxSet && !slices.Contains(words, text.Text) {
				words = append(words, text.Text)
			}
			return true
		})
	}
	slices.Sort(words)
	return words
}

// withWords puts words into most texts of an event.
func withWords(ev event.Event, words []string, rng *rand.Rand) event.Event {
	e := edit(ev, nil)
	e.everyText(func(text string) string {
		if rng.IntN(4) == 0 {
			return text
		}
		return words[rng.IntN(len(words))]
	})
	return e.ev
}

// plainer makes every text harmless that does not have to be otherwise.
func (c *confirmer) plainer(found *Counterexample) *Counterexample {
	n := 0
	edit(found.Event, nil).everyText(func(text string) string { n++; return text })
	for i := 0; i < n && !c.late(); i++ {
		at := 0
		e := edit(found.Event, nil)
		e.everyText(func(text string) string {
			if at++; at-1 == i {
				return harmless(text)
			}
			return text
		})
		if again := c.check(e.ev); again != nil {
			found = again
		}
	}
	return found
}
