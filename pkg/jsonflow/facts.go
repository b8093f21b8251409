package jsonflow

import (
	"slices"
	"strconv"
	"strings"
)

// domain is the set of values that a place in the event can have. Its kind matches the
// place.
type domain struct {
	kind domainKind
	not  bool   // kindText: any text except those in set
	set  string // kindText: the texts, sorted, each preceded by a NUL
	lo   int    // kindLen: the minimum length; kindBool: 1 for true, 0 for false
	hi   int    // kindLen: the maximum length
}

type domainKind uint8

const (
	kindText domainKind = iota
	kindLen
	kindBool
	kindLast // whether the turn is the last of its loop; lo as for kindBool
)

// maxSet limits the number of excluded texts. Further ones are ignored.
const maxSet = 64

func textSet(not bool, texts ...string) domain {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	texts = slices.Compact(texts)
	var b strings.Builder
	for _, t := range texts {
		b.WriteByte(0)
		b.WriteString(t)
	}
	return domain{kind: kindText, not: not, set: b.String()}
}

func (d domain) texts() []string {
	if d.set == "" {
		return nil
	}
	return strings.Split(d.set[1:], "\x00")
}

func (d domain) has(text string) bool { return slices.Contains(d.texts(), text) != d.not }

func boolean(kind domainKind, b bool) domain {
	if b {
		return domain{kind: kind, lo: 1}
	}
	return domain{kind: kind}
}

// intersect returns the values in both d and e. It may return more if the texts exceed
// maxSet. ok is false if there are none.
func (d domain) intersect(e domain) (domain, bool) {
	switch d.kind {
	case kindLen:
		d.lo, d.hi = max(d.lo, e.lo), min(d.hi, e.hi)
		return d, d.lo <= d.hi
	case kindBool, kindLast:
		return d, d == e
	}
	switch {
	case d.not && e.not:
		all := append(d.texts(), e.texts()...)
		if len(all) > maxSet {
			return d, true
		}
		return textSet(true, all...), true
	case d.not:
		d, e = e, d
	}
	var both []string
	for _, t := range d.texts() {
		if e.has(t) {
			both = append(both, t)
		}
	}
	return textSet(false, both...), len(both) > 0
}

// without returns the complement of d as one or two domains.
func (d domain) without() []domain {
	switch d.kind {
	case kindLen:
		var rest []domain
		if d.lo > 0 {
			rest = append(rest, domain{kind: kindLen, lo: 0, hi: d.lo - 1})
		}
		if d.hi < noMaximum {
			rest = append(rest, domain{kind: kindLen, lo: d.hi + 1, hi: noMaximum})
		}
		return rest
	case kindBool, kindLast:
		d.lo = 1 - d.lo
	default:
		d.not = !d.not
	}
	return []domain{d}
}

// fact is what is known about one place.
type fact struct {
	subject subject
	domain  domain
}

// subject is what a fact is about: a place in the event, whether a turn of a loop is
// the last, or an opaque condition.
type subject struct {
	path *path
	last bool
	cond *opaque
}

func (s subject) order() int {
	switch {
	case s.cond != nil:
		return s.cond.id*4 + 2
	case s.last:
		return s.path.id*4 + 1
	}
	return s.path.id * 4
}

// opaque is a condition whose meaning is not modelled. The same condition on the same
// places has the same outcome.
type opaque struct {
	id    int
	op    string
	x, y  *value
	paths []*path
}

func (o *opaque) within(t turn) bool {
	return slices.ContainsFunc(o.paths, func(p *path) bool { return p.within(t) })
}

func (o *opaque) live() names {
	var all names
	for _, p := range o.paths {
		all |= p.live
	}
	return all
}

func (s subject) within(t turn) bool {
	if s.cond != nil {
		return s.cond.within(t)
	}
	return s.path.within(t)
}

func (s subject) live() names {
	if s.cond != nil {
		return s.cond.live()
	}
	return s.path.live
}

// facts is what is known about the event in a state: a conjunction, ordered by subject.
// Facts are interned.
type facts struct {
	all  []fact
	live names
}

func (a *analyzer) internFacts(all []fact) *facts {
	if len(all) == 0 {
		return a.noFacts
	}
	var b strings.Builder
	var live names
	for _, f := range all {
		b.WriteString(strconv.Itoa(f.subject.order()))
		d := f.domain
		b.WriteByte("+-"[btoi(d.not)])
		if d.kind == kindText {
			b.WriteString(strconv.Itoa(len(d.set)))
			b.WriteByte('"')
			b.WriteString(d.set)
		} else {
			b.WriteString(strconv.Itoa(d.lo))
			b.WriteByte(',')
			b.WriteString(strconv.Itoa(d.hi))
		}
		b.WriteByte(';')
		live |= f.subject.live()
	}
	key := b.String()
	a.steps += 1 + len(all)/4 + len(key)/128
	if known, ok := a.factSets[key]; ok {
		return known
	}
	known := &facts{all: all, live: live}
	a.factSets[key] = known
	return known
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// domainOf returns what is known about a subject.
func (f *facts) domainOf(s subject) (domain, bool) {
	for i := range f.all {
		if f.all[i].subject == s {
			return f.all[i].domain, true
		}
	}
	switch {
	case s.path == nil || s.last:
	case s.path.values != nil:
		return textSet(false, s.path.values...), true
	}
	return domain{}, false
}

// with adds a fact, intersected with what was known about its subject. It returns nil
// if the facts contradict each other.
func (a *analyzer) with(f *facts, s subject, d domain) *facts {
	known, ok := f.domainOf(s)
	if ok {
		both, possible := known.intersect(d)
		if !possible {
			return nil
		}
		if both == known {
			return f
		}
		d = both
	}
	all := make([]fact, 0, len(f.all)+1)
	placed := false
	for _, old := range f.all {
		if !placed && old.subject.order() >= s.order() {
			all = append(all, fact{s, d})
			placed = true
		}
		if old.subject != s {
			all = append(all, old)
		}
	}
	if !placed {
		all = append(all, fact{s, d})
	}
	return a.internFacts(all)
}

// keep returns the facts whose subject satisfies pass.
func (a *analyzer) keep(f *facts, pass func(subject) bool) *facts {
	a.steps += len(f.all) / 8
	for i := range f.all {
		if !pass(f.all[i].subject) {
			var kept []fact
			for _, one := range f.all {
				if pass(one.subject) {
					kept = append(kept, one)
				}
			}
			return a.internFacts(kept)
		}
	}
	return f
}
