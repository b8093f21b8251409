package typecheck

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/words"
)

// loop is a range being walked: its body, or its else. In the else, break also ends the
// range, and continue belongs to the enclosing loop.
type loop struct {
	otherwise         bool
	mark              mark // before the first iteration
	breaks, continues []outcome
}

func (c *checker) list(dot value, list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		c.node(dot, node)
	}
}

func (c *checker) node(dot value, node parse.Node) {
	if c.again > 0 {
		c.repeated++
	}
	if c.tooComplex() {
		return
	}
	switch node := node.(type) {
	case *parse.ActionNode:
		if val := c.pipeline(dot, node.Pipe); val.types == noValue && len(node.Pipe.Decl) == 0 {
			c.misses(node.Pipe.String())
		}
	case *parse.IfNode:
		c.conditional(dot, &node.BranchNode, false)
	case *parse.WithNode:
		c.conditional(dot, &node.BranchNode, true)
	case *parse.RangeNode:
		c.rangeNode(dot, node)
	case *parse.TemplateNode:
		c.templateNode(dot, node)
	case *parse.BreakNode:
		if n := len(c.loops); n > 0 {
			c.leave(c.loops[n-1], func(l *loop, out outcome) { l.breaks = append(l.breaks, out) })
		}
	case *parse.ContinueNode:
		for _, l := range slices.Backward(c.loops) {
			if !l.otherwise {
				c.leave(l, func(l *loop, out outcome) { l.continues = append(l.continues, out) })
				break
			}
		}
	}
}

// conditional walks an if or with. Only with changes the dot, and only in its first
// branch.
func (c *checker) conditional(dot value, node *parse.BranchNode, with bool) {
	height := c.vars.height()
	val := c.pipeline(dot, node.Pipe)
	then := c.vars.branch(func() {
		c.assume(node.Pipe, true)
		if val.types == noValue { // it is never true
			c.vars.dead = true
		}
		inner := dot
		if with {
			inner = c.nonEmpty(val)
		}
		c.list(inner, node.List)
	})
	otherwise := c.vars.branch(func() {
		c.assume(node.Pipe, false)
		c.list(dot, node.ElseList)
	})
	if !c.vars.dead {
		c.vars.merge(then, otherwise)
	}
	c.vars.pop(height)
}

// nonEmpty returns a value at a point where it is known to be true. If it never is, the
// point is unreachable.
func (c *checker) nonEmpty(val value) value {
	if val.types = c.universe.whenTrue(val.types); val.types == 0 {
		val.types, c.vars.dead = unknown, true
	}
	return val
}

// leave records the variables at a break or continue, which ends a loop or its current
// iteration.
func (c *checker) leave(l *loop, note func(*loop, outcome)) {
	if c.vars.dead {
		return
	}
	note(l, c.vars.since(l.mark))
	c.vars.dead = true
}

func (c *checker) rangeNode(dot value, node *parse.RangeNode) {
	height := c.vars.height()
	over := c.pipeline(dot, node.Pipe)
	index, element := c.iterated(over, node.Pipe)
	body := c.vars.branch(func() { c.iterate(node, index, element) })
	if over.types == noValue {
		body = nil // there are no iterations
	}
	this := &loop{otherwise: true, mark: c.vars.mark()}
	c.loops = append(c.loops, this)
	otherwise := c.vars.branch(func() { c.list(dot, node.ElseList) })
	c.loops = c.loops[:len(c.loops)-1]
	if !c.vars.dead {
		c.vars.merge(append(this.breaks, body, otherwise)...)
	}
	c.vars.pop(height)
}

// iterate walks the body of a loop until the variables at its start have all the types
// that an iteration can leave in them.
func (c *checker) iterate(node *parse.RangeNode, index, element value) {
	this := &loop{mark: c.vars.mark()}
	if !node.Pipe.IsAssign {
		this.mark.height -= len(node.Pipe.Decl) // each iteration sets its own variables again
	}
	c.loops = append(c.loops, this)
	alive := !c.vars.dead
	var ends []outcome
	var earlier []Problem
	outer := c.again
	for again := true; again && !c.tooComplex(); c.again = outer + 1 {
		problems := len(c.problems)
		this.breaks, this.continues = nil, nil
		end := c.iteration(node, this, index, element)
		ends = append(slices.Clone(this.continues), end)
		again = false
		for _, out := range ends {
			again = c.vars.widen(out) || again
		}
		if again {
			earlier = append(earlier, c.problems[problems:]...)
			c.problems = c.problems[:problems]
		} else {
			c.keep(earlier, problems)
		}
	}
	c.again = outer
	c.loops = c.loops[:len(c.loops)-1]
	if alive {
		c.vars.merge(slices.Concat(ends, this.breaks)...)
	}
}

