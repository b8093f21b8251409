package jsonflow

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/witness"
)

// demanding collects the assumptions of an execution path about the event.
type demanding struct {
	lengths map[string]domain
	texts   map[string]domain
	order   []string // the places in texts and lengths, in order of occurrence
	out     witness.Demand
}

// demands collects the assumptions of an execution path about the event. It leaves out
// opaque conditions.
func demands(way *trace) witness.Demand {
	d := demanding{lengths: map[string]domain{}, texts: map[string]domain{}}
	turns := map[turn]int{}
	for _, t := range forwards(way) {
		switch {
		case t.turn != nil && t.turn.list != nil:
			length := domain{kind: kindLen, lo: t.turn.index + 1, hi: noMaximum}
			if t.turn.over {
				length.lo, length.hi = t.turn.index, t.turn.index
			} else {
				turns[t.turn.turn] = t.turn.index
			}
			d.add(d.lengths, concretely(t.turn.list, turns), length)
		case t.turn != nil:
		case t.subject.cond != nil:
			d.compared(t, turns)
		case t.subject.last:
			n := turns[t.subject.path.turn]
			length := domain{kind: kindLen, lo: n + 2, hi: noMaximum}
			if t.domain.lo == 1 {
				length = domain{kind: kindLen, lo: n + 1, hi: n + 1}
			}
			d.add(d.lengths, concretely(t.subject.path.parent, turns), length)
		case t.domain.kind == kindLen:
			d.add(d.lengths, concretely(t.subject.path, turns), t.domain)
		case t.domain.kind == kindBool:
			d.out.Truths = append(d.out.Truths, witness.Truth{At: concretely(t.subject.path, turns), True: t.domain.lo == 1})
		default:
			d.add(d.texts, concretely(t.subject.path, turns), t.domain)
		}
	}
	return d.done()
}

func (d *demanding) add(to map[string]domain, at string, want domain) {
	known, ok := to[at]
	if !ok {
		d.order = append(d.order, at)
		to[at] = want
	} else if both, possible := known.intersect(want); possible {
		to[at] = both
	}
}

// compared demands that two texts are equal or different.
func (d *demanding) compared(t *trace, turns map[turn]int) {
	c := t.subject.cond
	if c.op == "eq" && c.x.sort == sortText && c.y.sort == sortText && c.x.path != nil && c.y.path != nil {
		d.out.Pairs = append(d.out.Pairs, witness.Pair{X: concretely(c.x.path, turns), Y: concretely(c.y.path, turns), Equal: t.domain.lo == 1})
	}
}

func (d *demanding) done() witness.Demand {
	for _, at := range d.order {
		if l, ok := d.lengths[at]; ok {
			d.out.Lengths = append(d.out.Lengths, witness.Length{List: at, Min: l.lo, Max: l.hi})
		}
		if t, ok := d.texts[at]; ok {
			d.out.Texts = append(d.out.Texts, witness.Text{At: at, Of: t.texts(), Not: t.not})
		}
	}
	return d.out
}

// concretely writes a path with the current index of each loop.
func concretely(p *path, turns map[turn]int) string {
	text := ""
	for ; p != nil && p.parent != nil; p = p.parent {
		switch {
		case p.name == "[]":
			text = elementName(turns[p.turn]) + text
		case strings.HasPrefix(p.name, "["):
			text = p.name + text
		default:
			text = "." + p.name + text
		}
	}
	return text
}

// forwards returns the steps of an execution path in order.
func forwards(t *trace) []*trace {
	const most = 5_000 // only the last steps; earlier ones are not demanded
	var steps []*trace
	var collect func(t, until *trace)
	collect = func(t, until *trace) {
		for ; t != nil && t != until && len(steps) < most; t = t.before {
			if t.inner != nil {
				collect(t.inner, t.innerTo)
				continue
			}
			steps = append(steps, t)
		}
	}
	collect(t, nil)
	slices.Reverse(steps)
	return steps
}
