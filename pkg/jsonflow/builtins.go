package jsonflow

import (
	"strings"
	"text/template/parse"
)

// call evaluates a function. final is the value that a pipeline passes as the
// last argument, or nil.
func (a *analyzer) call(st *state, name string, args []parse.Node, final *value) []result {
	if name == "and" || name == "or" {
		return a.logic(st, name == "and", args, final)
	}
	var out []result
	all := a.arguments(st, args, nil, func(st *state, vals []*value) bool {
		if final != nil {
			vals = append(vals[:len(vals):len(vals)], final)
		}
		out = append(out, a.apply(st, name, args, vals)...)
		return len(out) <= a.limits.Split
	})
	if !all { // too many outcomes: take none of them for known
		return one(st, unknownValue())
	}
	return out
}

// arguments evaluates arguments one after another and calls next for each
// combination of outcomes, until that returns false.
func (a *analyzer) arguments(st *state, args []parse.Node, done []*value, next func(*state, []*value) bool) bool {
	if len(done) == len(args) {
		return next(st, done)
	}
	for _, r := range a.operand(st, args[len(done)]) {
		if !a.arguments(r.st, args, append(done[:len(done):len(done)], r.val), next) {
			return false
		}
	}
	return true
}

// logic evaluates and and or, which stop at the first argument that decides.
func (a *analyzer) logic(st *state, isAnd bool, args []parse.Node, final *value) []result {
	var out []result
	going := []*state{st}
	for i, arg := range args {
		var next []*state
		for _, st := range going {
			for _, r := range a.operand(st, arg) {
				yes, no := a.split(r)
				stop, on := yes, no
				if isAnd {
					stop, on = no, yes
				}
				if i == len(args)-1 && final == nil {
					out = append(out, r)
					continue
				}
				for _, s := range stop {
					out = append(out, result{s, r.val})
				}
				next = append(next, on...)
			}
		}
		going = next
		if len(going)+len(out) > a.limits.Split {
			return one(st, unknownValue())
		}
	}
	if final != nil {
		for _, st := range going {
			out = append(out, result{st, final})
		}
	}
	return out
}

// apply evaluates a function of evaluated arguments.
func (a *analyzer) apply(st *state, name string, nodes []parse.Node, vals []*value) []result {
	switch name {
	case "json":
		if len(vals) == 1 {
			return one(st, a.json(vals[0]))
		}
	case "print":
		if len(vals) == 1 && vals[0].sort == sortText {
			return one(st, vals[0])
		}
		return one(st, newText(a.sprint(vals, false)))
	case "println":
		return one(st, newText(append(a.sprint(vals, true), part{class: classLit, lit: "\n"})))
	case "printf":
		return one(st, a.printf(vals))
	case "html", "js", "urlquery":
		return one(st, newText(escaped(name, a.sprint(vals, false))))
	case "not":
		if len(vals) == 1 {
			return one(st, newBool(negation(a.truthOf(vals[0]))))
		}
	case "eq", "ne", "lt", "le", "gt", "ge":
		if len(vals) >= 2 {
			return one(st, newBool(a.compare(name, vals)))
		}
	case "len":
		if len(vals) == 1 {
			return one(st, a.length(nodes, vals[0]))
		}
	case "index":
		return a.index(st, vals)
	case "slice":
		return a.slice(st, nodes, vals)
	}
	return one(st, unknownValue())
}

// compare returns when a comparison holds. eq takes several second operands.
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

// textsEqual returns when two texts are equal; nil when that is not known.
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

// setEquals returns when one of a set of texts is this one.
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

// opaque returns a condition of which only the operands are known. It has one
// outcome for one event, when the operands stand for places in the event.
func (a *analyzer) opaque(op string, x, y *value) *formula {
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
	if a.limits.plant == faultCompare {
		return never
	}
	return is(subject{cond: cond}, boolean(kindBool, true))
}

// identity returns the place that decides a value, nil for a constant; ok is
// false when nothing is known to decide it.
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

// length returns len of a value.
func (a *analyzer) length(nodes []parse.Node, v *value) *value {
	switch v.sort {
	case sortList:
		return newNumber(v.num)
	case sortText:
		if s, ok := v.text(); ok {
			return constant(len(s))
		}
		n := number{hi: noMaximum}
		for _, p := range v.parts {
			if p.class == classLit {
				n.lo += len(p.lit)
			}
		}
		if len(nodes) == 1 {
			var minus int
			if n.expr, minus = expression(nodes[0]); n.expr != "" {
				n.plus = -minus
			}
		}
		return newNumber(n)
	}
	return unknownValue()
}

// expression names a text by the words of its expression, and tells how many
// bytes at its front a slice takes off: (slice .X 1) is .X less one byte. Within
// one pipeline the same words have the same value.
func expression(node parse.Node) (expr string, minus int) {
	switch node := node.(type) {
	case *parse.DotNode, *parse.FieldNode, *parse.VariableNode:
		return node.String(), 0
	case *parse.PipeNode:
		if len(node.Cmds) != 1 || len(node.Decl) > 0 {
			return "", 0
		}
		args := node.Cmds[0].Args
		if len(args) == 1 {
			return expression(args[0])
		}
		function, ok := args[0].(*parse.IdentifierNode)
		if !ok || function.Ident != "slice" || len(args) != 3 {
			return "", 0
		}
		from, ok := args[2].(*parse.NumberNode)
		if !ok || !from.IsInt || from.Int64 < 0 || from.Int64 > 1<<20 {
			return "", 0
		}
		expr, minus = expression(args[1])
		return expr, minus + int(from.Int64)
	}
	return "", 0
}

