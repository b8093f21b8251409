package webhook

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"text/template"
	"time"

	"github.com/hooktool/hooktool/pkg/source"
)

// Limits bound one rendering. Coroot has none: a template that loops forever
// hangs its notifier.
type Limits struct {
	Time   time.Duration // zero: no limit
	Output int           // bytes of output, and of any string made on the way; zero: no limit. All those strings together may be madeFactor times as long
	Turns  int           // iterations of loops and calls of templates, those with a long body counting several times; unlike Time this does not depend on the machine; zero: no limit
}

// madeFactor limits the strings that functions make on the way, all together, to a
// multiple of the output limit: variables can keep every one of them.
const madeFactor = 2

// DefaultLimits returns limits that no sensible template reaches: 64 MiB, and as many
// turns as take about half a second. The ten seconds are a last resort, and only matter on a
// very slow machine.
func DefaultLimits() Limits {
	return Limits{Time: 10 * time.Second, Output: 64 << 20, Turns: 500_000}
}

// Errors that stop a rendering at a limit. They are wrapped in a *TemplateError; use
// errors.Is.
var (
	ErrTimeLimit   = errors.New("the template runs too long")
	ErrOutputLimit = errors.New("the template prints too much text")
	ErrDepthLimit  = errors.New("the template nests too deeply")
)

// ticksPerCheck is the number of ticks between two looks at the clock.
const ticksPerCheck = 256

// maxLoops bounds how many ranges are executed within one another. Each of them
// recovers from an error and panics again, which takes time proportional to the square
// of their number.
const maxLoops = source.MaxLoops

// bytesATurn is the number of bytes that can be compared or copied in the time of a
// turn. A template that has made a string several times as long pays for it in each
// turn.
const bytesATurn = 1 << 14

// depthATurn is how much deeper templates must call one another for a call to take a
// turn longer, because the stack grows.
const depthATurn = 512

// guard enforces the limits of one rendering. Each renderer has its own.
type guard struct {
	limits   Limits
	ctx      context.Context
	deadline time.Time
	weight   int // weight of what is being executed, in turns
	elements int // in the event's list

	nodesAnElement int // nodes in the bodies of loops without ticks, all of which are over fields

	ticks    int // turns so far
	checks   int // ticks so far
	longest  int // longest string that a function has made, in bytes
	made     int // bytes of all strings that functions have made
	loops    int // ranges around the template that is being executed
	depth    int // depth of template calls
	maxDepth int
	out      *output // what was printed
	marks    *marks
	tracing  bool  // whether trace is recorded, for which the marks of origins are needed
	trace    trace // what printed it
	calls    []int // the templates that are being executed, by the node that called them
}

func (g *guard) start(ctx context.Context, limits Limits, tracing bool) {
	g.limits, g.tracing = limits, tracing
	g.ctx, g.ticks, g.checks, g.longest, g.made, g.depth, g.loops = ctx, g.weight, 0, 0, 0, 0, 0
	g.calls, g.trace = g.calls[:0], trace{g.trace.pieces[:0], g.trace.empty[:0]}
	if g.limits.Time > 0 {
		g.deadline = time.Now().Add(g.limits.Time)
	}
}

// use returns what the rendering has used of its limits.
func (g *guard) use() use {
	return use{turns: g.ticks, longest: max(g.longest, g.out.Len()), made: g.made}
}

// tick is called in each turn of a loop that may be long; weight is the number of extra
// turns that its body counts for.
func (g *guard) tick(weight int) error {
	g.ticks += 1 + weight + g.longest/bytesATurn
	if g.limits.Turns > 0 && g.ticks > g.limits.Turns {
		return fmt.Errorf("%w: more work than %d iterations of a short loop", ErrTimeLimit, g.limits.Turns)
	}
	if g.checks++; g.checks%ticksPerCheck != 0 {
		return nil
	}
	if err := g.ctx.Err(); err != nil {
		return err
	}
	if g.limits.Time > 0 && time.Now().After(g.deadline) {
		return fmt.Errorf("%w: more than %s", ErrTimeLimit, g.limits.Time)
	}
	return nil
}

