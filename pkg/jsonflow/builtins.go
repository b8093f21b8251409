package jsonflow

import (
	"slices"
	"text/template/parse"
)

// call evaluates a function. final is the value that a pipeline passes as the last
// argument; it may be nil.
func (a *analyzer) call(st *state, name string, args []parse.Node, final *value) []result {
	if name == "and" || name == "or" {
		return a.logic(st, name == "and", args, final)
	}
	sets, ok := a.arguments(st, args)
	if !ok { // too many outcomes: treat all as unknown
		return one(st, unknownValue())
	}
	var out []result
	for _, set := range sets {
		if final != nil {
			set.vals = append(set.vals, final)
		}
		out = append(out, a.apply(set.st, name, args, set.vals)...)
		if len(out) > a.limits.Split {
			return one(st, unknownValue())
		}
	}
	return out
}

// argumentSet is one outcome of evaluating arguments.
type argumentSet struct {
	st   *state
	vals []*value
}

// arguments evaluates arguments in order. ok is false if there are too many
// combinations of outcomes.
func (a *analyzer) arguments(st *state, args []parse.Node) (sets []argumentSet, ok bool) {
	sets = []argumentSet{{st: st, vals: make([]*value, 0, len(args)+1)}}
	for _, arg := range args {
		a.steps++
		var next []argumentSet
		for _, set := range sets {
			results := a.operand(set.st, arg)
			for i, r := range results {
				vals := set.vals
				if i > 0 { // the first continues with the slice
					vals = append(make([]*value, 0, len(args)+1), set.vals...)
				}
				next = append(next, argumentSet{r.st, append(vals, r.val)})
			}
		}
		if sets = next; len(sets) > a.limits.Split {
			return nil, false
		}
	}
	return sets, true
}

// logic evaluates and or or, which stop at the first argument that decides the result.
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

// apply applies a function to evaluated arguments.
func (a *analyzer) apply(st *state, name string, nodes []parse.Node, vals []*value) []result {
	for _, v := range vals {
		a.steps += 1 + len(v.key)/64
	}
	if name != "print" || len(vals) != 1 { // print of one text is that text, with what is known about it
		if text, ok := folded(name, vals); ok && !asJSON(name, vals) {
			a.steps += len(text) / 64
			return one(st, literal(text))
		}
	}
	switch name {
	case "json":
		if len(vals) == 1 {
			return a.jsonOf(st, vals[0])
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
		return one(st, newText(escaped(name, a.sprint(withoutNil(vals), false))))
	case "not":
		if len(vals) == 1 {
			return one(st, newBool(negation(a.truthOf(vals[0]))))
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
	if compares(name) && len(vals) >= 2 {
		return one(st, newBool(a.compare(name, vals)))
	}
	return one(st, unknownValue())
}

// asJSON reports whether a function call is printf "%q" with one argument. In its
// result, the quotes that it added are known.
func asJSON(name string, vals []*value) bool {
	if name != "printf" || len(vals) != 2 {
		return false
	}
	format, _ := vals[0].text()
	return format == "%q" || format == "%+q"
}

// withoutNil returns the arguments as an escaper prints them, with nil as text.
func withoutNil(vals []*value) []*value {
	vals = slices.Clone(vals)
	for i, v := range vals {
		if v.sort == sortNil {
			vals[i] = literal("<no value>")
		}
	}
	return vals
}
