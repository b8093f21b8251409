package jsonflow

import "text/template/parse"

// state is one way in which the execution can stand at a place of the template.
type state struct {
	doc   *doc
	env   *env
	facts *facts
	trace *trace

	faulty bool // an error on the way leaves it open how the rest is to be read
}

// stateKey is what makes two states one: how they were reached does not matter.
type stateKey struct {
	doc   *doc
	env   *env
	facts *facts
}

func (s *state) key() stateKey { return stateKey{s.doc, s.env, s.facts} }

// env is the variables and the dot, the innermost first. Environments are
// interned lists. The dot is the variable named ".".
type env struct {
	parent *env
	name   string
	value  *value
	depth  int
}

type envKey struct {
	parent *env
	name   string
	value  *value
}

func (a *analyzer) push(parent *env, name string, v *value) *env {
	v = a.internValue(v)
	key := envKey{parent, name, v}
	if known, ok := a.envs[key]; ok {
		return known
	}
	e := &env{parent: parent, name: name, value: v, depth: 1}
	if parent != nil {
		e.depth = parent.depth + 1
	}
	a.envs[key] = e
	return e
}

func (a *analyzer) internValue(v *value) *value {
	if v.num.expr != "" { // only valid within its pipeline
		w := *v
		w.num.expr = ""
		v = w.named()
	}
	if known, ok := a.values[v.key]; ok {
		return known
	}
	a.values[v.key] = v
	return v
}

// find returns the innermost variable of a name, nil when there is none.
func (a *analyzer) find(e *env, name string) *env {
	for ; e != nil; e = e.parent {
		a.steps++
		if e.name == name {
			return e
		}
	}
	return nil
}

// set returns e with another value for the variable at target.
func (a *analyzer) set(e, target *env, v *value) *env {
	var above []*env
	for ; e != target; e = e.parent {
		a.steps++
		above = append(above, e)
	}
	e = a.push(target.parent, target.name, v)
	for i := len(above) - 1; i >= 0; i-- {
		e = a.push(e, above[i].name, above[i].value)
	}
	return e
}

// pop returns e without what was declared since it had the depth.
func pop(e *env, depth int) *env {
	for e != nil && e.depth > depth {
		e = e.parent
	}
	return e
}

func depthOf(e *env) int {
	if e == nil {
		return 0
	}
	return e.depth
}

// names is a set of names of fields and variables, as bits of their hashes. Two
// names can have one bit; then a fact is kept for longer than it has to be.
type names uint64

const allNames = ^names(0)

func (a *analyzer) nameBit(name string) names {
	if bit, ok := a.bits[name]; ok {
		return bit
	}
	bit := names(1) << (len(a.bits) % 64)
	a.bits[name] = bit
	return bit
}

// states is a set of states in the order in which they were found.
type states struct {
	list []*state
	seen map[stateKey]bool
}

// add adds a state that is not there yet.
func (s *states) add(all ...*state) {
	for _, st := range all {
		switch {
		case len(s.list) == 0:
		case len(s.list) == 1 && s.seen == nil:
			if s.list[0].key() == st.key() {
				continue
			}
			s.seen = map[stateKey]bool{s.list[0].key(): true, st.key(): true}
		case s.seen[st.key()]:
			continue
		default:
			s.seen[st.key()] = true
		}
		s.list = append(s.list, st)
	}
}

// trace is how a state was reached: a list of what was assumed, the last first.
type trace struct {
	before  *trace
	subject subject
	domain  domain
	turn    *loopTurn // a turn of a loop began, or the loop ended
	inner   *trace    // what happened within a call whose outcome was known already, up to innerTo
	innerTo *trace
}

// loopTurn is how many elements a list has at least, or exactly.
type loopTurn struct {
	list  *path
	turn  turn
	index int // the element whose turn begins; the number of elements when the loop is over
	over  bool
}

// span is a place in the template.
type span struct{ start, end int }

