package jsonflow

import "strings"

// compares reports whether a function compares its arguments.
func compares(name string) bool {
	switch name {
	case "eq", "ne", "lt", "le", "gt", "ge":
		return true
	}
	return false
}

// compare returns the condition under which a comparison is true. eq accepts several
// second operands.
func (a *analyzer) compare(op string, vals []*value) *formula {
	if op != "eq" {
		if len(vals) != 2 {
			return either
		}
		if op == "ne" {
			return negation(a.compareTwo("eq", vals[0], vals[1]))
		}
		return a.compareTwo(op, vals[0], vals[1])
	}
	var fs []*formula
	for _, v := range vals[1:] {
		fs = append(fs, a.compareTwo("eq", vals[0], v))
	}
	return disjunction(fs)
}

func (a *analyzer) compareTwo(op string, x, y *value) *formula {
	switch {
	case x.sort == sortNumber && y.sort == sortNumber:
		if f := compareNumbers(op, x.num, y.num); f.op != opUnknown {
			return f
		}
	case op != "eq":
	case x.path != nil && x.path == y.path && x.sort == y.sort:
		return always
	case x.sort == sortText && y.sort == sortText:
		if f := textsEqual(x, y); f != nil {
			return f
		}
	case x.sort == sortBool && y.sort == sortBool && x.truth != nil && y.truth != nil:
		switch {
		case y.truth.op == opTrue:
			return x.truth
		case y.truth.op == opFalse:
			return negation(x.truth)
		case x.truth.op == opTrue:
			return y.truth
		case x.truth.op == opFalse:
			return negation(y.truth)
		}
	}
	return a.opaque(op, x, y)
}

// textsEqual returns the condition under which two texts are equal; nil if it is
// unknown.
func textsEqual(x, y *value) *formula {
	s, constantX := x.text()
	t, constantY := y.text()
	switch {
	case constantX && constantY:
		return verdictOf(s == t)
	case constantX:
		x, t = y, s
	case !constantY:
		return nil
	}
	if strings.Contains(t, "\x00") {
		return either
	}
	if x.path != nil {
		return is(subject{path: x.path}, textSet(false, t))
	}
	if len(x.parts) != 1 || x.parts[0].class != classSet {
		return nil
	}
	return setEquals(x.parts[0], t)
}

// setEquals returns the condition under which a set's text is the given one.
func setEquals(p part, text string) *formula {
	var which []string
	count := 0
	for i, s := range p.set {
		if s != text {
			continue
		}
		count++
		if p.path != nil {
			which = append(which, p.path.values[i])
		}
	}
	switch {
	case count == 0:
		return never
	case count == len(p.set):
		return always
	case p.path != nil:
		return is(subject{path: p.path}, textSet(false, which...))
	}
	return either
}

// opaque returns a condition of which only the operands are known. If the operands
// stand for places in the event, the condition has the same outcome every time for one
// event.
func (a *analyzer) opaque(op string, x, y *value) *formula {
	x, y = withoutWords(x), withoutWords(y)
	var paths []*path
	for _, v := range []*value{x, y} {
		p, ok := identity(v)
		if !ok {
			return either
		}
		if p != nil {
			paths = append(paths, p)
		}
	}
	key := op + x.key + "\x00" + y.key
	cond, ok := a.opaques[key]
	if !ok {
		cond = &opaque{id: len(a.opaques) + 1, op: op, x: x, y: y, paths: paths}
		a.opaques[key] = cond
	}
	return a.limits.decide.opaque(is(subject{cond: cond}, boolean(kindBool, true)))
}

// withoutWords returns a number without the expression whose length it is, because that
// is only valid within its pipeline.
func withoutWords(v *value) *value {
	if v.sort != sortNumber || v.num.expr == "" || v.num.form == formPlain {
		return v
	}
	w := *v
	w.num.expr = ""
	return w.named()
}

// identity returns the place that determines a value, or nil for a constant. ok is
// false if nothing is known to determine it.
func identity(v *value) (p *path, ok bool) {
	if v.path != nil {
		return v.path, true
	}
	if _, ok := v.text(); ok {
		return nil, true
	}
	if v.sort == sortNumber && v.num.expr == "" {
		if v.num.form != formPlain {
			return v.num.base, true
		}
		return nil, v.num.lo == v.num.hi
	}
	return nil, false
}
