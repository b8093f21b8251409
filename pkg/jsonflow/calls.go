package jsonflow

import "text/template/parse"

// callKey is all that what a template does depends on.
type callKey struct {
	name  string
	doc   *doc
	facts *facts
	dot   *value
	live  names
}

// called is what is known of one call.
type called struct {
	exits    []*state // their environments are of no matter
	entry    *trace   // the trace at the first call
	index    int      // its place among the calls that are being walked, which is from 1 on; 0 when it is not
	recurred bool     // it was called again while it was being walked
	lowest   int      // the outermost call being walked whose unfinished outcomes were used
	done     bool     // exits are all there are
}

// template walks {{ template }} and {{ block }}. The outcome of a call is kept:
// the same template called in the same state does the same. A call of a template
// from within itself in the same state has the outcomes that are known so far,
// and the template is walked again until there are no new ones.
func (a *analyzer) template(node *parse.TemplateNode, in []*state, live names) []*state {
	at := span{int(node.Pos), int(node.Pos)}
	a.place = at
	tree := a.trees[node.Name]
	if tree == nil || tree.Root == nil {
		return nil // it fails here, and nothing is printed
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
	dot := a.internValue(r.val)
	key := callKey{name, r.st.doc, a.trimFacts(r.st.facts, live|a.mentioned(root)), dot, live}
	c, ok := a.calls[key]
	switch {
	case !ok:
		c = &called{entry: r.st.trace}
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
		a.stop("templates call each other too deeply", at)
		return nil
	}
	a.walk(c, root, r, key, live, at)
	return a.leave(c, r.st)
}

// walk walks the template of a call until its outcomes are known. When they
// depend on those of a call around it that is not finished, they are not kept.
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
			next.facts = a.trimFacts(next.facts, live)
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

// leave returns the states behind a call.
func (a *analyzer) leave(c *called, caller *state) []*state {
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