// keep adds problems from earlier walks at places where the last walk found none;
// problems of the last walk start at index from. The last walk may miss a problem
// because an earlier one made a variable's type unknown. For places where it found one,
// its version is more accurate.
func (c *checker) keep(earlier []Problem, from int) {
	if len(earlier) == 0 {
		return
	}
	seen := map[span]bool{}
	for _, p := range c.problems[from:] {
		seen[span{p.Start, p.End}] = true
	}
	for _, p := range earlier {
		if at := (span{p.Start, p.End}); !seen[at] {
			seen[at] = true
			c.problems = append(c.problems, p)
		}
	}
}

// iteration walks the body once and returns its outcome since the loop started.
func (c *checker) iteration(node *parse.RangeNode, this *loop, index, element value) outcome {
	var end outcome
	c.vars.branch(func() {
		c.bind(node.Pipe, index, element)
		height := c.vars.height()
		c.list(element, node.List)
		c.vars.pop(height)
		if !c.vars.dead {
			end = c.vars.since(this.mark)
		}
	})
	return end
}

// bind assigns the variables of a range their values for one iteration. The pipeline
// has already declared them.
func (c *checker) bind(pipe *parse.PipeNode, index, element value) {
	values := []value{index, element}
	if len(pipe.Decl) == 1 {
		values = values[1:]
	}
	for i, variable := range pipe.Decl {
		if at := c.vars.find(variable.Ident[0]); at >= 0 && i < len(values) {
			c.vars.set(at, values[i])
			c.survey.element(c.partSpan(variable, 0), values[i])
		}
	}
}

// iterated returns the types of the index and the elements of the value ranged over.
func (c *checker) iterated(over value, pipe *parse.PipeNode) (index, element value) {
	index = value{types: typeFor[int](c.universe)}
	element = c.each(over, func(m member) (typeSet, bool) {
		switch m.kind() {
		case reflect.Slice, reflect.Array:
			return c.universe.of(m.typ.Elem()), true
		case reflect.Int, reflect.Uint8:
			return c.universe.of(m.typ), len(pipe.Decl) < 2
		case reflect.Invalid:
			return 0, true // no iteration at all
		}
		return 0, false
	}, func(bad typeSet) {
		c.reportRange(over, bad, pipe)
	})
	if element.types == 0 {
		element.types = unknown
	}
	return index, element
}

func (c *checker) reportRange(over value, bad typeSet, pipe *parse.PipeNode) {
	at := span{int(pipe.Position()), c.end(pipe)}
	if len(pipe.Cmds) > 0 {
		at.start = c.spanOf(pipe.Cmds[0]).start
	}
	members := c.universe.members(bad)
	if len(members) > 0 && (members[0].kind() == reflect.Int || members[0].kind() == reflect.Uint8) {
		c.reportUse(BadOperand, over, bad, at, "range over a number takes one variable", "write {{ range $i := … }}")
		return
	}
	message := fmt.Sprintf("range cannot iterate over %s", c.universe.describe(bad))
	c.reportUse(BadOperand, over, bad, at, message, c.iterableHint(bad))
}

// templateNode checks a template call. The callee is walked later, once for each type
// of dot.
func (c *checker) templateNode(dot value, node *parse.TemplateNode) {
	if c.trees[node.Name] == nil {
		c.reportUndefinedTemplate(node)
		c.pipeline(dot, node.Pipe)
		return
	}
	argument := value{types: noValue}
	if node.Pipe != nil {
		argument = c.pipeline(dot, node.Pipe)
	}
	if argument.types == noValue && !c.vars.dead {
		c.blind[node] = blindCall{c.current, dot}
	}
	if argument.unknown() {
		c.enqueue(node.Name, unknown)
		return
	}
	for _, m := range c.universe.members(argument.types) {
		c.enqueue(node.Name, m.set)
	}
}

// maxCompared limits the template names compared to produce hints.
const maxCompared = 50_000

func (c *checker) reportUndefinedTemplate(node *parse.TemplateNode) {
	hint := fmt.Sprintf("define it with {{ define %q }}…{{ end }}", node.Name)
	if c.compared += len(c.trees); c.compared < maxCompared {
		names := slices.Sorted(maps.Keys(c.trees))
		names = slices.DeleteFunc(names, func(name string) bool { return name == c.root })
		if nearest := words.Nearest(node.Name, names); nearest != "" {
			hint = words.DidYouMean(strconv.Quote(nearest))
		}
	}
	c.report(UndefinedTemplate, c.quotedSpan(int(node.Position())), fmt.Sprintf("there is no template %q", node.Name), hint)
}
