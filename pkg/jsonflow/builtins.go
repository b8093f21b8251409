package jsonflow

import (
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
