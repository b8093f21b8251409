package jsonflow

import (
	"iter"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/witness"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// confirmLimits returns the limits of one execution of the template.
func confirmLimits() webhook.Limits {
	return webhook.Limits{Output: 4 << 20, Turns: 50_000}
}

// stepsAnExecution is the cost of an execution in steps of the analysis.
const stepsAnExecution = 150

// confirmer executes a template to confirm problems.
type confirmer struct {
	a      *analyzer
	maker  *witness.Maker
	others []witness.Range // the actions that break the JSON
	before []witness.Look  // the outcome of each unmodified sample that asked marks
	asked  []bool
	shape  witness.Shape // of the event being tried
	from   int           // executions before the problem being confirmed
	kept   int           // executions kept for making events small
}

// forShrinking is the part of the executions that is kept for making events small.
const forShrinking = 8

func (a *analyzer) confirmer(tmpl *webhook.Template) *confirmer {
	c := &confirmer{a: a, maker: witness.New(a.ctx, tmpl, a.keys, a.limits.Executions), kept: a.limits.Executions / forShrinking}
	c.maker.Charge(c.kept)
	c.before = make([]witness.Look, len(c.maker.Samples()))
	c.asked = make([]bool, len(c.before))
	for _, f := range a.findings {
		if f.harm && f.src != nil {
			c.others = append(c.others, f.span())
		}
	}
	return c
}

// quality is how well an event shows a problem; lower is better.
type quality int

const (
	shows       quality = iota // the body breaks at the output of the place that the problem names
	showsSeldom                // the same, but Coroot is unlikely to send the event
	hints                      // the body breaks elsewhere
	hintsSeldom
	nothing
)

// confirm looks for an event that shows a problem. It first tries samples with nothing
// but a text changed in the field that matters, then samples changed to follow a path
// that leads to the problem.
func (c *confirmer) confirm(f *finding) {
	f.quality = nothing
	c.maker.Failed, c.from = false, c.maker.Executions
	c.shape = witness.AsIs
	defer func() { f.fails = c.maker.Failed && f.proof == nil }()
	if f.src != nil && (f.rule == ruleUnescaped || f.rule == ruleWrongEscaper) {
		for i, sample := range c.maker.Samples() {
			if c.spent(f) {
				return
			}
			before := c.harmless(i)
			if c.costly() && !before.Reaches(f.span()) {
				continue // with another text, it would hardly reach it either
			}
			if c.inject(f, sample, i, before) {
				return
			}
		}
	}
	if f.src != nil && f.anyText() && c.maker.Bounded(f.src.String()) { // Coroot's own text shows it best
		for i := range c.maker.Samples() {
			if found := c.harmless(i).Found; found != nil && (c.spent(f) || c.offer(f, found, false)) {
				return
			}
		}
	}
	for _, way := range f.ways {
		if c.spent(f) {
			return
		}
		d := demands(way)
		c.maker.Charge(len(d.Lengths) + len(d.Texts) + len(d.Truths))
		for i := range c.maker.Samples() {
			for _, shape := range witness.Shapes() {
				c.shape = shape
				if c.spent(f) || c.follow(f, c.maker.Meet(i, shape, d), i) {
					return
				}
			}
		}
	}
}

// anyText reports whether the body breaks regardless of the text printed.
func (f *finding) anyText() bool {
	return f.rule == ruleInQuotes || f.rule == ruleUnquoted || f.rule == ruleStructure
}

// spent reports whether a problem has used up its share of executions. The share is
// smaller once there is an event for it, even if not the best one.
func (c *confirmer) spent(f *finding) bool {
	const (
		forBetter = 40
		forAny    = 400
	)
	used := c.maker.Executions - c.from
	return c.maker.Spent() || used > forAny || used > forBetter && f.proof != nil
}

// costly reports whether few executions use up the budget.
func (c *confirmer) costly() bool {
	const most = 16
	return c.maker.Cost()-c.kept > most*c.maker.Executions
}

// harmless returns the outcome of an unmodified harmless sample.
func (c *confirmer) harmless(i int) witness.Look {
	if !c.asked[i] {
		c.asked[i] = true
		c.before[i] = c.maker.Look(c.maker.Samples()[i])
	}
	return c.before[i]
}

// follow reports whether an event that follows a path to the problem shows it as well
// as possible.
func (c *confirmer) follow(f *finding, ev event.Event, i int) bool {
	look := c.maker.Look(ev)
	if f.src != nil && len(f.bad) > 0 {
		return c.inject(f, ev, i, look)
	}
	return look.Found != nil && c.offer(f, look.Found, false)
}

// inject puts texts into the field that a problem is about. JSON that breaks without
// them is a different problem, unless any text breaks it.
func (c *confirmer) inject(f *finding, ev event.Event, i int, before witness.Look) bool {
	if before.Found != nil && f.anyText() && c.offer(f, before.Found, false) {
		return true
	}
	sure := before.Found == nil && c.alone(f)
	for _, at := range c.maker.TextsIn(f.src.String()) {
		if !c.maker.Enumerated(at) && c.injectAt(f, ev, i, at, sure) {
			return true
		}
	}
	return false
}

// injectAt is inject for one field, or for the fields with that name in every element
// of a list.
func (c *confirmer) injectAt(f *finding, ev event.Event, i int, at string, sure bool) bool {
	bounded, elsewhere := c.maker.Bounded(at), hints
	if bounded {
		elsewhere = hintsSeldom
	}
	shape := c.shape
	defer func() { c.shape = shape }()
	for text := range c.texts(f, i, at) {
		if len(text) > longText {
			c.shape = witness.LongTexts
		}
		changed, ok := c.maker.Put(ev, at, text)
		if !ok {
			return false
		}
		look := c.maker.Look(changed)
		if found := look.Found; found != nil {
			if bounded {
				found.Unlikely = "Coroot is unlikely to send such a text in " + at
			}
			if c.offer(f, found, sure) || bounded && f.quality == showsSeldom {
				return true // no event can be better
			}
		}
		if f.quality <= elsewhere && !look.Reaches(f.span()) {
			return false // the other texts would not reach it either, because none is empty
		}
	}
	return false
}

// alone reports whether no other problem involves the field of this one. If so, any
// break caused by changing the field is this problem.
func (c *confirmer) alone(f *finding) bool {
	return !slices.ContainsFunc(c.a.findings, func(g *finding) bool {
		return g != f && g.harm && g.src != nil && (g.src.in(f.src) || f.src.in(g.src))
	})
}

// offer records an event as proof of a problem if it is better than the current one,
// and reports whether it is of the best quality. sure means that the body is known to
// break because of the problem. The event is made small only if it is reported.
func (c *confirmer) offer(f *finding, found *witness.Found, sure bool) bool {
	q := hints
	if sure || c.shownAt(f, found) {
		q = shows
	}
	if found.Unlikely != "" {
		q++
	}
	if q >= f.quality {
		return false
	}
	f.quality = q
	kept := *found // found may be of a sample, and another problem then changes its offset
	same := func(again *witness.Found) bool {
		if sure || q >= hints || f.rule == ruleMixed {
			return witness.SameSite(again, &kept)
		}
		return c.shownAt(f, again)
	}
	smaller := c.maker.Closer
	if c.shape != witness.AsIs {
		smaller = c.maker.Small
	}
	proof := counterexample(&kept)
	f.proof, f.shrink = proof, func() {
		*proof = *counterexample(smaller(&kept, same))
		proof.Unlikely = kept.Unlikely != ""
	}
	return q == shows
}

// span returns the range of the template that a problem names.
func (f *finding) span() witness.Range { return witness.Range{Start: f.at.start, End: f.at.end} }

// shownAt reports whether a body breaks at the output of the place that a problem
// names.
func (c *confirmer) shownAt(f *finding, found *witness.Found) bool {
	return f.rule == ruleMixed || c.maker.ShownAt(found, f.span(), c.others)
}

func counterexample(f *witness.Found) *Counterexample {
	if f == nil {
		return nil
	}
	return &Counterexample{Event: f.Event, Body: f.Body, Offset: f.Offset, Error: f.Error, Unlikely: f.Unlikely != ""}
}

// longText is the length from which a text counts as long, in bytes.
const longText = 400

// texts yields the texts to put into the field of a problem, starting with the sample's
// own. The last one is long, for a template that cuts its texts; few templates need it.
func (c *confirmer) texts(f *finding, i int, at string) iter.Seq[string] {
	var texts []string
	for n := range 4 {
		text, ok := c.maker.Raw(i, strings.ReplaceAll(at, "[]", elementName(n)))
		if ok && len(text) <= longText && strings.ContainsAny(text, "\"\\'\n") {
			texts = append(texts, text)
		}
	}
	if f.rule != ruleWrongEscaper {
		texts = append(texts, c.maker.Believable(at)...)
	}
	texts = append(texts, f.bad...)
	return func(yield func(string) bool) {
		for _, text := range texts {
			if !yield(text) {
				return
			}
		}
		if f.rule != ruleWrongEscaper {
			yield(strings.Repeat(texts[0]+" ", longText/2))
		}
	}
}
