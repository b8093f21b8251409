package jsonflow

import (
	"strconv"
	"strings"
)

// joinedStates combines states at the same place in the JSON. Each variable then holds
// any of its values, independently of the others. Otherwise, flags that a loop sets
// independently would lead to 2ⁿ states.
func (a *analyzer) joinedStates(in []*state) []*state {
	type group struct {
		first  *state
		levels []*env
		values []*value
	}
	groups := map[string]*group{}
	var order []*group
	for _, st := range in {
		var levels []*env
		for e := st.env; e != nil; e = e.parent {
			levels = append(levels, e)
		}
		a.steps += len(levels)
		key := a.shapeOf(st, levels)
		g, ok := groups[key]
		if !ok {
			g = &group{first: st, levels: levels}
			for _, e := range levels {
				g.values = append(g.values, e.value)
			}
			groups[key] = g
			order = append(order, g)
			continue
		}
		for i, e := range levels {
			if e.value != g.values[i] {
				g.values[i] = a.internValue(joined(g.values[i], e.value))
			}
		}
	}
	out := make([]*state, 0, len(order))
	for _, g := range order {
		next := *g.first
		next.env = nil
		for i := len(g.levels) - 1; i >= 0; i-- {
			next.env = a.push(next.env, g.levels[i].name, g.values[i])
		}
		out = append(out, &next)
	}
	return out
}

// shapeOf returns a key for what two states must share to be combined: the place in the
// JSON, the dots, and the kind of value that each variable holds.
func (a *analyzer) shapeOf(st *state, levels []*env) string {
	var b strings.Builder
	b.WriteString(strconv.Itoa(a.pool.Number(st.doc)))
	for _, e := range levels {
		b.WriteByte('|')
		b.WriteString(e.name)
		v := e.value
		if e.name == "." || e.name == "$" {
			b.WriteString(v.key)
			continue
		}
		b.WriteByte('0' + byte(v.sort))
		if v.sort == sortText {
			b.WriteString(strconv.FormatBool(len(v.parts) == 0))
			if w := widenedText(v); len(w.parts) == 1 && w.parts[0].class == classRun {
				b.Write(w.parts[0].append(nil))
			}
		}
	}
	return b.String()
}

// joined returns a value that covers both v and w.
func joined(v, w *value) *value {
	switch {
	case v.sort != w.sort:
	case v.sort == sortBool:
		return newBool(either)
	case v.sort == sortNumber && v.typ == w.typ:
		return newNumber(number{lo: min(v.num.lo, w.num.lo), hi: max(v.num.hi, w.num.hi)})
	case v.sort == sortText && len(v.parts) > 0 && len(w.parts) > 0:
		x, y := widenedText(v).parts[0], widenedText(w).parts[0]
		p := part{class: classText, src: x.src, nonEmpty: x.nonEmpty && y.nonEmpty}
		switch {
		case x.class == classBody && y.class == classBody:
			p.class = classBody
		case x.class == classRun && y.class == classRun && x.run == y.run:
			p.class, p.run = classRun, x.run
		}
		return newText([]part{p})
	case v.sort == sortText:
		return anyText(nil)
	}
	return unknownValue()
}
