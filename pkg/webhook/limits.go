package webhook

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/template"
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
	ErrDepthLimit  = errors.New("the template nests too deeply")
)

// ticksPerCheck is how many loop turns pass between two looks at the clock.
const ticksPerCheck = 256

// guard holds what bounds one rendering. Each renderer has its own.
type guard struct {
	limits   Limits
	ctx      context.Context
	deadline time.Time
	ticks    uint
	depth    int // of templates that call one another
	maxDepth int
	out      *output // what is printed
	trace    trace   // what printed it, with WithOrigins
	calls    []int   // the templates that are being executed, by what called them
}

func (g *guard) start(ctx context.Context) {
	g.ctx, g.ticks, g.depth, g.calls, g.trace = ctx, 0, 0, g.calls[:0], trace{g.trace.pieces[:0], g.trace.empty[:0]}
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

// enter is called at the beginning of a template that another one calls.
func (g *guard) enter() (string, error) {
	if g.depth++; g.depth > g.maxDepth {
		return "", fmt.Errorf("%w: templates call one another more than %d deep", ErrDepthLimit, g.maxDepth)
	}
	return g.tick()
}

// leave is called at the end of a template that another one calls.
func (g *guard) leave() string {
	g.depth--
	return ""
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
		"print":    func(args ...any) (string, error) { return g.sprint(fmt.Sprint, args, 1) },
		"println":  func(args ...any) (string, error) { return g.sprint(fmt.Sprintln, args, 1) },
		"printf": func(format string, args ...any) (string, error) {
			// A verb such as %[1]s can print one argument many times.
			times := max(1, strings.Count(format, "%["))
			return g.sprint(func(args ...any) string { return fmt.Sprintf(format, args...) }, args, times)
		},
	}
}

// sprint refuses before it allocates: strings that double in each turn would
// exhaust the memory in the last one. times is how often an argument can be
// printed.
func (g *guard) sprint(format func(...any) string, args []any, times int) (string, error) {
	n := 0
	for _, arg := range args {
		if s, ok := arg.(string); ok {
			n += len(s) * times
		}
	}
	if err := g.size(n); err != nil {
		return "", err
	}
	s := format(args...)
	return s, g.size(len(s))
}
