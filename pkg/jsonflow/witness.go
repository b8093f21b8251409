package jsonflow

import (
	"slices"
)

// concrete is one place in an event: the path with the number of each
// element.
type concrete struct {
	path *path
	at   [4]int // the numbers of elements on the way, the outermost first
}

// demand is what an event must be like to go a way through the template.
type demand struct {
	lengths map[*path]domain
	order   []concrete
	domains map[concrete]domain
	pairs   []pair
}

// pair is two texts that must be equal, or must not.
type pair struct {
	x, y  concrete
	equal bool
}

// demands collects what a way assumes of the event. Conditions that are only
// known by their words are left out.
func demands(way *trace) demand {
	d := demand{lengths: map[*path]domain{}, domains: map[concrete]domain{}}
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
			d.length(t.turn.list, length)
		case t.turn != nil:
		case t.subject.cond != nil:
			if c := t.subject.cond; c.op == "eq" && c.x.sort == sortText && c.y.sort == sortText && c.x.path != nil && c.y.path != nil {
				d.pairs = append(d.pairs, pair{concretely(c.x.path, turns), concretely(c.y.path, turns), t.domain.lo == 1})
			}
		case t.subject.last:
			if n := turns[t.subject.path.turn]; t.domain.lo == 1 {
				d.length(t.subject.path.parent, domain{kind: kindLen, lo: n + 1, hi: n + 1})
			} else {
				d.length(t.subject.path.parent, domain{kind: kindLen, lo: n + 2, hi: noMaximum})
			}
		case t.domain.kind == kindLen:
			d.length(t.subject.path, t.domain)
		default:
			c := concretely(t.subject.path, turns)
			if _, ok := d.domains[c]; !ok {
				d.order = append(d.order, c)
				d.domains[c] = t.domain
			} else if both, ok := d.domains[c].intersect(t.domain); ok {
				d.domains[c] = both
			}
		}
	}
	return d
}

func (d *demand) length(list *path, want domain) {
	if known, ok := d.lengths[list]; ok {
		if both, ok := known.intersect(want); ok {
			want = both
		}
	}
	d.lengths[list] = want
}

// forwards returns the steps of a way, the first first.
func forwards(t *trace) []*trace {
	const most = 100_000
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

func concretely(p *path, turns map[turn]int) concrete {
	c := concrete{path: p}
	n := 0
	for q := p; q != nil && n < len(c.at); q = q.parent {
		if q.name == "[]" {
			c.at[n] = turns[q.turn]
			n++
		}
	}
	return c
}
