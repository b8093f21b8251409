package webhook

import (
	"context"
	"errors"
	"fmt"
	"text/template"
	"text/template/parse"
	"time"
)

// Limits bound one rendering. Coroot has none: a template that loops for ever
// hangs its notifier.
type Limits struct {
	Time   time.Duration // zero: no limit
	Output int           // bytes of output, and of any string made on the way; zero: no limit
}

// DefaultLimits returns limits that no sensible template meets: ten seconds
// and 64 MiB.
func DefaultLimits() Limits { return Limits{Time: 10 * time.Second, Output: 64 << 20} }

// Errors that stop a rendering at a limit; found with errors.Is in a
// *TemplateError.
var (
	ErrTimeLimit   = errors.New("the template runs too long")
	ErrOutputLimit = errors.New("the template makes too much text")
)

// tickName is the name of the function that guardLoops plants. No template can
// call it, because it becomes known only when the template is parsed.
const tickName = "hooktoolTick"

// ticksPerCheck is how many loop turns pass between two looks at the clock.
const ticksPerCheck = 256

// guard holds what bounds one rendering. Each renderer has its own.
type guard struct {
	limits   Limits
	ctx      context.Context
	deadline time.Time
	ticks    uint
	out      *output // what is printed
	trace    trace   // what printed it, with WithOrigins
}

func (g *guard) start(ctx context.Context) {
	g.ctx, g.ticks, g.trace = ctx, 0, trace{g.trace.pieces[:0], g.trace.empty[:0]}
	if g.limits.Time > 0 {
		g.deadline = time.Now().Add(g.limits.Time)
	}
}

// tick is called in each turn of a loop that may be long.
func (g *guard) tick() (string, error) {
	g.ticks++
	if g.ticks%ticksPerCheck != 0 {
		return "", nil
	}
	if err := g.ctx.Err(); err != nil {
		return "", err
	}
	if g.limits.Time > 0 && time.Now().After(g.deadline) {
		return "", fmt.Errorf("%w: more than %s", ErrTimeLimit, g.limits.Time)
	}
	return "", nil
}

// size fails when a string of n bytes is over the limit.
func (g *guard) size(n int) error {
	if g.limits.Output > 0 && n > g.limits.Output {
		return fmt.Errorf("%w: more than %d bytes", ErrOutputLimit, g.limits.Output)
	}
	return nil
}

// functions returns json and, under their own names, those builtins that can
// make a string grow without end, each with a check of the size. They give the
// same results as the builtins, which are these very functions.
func (g *guard) functions() template.FuncMap {
	checked := func(s string, err error) (string, error) {
		if err == nil {
			err = g.size(len(s))
		}
		return s, err
	}
	return template.FuncMap{
		"json":     func(v any) (string, error) { return checked(marshalJSON(v)) },
		"js":       func(args ...any) (string, error) { return checked(template.JSEscaper(args...), nil) },
		"html":     func(args ...any) (string, error) { return checked(template.HTMLEscaper(args...), nil) },
		"urlquery": func(args ...any) (string, error) { return checked(template.URLQueryEscaper(args...), nil) },
		"print":    func(args ...any) (string, error) { return g.sprint(fmt.Sprint, args) },
		"println":  func(args ...any) (string, error) { return g.sprint(fmt.Sprintln, args) },
		"printf": func(format string, args ...any) (string, error) {
			return g.sprint(func(args ...any) string { return fmt.Sprintf(format, args...) }, args)
		},
	}
}

// sprint refuses before it allocates: strings that double in each turn would
// exhaust the memory in the last one.
func (g *guard) sprint(format func(...any) string, args []any) (string, error) {
	n := 0
	for _, arg := range args {
		if s, ok := arg.(string); ok {
			n += len(s)
		}
	}
	if err := g.size(n); err != nil {
		return "", err
	}
	s := format(args...)
	return s, g.size(len(s))
}

// guardLoops plants a tick in every loop that the size of an event does not
// bound to something small: nested ranges, ranges over anything but a field,
// and templates that are called. A plain range over a list stays as it is.
func guardLoops(root *template.Template, g *guard) {
	root.Funcs(template.FuncMap{tickName: g.tick})
	for _, tmpl := range root.Templates() {
		if tmpl.Tree == nil || tmpl.Root == nil {
			continue
		}
		called := tmpl.Name() != root.Name()
		planter{tree: tmpl.Tree}.list(tmpl.Root, called)
		if called {
			plant(tmpl.Tree, tmpl.Root, tickName)
		}
	}
}

type planter struct{ tree *parse.Tree }

// list plants ticks below a list; inner tells that the list itself can be
// executed many times.
func (p planter) list(list *parse.ListNode, inner bool) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.IfNode:
			p.list(node.List, inner)
			p.list(node.ElseList, inner)
		case *parse.WithNode:
			p.list(node.List, inner)
			p.list(node.ElseList, inner)
		case *parse.RangeNode:
			p.list(node.List, true)
			p.list(node.ElseList, inner)
			if inner || !overField(node.Pipe) {
				plant(p.tree, node.List, tickName)
			}
		}
	}
}

func overField(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode, *parse.VariableNode:
		return true
	}
	return false
}

// plant puts the call of a function that prints nothing in front of a list.
func plant(tree *parse.Tree, list *parse.ListNode, function string, args ...parse.Node) {
	name := parse.NewIdentifier(function).SetPos(list.Pos).SetTree(tree)
	call := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: list.Pos, Args: append([]parse.Node{name}, args...)}
	action := &parse.ActionNode{
		NodeType: parse.NodeAction, Pos: list.Pos,
		Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: list.Pos, Cmds: []*parse.CommandNode{call}},
	}
	list.Nodes = append([]parse.Node{action}, list.Nodes...)
}
