package jsonflow

import "strconv"

// formula is a condition on the event.
type formula struct {
	op      op
	subject subject
	domain  domain
	subs    []*formula
}

type op uint8

const (
	opTrue op = iota
	opFalse
	opUnknown // either is possible, and neither adds a fact
	opIs      // subject is in domain
	opNot
	opAnd
	opOr
)

var (
	always = &formula{op: opTrue}
	never  = &formula{op: opFalse}
	either = &formula{op: opUnknown}
)

func verdictOf(b bool) *formula {
	if b {
		return always
	}
	return never
}

func is(s subject, d domain) *formula { return &formula{op: opIs, subject: s, domain: d} }

func negation(f *formula) *formula {
	switch f.op {
	case opTrue:
		return never
	case opFalse:
		return always
	case opUnknown:
		return f
	case opNot:
		return f.subs[0]
	}
	return &formula{op: opNot, subs: []*formula{f}}
}

func disjunction(fs []*formula) *formula {
	if len(fs) == 1 {
		return fs[0]
	}
	return &formula{op: opOr, subs: fs}
}

func (f *formula) append(b []byte) []byte {
	b = append(b, 'a'+byte(f.op))
	if f.op == opIs {
		b = strconv.AppendInt(b, int64(f.subject.order()), 10)
		b = append(b, "+-"[btoi(f.domain.not)])
		b = appendText(b, f.domain.set)
		b = append(strconv.AppendInt(b, int64(f.domain.lo), 10), ',')
		b = strconv.AppendInt(b, int64(f.domain.hi), 10)
	}
	for _, sub := range f.subs {
		b = append(sub.append(append(b, '(')), ')')
	}
	return b
}

// mentions reports whether the formula is about the element of a loop.
func (f *formula) mentions(t turn) bool {
	if f == nil {
		return false
	}
	if f.op == opIs && f.subject.within(t) {
		return true
	}
	for _, sub := range f.subs {
		if sub.mentions(t) {
			return true
		}
	}
	return false
}

// assume returns the states in which the formula equals want: none if that is
// impossible, several if it is possible in several ways.
func (a *analyzer) assume(st *state, f *formula, want bool) []*state {
	a.steps++
	switch f.op {
	case opTrue, opFalse:
		if (f.op == opTrue) == want {
			return []*state{st}
		}
		return nil
	case opUnknown:
		return []*state{st}
	case opNot:
		return a.assume(st, f.subs[0], !want)
	case opIs:
		if want {
			return a.learn(st, f.subject, f.domain)
		}
		var out []*state
		for _, rest := range f.domain.without() {
			out = append(out, a.learn(st, f.subject, rest)...)
		}
		return out
	}
	if (f.op == opAnd) == want { // all operands
		states := []*state{st}
		for _, sub := range f.subs {
			var next []*state
			for _, s := range states {
				next = append(next, a.assume(s, sub, want)...)
			}
			if len(next) > a.limits.Split {
				return []*state{st} // add no fact
			}
			states = next
		}
		return states
	}
	var out []*state // the first operand that differs, given that those before it do not
	rest := []*state{st}
	for _, sub := range f.subs {
		var next []*state
		for _, s := range rest {
			out = append(out, a.assume(s, sub, want)...)
			next = append(next, a.assume(s, sub, !want)...)
		}
		rest = next
		if len(out)+len(rest) > a.limits.Split {
			return []*state{st} // add no fact
		}
	}
	return out
}

// learn adds a fact.
func (a *analyzer) learn(st *state, s subject, d domain) []*state {
	a.steps += 1 + len(st.facts.all)/8
	f := a.with(st.facts, s, d)
	switch f {
	case nil:
		return nil
	case st.facts:
		return []*state{st}
	}
	next := *st
	next.facts = f
	next.trace = &trace{before: st.trace, subject: s, domain: d}
	return []*state{&next}
}