// merged makes one set of states, in which nothing is kept that no longer
// matters: live holds the names that are still mentioned.
func (a *analyzer) merged(in []*state, live names) []*state {
	if len(in) == 0 {
		return nil
	}
	if len(in) == 1 {
		return []*state{a.trimmed(in[0], live, false)}
	}
	var out states
	for _, st := range in {
		out.add(a.trimmed(st, live, true))
	}
	if len(out.list) > a.limits.Texts {
		out.list = a.withWidenedTexts(out.list)
	}
	if len(out.list) > a.limits.Soft {
		out.list = a.widened(out.list)
	}
	if len(out.list) > a.limits.States {
		a.stop("there are too many ways to get here", a.place)
		return nil
	}
	return out.list
}

// trimmed returns a state without the facts that can no longer be tested and the
// values of variables that are no longer read.
func (a *analyzer) trimmed(st *state, live names, variables bool) *state {
	f, e := a.trimFacts(st.facts, live), st.env
	if variables {
		e = a.trimEnv(e, live)
	}
	if f == st.facts && e == st.env {
		return st
	}
	next := *st
	next.facts, next.env = f, e
	return &next
}

type trimKey struct {
	facts *facts
	live  names
}

func (a *analyzer) trimFacts(f *facts, live names) *facts {
	if len(f.all) == 0 || live == allNames {
		return f
	}
	key := trimKey{f, live}
	if known, ok := a.trims[key]; ok {
		return known
	}
	kept := a.keep(f, func(s subject) bool { return s.live()&live != 0 })
	a.trims[key] = kept
	return kept
}

// trimEnv replaces the values of dead variables, down to the first part of the
// environment that needs no change.
func (a *analyzer) trimEnv(e *env, live names) *env {
	var above []*env
	changed := -1
	for at := e; at != nil && len(above) < maxTrim; at = at.parent {
		a.steps++
		if at.name != "." && at.name != "$" && at.value != a.dead && a.nameBit(at.name)&live == 0 {
			changed = len(above)
		}
		above = append(above, at)
	}
	if changed < 0 {
		return e
	}
	out := above[changed].parent
	for i := changed; i >= 0; i-- {
		v := above[i].value
		if above[i].name != "." && above[i].name != "$" && a.nameBit(above[i].name)&live == 0 {
			v = a.dead
		}
		out = a.push(out, above[i].name, v)
	}
	return out
}

// maxTrim is how far down an environment dead variables are looked for.
const maxTrim = 64

// widened gives up knowledge so that fewer states remain: first where commas
// stand, then all facts.
func (a *analyzer) widened(in []*state) []*state {
	var out states
	for _, st := range in {
		next := *st
		if st.doc.comma != 0 {
			d := *st.doc
			d.comma = 0
			next.doc = a.pool.doc(d)
		}
		out.add(&next)
	}
	if len(out.list) <= a.limits.Soft {
		return out.list
	}
	in, out = out.list, states{}
	for _, st := range in {
		next := *st
		next.facts = a.noFacts
		out.add(&next)
	}
	return out.list
}

// shortText is how long a text may be to be taken for a separator, a colour or
// the like, of which each value counts.
const shortText = 16

// withWidenedTexts takes variables that hold a text put together from several
// parts, or a long one, for any text. Messages that are written piece by piece
// would otherwise be told apart by every condition on the way.
func (a *analyzer) withWidenedTexts(in []*state) []*state {
	var out states
	for _, st := range in {
		next := *st
		next.env = a.widenedTexts(st.env)
		out.add(&next)
	}
	return out.list
}

func (a *analyzer) widenedTexts(e *env) *env {
	if e == nil {
		return nil
	}
	v := e.value
	text, whole := v.text()
	if v.sort == sortText && e.name != "." && e.name != "$" && (len(v.parts) > 1 || whole && len(text) > shortText) {
		v = anyText(v.source())
	}
	return a.push(a.widenedTexts(e.parent), e.name, v)
}

// mentioned returns the names that a node and everything below it mentions.
func (a *analyzer) mentioned(node parse.Node) names {
	if known, ok := a.mentions[node]; ok {
		return known
	}
	m := a.mentionedIn(node)
	a.mentions[node] = m
	return m
}
