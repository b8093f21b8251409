package jsonflow

import (
	"math"
	"reflect"
	"text/template/parse"
)

// length returns the result of len.
func (a *analyzer) length(nodes []parse.Node, v *value) *value {
	switch v.sort {
	case sortList:
		return newNumber(v.num)
	case sortText:
		if s, ok := v.text(); ok {
			return constant(len(s))
		}
		n := number{hi: noMaximum}
		if v.path != nil {
			n.form, n.base = formBytes, v.path
		}
		for _, p := range v.parts {
			if p.class == classLit {
				n.lo += len(p.lit)
			}
		}
		if n.lo == 0 && neverEmpty(v.parts) {
			n.lo = 1
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

// expression returns the source of a text's expression and the number of bytes that
// slice removes from its front: (slice .X 1) is .X less one byte. Within one pipeline,
// the same source has the same value.
func expression(node parse.Node) (expr string, minus int) {
	switch node := node.(type) {
	case *parse.DotNode, *parse.FieldNode, *parse.VariableNode:
		return node.String(), 0
	case *parse.PipeNode:
		if len(node.Cmds) != 1 || len(node.Decl) > 0 {
			return flat(node), 0
		}
		args := node.Cmds[0].Args
		if len(args) == 1 {
			return expression(args[0])
		}
		function, ok := args[0].(*parse.IdentifierNode)
		if !ok || function.Ident != "slice" || len(args) != 3 {
			return flat(node), 0
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

// flat returns the source of a pipeline without nested pipelines, such as json .X. For
// any other, it returns "". Functions return the same result for the same arguments.
func flat(pipe *parse.PipeNode) string {
	for _, cmd := range pipe.Cmds {
		for _, arg := range cmd.Args {
			switch arg.(type) {
			case *parse.PipeNode, *parse.ChainNode:
				return ""
			}
		}
	}
	if len(pipe.Decl) > 0 {
		return ""
	}
	return pipe.String()
}

// index returns an element of a list. If there is none, the template fails and prints
// nothing.
func (a *analyzer) index(st *state, vals []*value) []result {
	if len(vals) == 2 && vals[0].sort == sortText {
		return one(st, (&value{sort: sortNumber, typ: reflect.TypeFor[byte](), num: number{hi: math.MaxUint8}}).named())
	}
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

// slice returns part of a list or text.
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
		return a.sliceTexts(st, nodes, vals[0], bounds)
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
	case from.lo != from.hi || from.lo < 0 || list.num.form != formLen && list.num.form != formRest:
		return one(st, v.named())
	}
	v.num = list.num
	v.num.plus -= from.lo
	v.num.lo = max(0, v.num.lo-from.lo)
	var out []result
	for _, s := range a.assume(st, compareNumbers("ge", list.num, number{lo: from.lo, hi: from.lo}), true) {
		out = append(out, result{s, v.named()})
	}
	return out
}

// sliceTexts slices a text. For a text from a set, it leaves out those that are too
// short, for which the template fails and prints nothing.
func (a *analyzer) sliceTexts(st *state, nodes []parse.Node, v *value, bounds []number) []result {
	texts, p := []string(nil), part{class: classSet}
	if text, ok := v.text(); ok {
		texts = []string{text}
	} else if len(v.parts) == 1 && v.parts[0].class == classSet {
		p = v.parts[0]
		texts = p.set
	}
	constant := len(texts) > 0 && len(bounds) <= 2
	for _, b := range bounds {
		constant = constant && b.lo == b.hi && b.form != formRest
	}
	if !constant {
		cut := *sliceText(nodes, v, bounds)
		cut.typ = v.typ
		return one(st, cut.named())
	}
	p.set, p.nonEmpty = make([]string, 0, len(texts)), false
	var fit []string
	for i, text := range texts {
		from, to := 0, len(text)
		if len(bounds) > 0 {
			from = bounds[0].lo
		}
		if len(bounds) > 1 {
			to = bounds[1].lo
		}
		switch ok := 0 <= from && from <= to && to <= len(text); {
		case ok && p.path != nil:
			fit = append(fit, p.path.values[i])
			fallthrough
		case ok:
			p.set = append(p.set, text[from:to])
		case p.path != nil:
			p.set = append(p.set, "") // keeps the indexes aligned with the values; never occurs
		}
	}
	if len(p.set) == 0 || p.path != nil && len(fit) == 0 {
		return nil
	}
	cut := newText([]part{p})
	if p.path == nil && len(p.set) == 1 {
		cut = literal(p.set[0])
	}
	cut.typ = v.typ
	cut = cut.named()
	if p.path == nil || len(fit) == len(texts) {
		return one(st, cut)
	}
	var out []result
	for _, s := range a.assume(st, is(subject{path: p.path}, textSet(false, fit...)), true) {
		out = append(out, result{s, cut})
	}
	return out
}

// sliceText slices a text. If the text is not known byte by byte, only its known ends
// can be cut off: slice X 1 (len (slice X 1)) removes the quotes of a JSON string.
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
		if len(parts) > 0 && parts[0].class == classRun && parts[0].run.comma {
			parts[0].run = parts[0].run.withoutComma()
			front--
			continue
		}
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