// enter is called at the beginning of a template that another calls.
func (g *guard) enter(weight int) error {
	if g.depth++; g.depth > g.maxDepth {
		return fmt.Errorf("%w: templates call one another more than %d deep", ErrDepthLimit, g.maxDepth)
	}
	return g.tick(weight + g.depth/depthATurn)
}

// within is called before a template is called from within n ranges.
func (g *guard) within(loops int) error {
	if g.loops += loops; g.loops > maxLoops {
		return fmt.Errorf("%w: more than %d loops are nested", ErrDepthLimit, maxLoops)
	}
	return nil
}

// outside is called after a template was called from within n ranges.
func (g *guard) outside(loops int) error {
	g.loops -= loops
	return nil
}

// leave is called at the end of a template that another calls.
func (g *guard) leave(int) error {
	g.depth--
	return nil
}

// size fails when a string of n bytes is over the limit.
func (g *guard) size(n int) error {
	if g.limits.Output > 0 && n > g.limits.Output {
		return fmt.Errorf("%w: more than %d bytes", ErrOutputLimit, g.limits.Output)
	}
	return nil
}

// make records that a function makes a string of n bytes, and fails when that is too
// much.
func (g *guard) make(n int) error {
	g.made += n
	g.longest = max(g.longest, n)
	if err := g.size(n); err != nil {
		return err
	}
	if most := madeFactor * g.limits.Output; most > 0 && g.made > most {
		return fmt.Errorf("%w: more than %d bytes in its variables and functions", ErrOutputLimit, most)
	}
	return nil
}

// functions returns json and, under their own names, those builtins that can make a
// string grow without bound, each with a check of the size. Their results are the same:
// they call the builtins.
func (g *guard) functions() template.FuncMap {
	checked := func(s string, err error) (string, error) {
		if err == nil {
			err = g.make(len(s))
		}
		return s, err
	}
	escaper := func(escape func(...any) string) func(...any) (string, error) {
		return func(args ...any) (string, error) { return g.sprint(escape, args, 0) }
	}
	return template.FuncMap{
		"json":     func(v any) (string, error) { return checked(marshalJSON(v)) },
		"js":       escaper(template.JSEscaper),
		"html":     escaper(template.HTMLEscaper),
		"urlquery": escaper(template.URLQueryEscaper),
		"print":    func(args ...any) (string, error) { return g.sprint(fmt.Sprint, args, 0) },
		"println":  func(args ...any) (string, error) { return g.sprint(fmt.Sprintln, args, 0) },
		"printf": func(format string, args ...any) (string, error) {
			printed := func(args ...any) string { return fmt.Sprintf(format, args...) }
			// A verb such as %[1]s can print one argument many times.
			times := strings.Count(format, "%[")
			return g.sprint(printed, args, max(0, times-1)*sizeOf(args)+widths(format, args))
		},
	}
}

// sprint refuses before it allocates: strings that double in each turn would exhaust
// the memory in the last one. more is how much longer than its arguments the result can
// be.
func (g *guard) sprint(format func(...any) string, args []any, more int) (string, error) {
	if err := g.size(sizeOf(args) + more); err != nil {
		return "", err
	}
	s := format(args...)
	return s, g.make(len(s))
}

// sizeOf estimates how many bytes the arguments print.
func sizeOf(args []any) int {
	n := 0
	for _, arg := range args {
		if s, ok := arg.(string); ok {
			n += len(s)
		} else {
			n += textIn(reflect.ValueOf(arg))
		}
	}
	return n
}

// textIn returns how many bytes of text a value holds.
func textIn(v reflect.Value) int {
	n := 0
	switch v.Kind() {
	case reflect.String:
		return v.Len()
	case reflect.Slice:
		for i := range v.Len() {
			n += textIn(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += textIn(v.Field(i))
		}
	}
	return n
}

// widths returns how many bytes the widths and precisions of a format can add.
func widths(format string, args []any) int {
	const most = 1_000_000 // fmt takes no larger one
	sum, number := 0, 0
	for i := range len(format) {
		if c := format[i]; c < '0' || c > '9' {
			sum, number = sum+number, 0
		} else {
			number = min(number*10+int(c-'0'), most)
		}
	}
	stars := strings.Count(format, "*")
	for _, arg := range args {
		if n, ok := arg.(int); ok && stars > 0 {
			sum += min(max(n, -n), most) * stars
		}
	}
	return sum
}