// index returns an element of a list. Where there is none, the template fails
// and prints nothing.
func (a *analyzer) index(st *state, vals []*value) []result {
	if len(vals) != 2 || vals[0].sort != sortList || vals[0].typ == nil {
		return one(st, unknownValue())
	}
	list, n := vals[0], vals[1]
	elem := list.typ.Elem()
	if list.path == nil || n.sort != sortNumber {
		return one(st, a.data(nil, elem))
	}
	switch {
	case n.num.lo == n.num.hi && n.num.form != formRest:
		if n.num.lo < 0 {
			return nil
		}
		p := a.child(list.path, elementName(n.num.lo), turn{}, elem)
		var out []result
		for _, s := range a.assume(st, lengthIs("gt", list.path, n.num.lo), true) {
			out = append(out, result{s, a.data(p, elem)})
		}
		return out
	case n.num.form == formIndex && n.num.plus == 0 && n.num.base.parent == list.path:
		return one(st, a.data(n.num.base, elem))
	}
	return one(st, a.data(nil, elem))
}

// slice returns a part of a list or of a text.
func (a *analyzer) slice(st *state, nodes []parse.Node, vals []*value) []result {
	if len(vals) == 0 || len(vals) > 4 {
		return one(st, unknownValue())
	}
	bounds := make([]number, 0, 3)
	for _, v := range vals[1:] {
		if v.sort != sortNumber {
			return one(st, unknownValue())
		}
		bounds = append(bounds, v.num)
	}
	switch vals[0].sort {
	case sortList:
		return a.sliceList(st, vals[0], bounds)
	case sortText:
		return one(st, sliceText(nodes, vals[0], bounds))
	}
	return one(st, unknownValue())
}

func (a *analyzer) sliceList(st *state, list *value, bounds []number) []result {
	if len(bounds) == 0 {
		return one(st, list)
	}
	v := &value{sort: sortList, typ: list.typ, num: number{hi: noMaximum}}
	from := bounds[0]
	switch {
	case len(bounds) > 1:
		if to := bounds[1]; from.lo == from.hi && to.lo == to.hi && to.lo >= from.lo {
			v.num = number{lo: to.lo - from.lo, hi: to.lo - from.lo}
		}
		return one(st, v.named())
	case from.form == formIndex && list.path != nil && from.base.parent == list.path:
		v.num = number{lo: max(0, 1-from.plus), hi: noMaximum, form: formRest, base: from.base, plus: -from.plus}
		return one(st, v.named())
	case from.lo != from.hi || list.path == nil || list.num.form != formLen || from.lo < 0:
		return one(st, v.named())
	}
	v.num = number{hi: noMaximum, form: formLen, base: list.path, plus: -from.lo}
	var out []result
	for _, s := range a.assume(st, lengthIs("ge", list.path, from.lo), true) {
		out = append(out, result{s, v.named()})
	}
	return out
}

// sliceText cuts a text. Of what is not known byte by byte, only the ends that
// are can be cut off: slice X 1 (len (slice X 1)) takes the quotes off a JSON
// string.
func sliceText(nodes []parse.Node, v *value, bounds []number) *value {
	cut := anyText(v.source())
	if len(bounds) > 2 {
		return cut
	}
	front, back := 0, 0
	if len(bounds) > 0 {
		if bounds[0].lo != bounds[0].hi || bounds[0].lo < 0 {
			return cut
		}
		front = bounds[0].lo
	}
	if len(bounds) == 2 {
		to := bounds[1]
		text, known := v.text()
		expr, minus := "", 0
		if len(nodes) > 0 {
			expr, minus = expression(nodes[0])
		}
		switch {
		case known && to.lo == to.hi:
			back = len(text) - to.lo
		case to.expr == "" || to.expr != expr:
			return cut
		default:
			back = -minus - to.plus
		}
	}
	if parts, ok := trimEnds(v.parts, front, back); ok {
		return newText(parts)
	}
	return cut
}

func trimEnds(parts []part, front, back int) ([]part, bool) {
	if front < 0 || back < 0 {
		return nil, false
	}
	parts = append([]part(nil), parts...)
	for front > 0 {
		if len(parts) == 0 || parts[0].class != classLit {
			return nil, false
		}
		n := min(front, len(parts[0].lit))
		parts[0].lit = parts[0].lit[n:]
		front -= n
		if parts[0].lit == "" {
			parts = parts[1:]
		}
	}
	for back > 0 {
		end := len(parts) - 1
		if end < 0 || parts[end].class != classLit {
			return nil, false
		}
		n := min(back, len(parts[end].lit))
		parts[end].lit = parts[end].lit[:len(parts[end].lit)-n]
		back -= n
		if parts[end].lit == "" {
			parts = parts[:end]
		}
	}
	return parts, true
}
