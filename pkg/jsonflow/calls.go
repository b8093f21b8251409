package jsonflow

import (
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// callKey is everything that the outcome of a template call depends on.
type callKey struct {
	name  string
	doc   *automaton.Doc
	facts *facts
	dot   *value
	live  names
}

// called is what is known about one call.
type called struct {
	name     string
	exits    []*state // their environments do not matter
	entry    *trace   // the trace at the first call
	index    int      // position among the calls being walked, from 1; 0 if it is not being walked
	recurred bool     // it was called again while it was being walked
	lowest   int      // the outermost call being walked whose incomplete outcomes were used
	done     bool     // exits is complete
}

// template walks {{ template }} and {{ block }}. It caches the outcome of a call,
// because the same template called in the same state has the same outcome. A recursive
// call in the same state yields the outcomes known so far, and the template is walked
// again until there are no new ones.
func (a *analyzer) template(node *parse.TemplateNode, in []*state, live names) []*state {
	at := span{int(node.Pos), int(node.Pos)}
	a.place = at
	tree := a.trees[node.Name]
	if tree == nil || tree.Root == nil {
		return nil // execution fails here and nothing is printed
	}
	inner := live
	var out []*state
	for _, st := range in {
		results := one(st, (&value{sort: sortNil}).named())
		if node.Pipe != nil {
			inner |= a.mentioned(node.Pipe)
			results = a.pipe(st, node.Pipe)
		}
		for _, r := range results {
			out = append(out, a.enter(node.Name, tree.Root, r, inner, at)...)
		}
	}
	return a.merged(out, live)
}

func (a *analyzer) enter(name string, root *parse.ListNode, r result, live names, at span) []*state {
	r = a.recurring(name, r)
	dot := a.internValue(r.val)
	key := callKey{name, r.st.doc, a.trimFacts(r.st.facts, live|a.mentioned(root)), dot, live}
	c, ok := a.calls[key]
	switch {
	case !ok:
		c = &called{name: name, entry: r.st.trace}
		a.calls[key] = c
	case c.index > 0:
		c.recurred = true
		for _, above := range a.walking[c.index-1:] {
			above.lowest = min(above.lowest, c.index)
		}
		return a.leave(c, r.st)
	case c.done:
		return a.leave(c, r.st)
	}
	if a.depth >= a.limits.Calls {
		a.stop(jsonwords.TooDeep, at)
		return nil
	}
	a.walk(c, root, r, key, live, at)
	return a.leave(c, r.st)
}

// walk walks the template of a call until all its outcomes are known. It does not keep
// outcomes that depend on an enclosing call that is still incomplete.
func (a *analyzer) walk(c *called, root *parse.ListNode, r result, key callKey, live names, at span) {
	dot := key.dot
	a.walking = append(a.walking, c)
	a.depth++
	c.index = a.depth
	c.lowest = c.index
	start := &state{doc: r.st.doc, facts: key.facts, trace: r.st.trace}
	start.env = a.push(a.push(nil, "$", dot), ".", dot)
	for round := 0; !a.stopped(); round++ {
		known := len(c.exits)
		c.recurred = false
		var all states
		all.add(c.exits...)
		for _, st := range a.list(root, []*state{start}, live) {
			next := *st
			next.env = nil
			next.facts = a.trimFacts(a.keep(next.facts, func(s subject) bool { return !s.within(a.recursion(c.name)) }), live)
			all.add(&next)
		}
		c.exits = all.list
		if !c.recurred || len(c.exits) == known {
			break
		}
		if round > a.limits.Rounds {
			a.stop("a template that calls itself has too many outcomes", at)
		}
	}
	c.done = c.lowest >= c.index
	c.index = 0
	a.depth--
	a.walking = a.walking[:a.depth]
}

// leave returns the states after a call.
func (a *analyzer) leave(c *called, caller *state) []*state {
	a.steps += len(c.exits)
	out := make([]*state, 0, len(c.exits))
	for _, exit := range c.exits {
		next := *exit
		next.env = caller.env
		if caller.trace != c.entry {
			next.trace = &trace{before: caller.trace, inner: exit.trace, innerTo: c.entry}
		}
		out = append(out, &next)
	}
	return out
}

// A template that calls itself with the rest of its list, as in {{ template "list"
// (slice . 1) }}, has a different dot each time. From the second call on, the dot is
// treated as any list, of which only emptiness is known. Like the element of a loop, it
// has its own path, which names a different list in each call. Facts about that path
// are dropped when a call begins and ends.

// recursion returns the turn that marks the path of the dot of a recursive template.
func (a *analyzer) recursion(name string) turn {
	id, ok := a.recursions[name]
	if !ok {
		id = -1 - len(a.recursions)
		a.recursions[name] = id
	}
	return turn{loop: id}
}

// recurring returns the dot of a call and its initial state, generalised as described
// above. Growing texts are treated as any text.
func (a *analyzer) recurring(name string, r result) result {
	const most = 3
	calls := 0
	for _, c := range a.walking {
		calls += btoi(c.name == name)
	}
	switch {
	case calls == 0:
	case r.val.sort == sortText && r.val.path == nil && calls >= most:
		return result{r.st, widenedText(r.val)}
	case r.val.sort == sortList && r.val.typ != nil && (r.val.path == nil || r.val.path.parent == nil):
		return a.anyList(a.recursion(name), r)
	}
	return r
}

func (a *analyzer) anyList(t turn, r result) result {
	p := a.child(nil, "[]", t, r.val.typ)
	if r.val.path == p {
		return r
	}
	p.live = allNames
	length := a.lengthOf(r)
	st := *r.st
	st.facts = a.keep(st.facts, func(s subject) bool { return !s.within(t) })
	if length.lo > 0 || length.hi < noMaximum {
		st.facts = a.with(st.facts, subject{path: p}, length)
	}
	return result{&st, a.data(p, r.val.typ)}
}

// lengthOf returns what is known about the length of a list, distinguishing 0, 1, and 2
// or more.
func (a *analyzer) lengthOf(r result) domain {
	const many = 2
	d := domain{kind: kindLen, lo: max(r.val.num.lo, 0), hi: noMaximum}
	for n := 1; n <= many; n++ {
		atLeast := compareNumbers("ge", r.val.num, number{lo: n, hi: n})
		if len(a.assume(r.st, atLeast, false)) == 0 {
			d.lo = max(d.lo, n)
		}
		if n == 1 && len(a.assume(r.st, atLeast, true)) == 0 {
			d.hi = 0
		}
	}
	d.lo = min(d.lo, many)
	return d
}
