package typecheck_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator generates random templates for incidents. It knows the grammar and little
// about types, so that it generates both correct and incorrect templates. Each block
// starts with a unique mark, which shows a test what was executed.
type generator struct {
	rand    *rand.Rand
	vars    []string
	defines []string
	marks   int
	loops   int
	next    int
	noLogic bool // no and/or, because parts of them may not be executed

	careful bool // generate mostly correct templates
	sorts   map[string]sort
	dot     sort
}

// newGenerator returns a generator that draws its choices from a source.
func newGenerator(source rand.Source) *generator {
	return &generator{rand: rand.New(source), sorts: map[string]sort{"$": whole}, dot: whole}
}

func pick[T any](g *generator, from ...T) T { return from[g.rand.IntN(len(from))] }

// template returns a complete template.
func (g *generator) template() string {
	var b strings.Builder
	for range g.rand.IntN(3) {
		g.vars = []string{"$"}
		name := fmt.Sprintf("t%d", len(g.defines))
		fmt.Fprintf(&b, "{{ define %q }}%s{{ end }}", name, g.list(2))
		g.defines = append(g.defines, name)
	}
	g.vars = []string{"$"}
	b.WriteString(g.list(3))
	return b.String()
}

func (g *generator) mark() string {
	g.marks++
	return fmt.Sprintf("«%d»", g.marks)
}

func (g *generator) list(depth int) string {
	var b strings.Builder
	b.WriteString(g.mark())
	most := 3
	if g.careful {
		most = 2
	}
	for range 1 + g.rand.IntN(most) {
		b.WriteString(g.item(depth))
	}
	return b.String()
}

func (g *generator) item(depth int) string {
	if depth == 0 {
		return g.action()
	}
	if g.careful && g.rand.IntN(3) > 0 {
		return g.typedBlock(depth)
	}
	switch g.rand.IntN(12) {
	case 0, 1:
		if g.careful {
			return g.typedBlock(depth)
		}
		return g.block("if", g.condition(depth), depth)
	case 2:
		if g.careful {
			return g.typedAction()
		}
		return g.block("with", g.condition(depth), depth)
	case 3, 4, 5:
		if g.careful {
			return g.typedBlock(depth)
		}
		return g.rangeBlock(depth)
	case 6:
		if len(g.defines) > 0 {
			return fmt.Sprintf("{{ template %q %s }}", pick(g, g.defines...), g.passed())
		}
	case 7:
		if g.loops > 0 {
			return fmt.Sprintf("{{ if %s }}%s{{ %s }}{{ end }}%s", g.condition(1), g.mark(), pick(g, "break", "continue"), g.mark())
		}
	}
	return g.action()
}

func (g *generator) condition(depth int) string {
	if g.careful {
		return g.typed(any_, 1)
	}
	if g.rand.IntN(5) == 0 {
		return g.declare() + g.operand(depth)
	}
	if g.rand.IntN(3) == 0 {
		return pick(g, g.vars...)
	}
	return g.operand(depth)
}

// block writes an if or with and drops the variables declared in it.
func (g *generator) block(keyword, condition string, depth int) string {
	outer := g.vars
	text := fmt.Sprintf("{{ %s %s }}%s", keyword, condition, g.list(depth-1))
	if g.rand.IntN(2) == 0 {
		text += fmt.Sprintf("{{ else }}%s", g.list(depth-1))
	} else if g.rand.IntN(4) == 0 {
		text += fmt.Sprintf("{{ else %s %s }}%s", keyword, g.operand(1), g.list(depth-1))
	}
	g.vars = outer
	return text + "{{ end }}" + g.mark()
}

func (g *generator) rangeBlock(depth int) string {
	outer := g.vars
	over := pick(g, ".Reports", "$.Reports", "$.Reports", "$.Reports", "3", g.operand(1), pick(g, g.vars...))
	switch g.rand.IntN(6) {
	case 0:
		over = g.declare() + over
	case 1:
		first, second := g.fresh(), g.fresh()
		over = fmt.Sprintf("%s, %s := %s", first, second, over)
		g.vars = append(append([]string{}, outer...), first, second)
	case 2:
		over = fmt.Sprintf("%s = %s", pick(g, g.vars...), over)
	}
	g.loops++
	text := fmt.Sprintf("{{ range %s }}%s", over, g.list(depth-1))
	g.loops--
	if g.rand.IntN(3) == 0 {
		text += fmt.Sprintf("{{ else }}%s", g.list(depth-1))
	}
	g.vars = outer
	return text + "{{ end }}" + g.mark()
}

func (g *generator) fresh() string {
	if g.rand.IntN(4) == 0 && len(g.vars) > 1 {
		return pick(g, g.vars[1:]...)
	}
	g.next++
	return fmt.Sprintf("$v%d", g.next)
}

func (g *generator) declare() string {
	name := g.fresh()
	g.vars = append(append([]string{}, g.vars...), name)
	return name + " := "
}

// passed returns the argument of a template call.
func (g *generator) passed() string {
	if g.careful {
		return g.atom(whole)
	}
	return pick(g, "", ".", "$", g.operand(1))
}

func (g *generator) action() string {
	if g.careful {
		return g.typedAction()
	}
	switch g.rand.IntN(6) {
	case 0:
		operand := g.operand(2)
		return fmt.Sprintf("{{ %s%s }}", g.declare(), operand)
	case 1, 2:
		if len(g.vars) > 1 {
			return fmt.Sprintf("{{ %s = %s }}", pick(g, g.vars[1:]...), g.operand(2))
		}
	case 3:
		return fmt.Sprintf("{{ %s | %s }}", g.operand(2), pick(g, "json", "print", "html", "len", "printf", `printf "%v"`, "not", "index 0", "eq .Status", "and 1", "json | len", "or 0"))
	}
	return fmt.Sprintf("{{ %s }}", g.operand(2))
}

// operand returns an expression without spaces outside parentheses.
func (g *generator) operand(depth int) string {
	if depth > 0 && g.rand.IntN(2) == 0 {
		return g.call(depth - 1)
	}
	switch g.rand.IntN(10) {
	case 0:
		return pick(g, `""`, `"x"`, "0", "1", "2", "true", "false", "1.5", "'a'", "nil", "2i")
	case 1, 2, 3:
		return pick(g, ".", ".Name", ".Status", ".Application", ".Application.Name", ".Application.Kind", ".Reports", ".URL", ".Message", ".Application.IsZero")
	case 4, 5, 6:
		return "$" + pick(g, ".Status", ".Application", ".Application.Name", ".Application.Kind", ".Reports", ".URL", ".Application.String", ".Application.MarshalText", ".Foo")
	}
	variable := pick(g, g.vars...)
	if g.rand.IntN(4) == 0 {
		variable += pick(g, ".Name", ".Status", ".Message", ".Application")
	}
	return variable
}

func (g *generator) call(depth int) string {
	op := func() string { return g.operand(depth) }
	switch g.rand.IntN(11) {
	case 0:
		return fmt.Sprintf("(%s %s %s)", pick(g, "eq", "ne", "lt", "le", "gt", "ge"), op(), op())
	case 1:
		if !g.noLogic {
			return fmt.Sprintf("(%s %s %s)", pick(g, "and", "or"), op(), op())
		}
	case 2:
		return fmt.Sprintf("(len %s)", op())
	case 3:
		return fmt.Sprintf("(index %s %s)", pick(g, "$.Reports", op()), pick(g, "0", "1", op()))
	case 4:
		return fmt.Sprintf("(slice %s %s)", pick(g, ".Status", "$.Reports", op()), pick(g, "0", "1", "0 1", op()))
	case 5:
		return fmt.Sprintf("(%s %s)", pick(g, "print", "html", "js", "urlquery", "json", "not", "println", "call"), op())
	case 6:
		return fmt.Sprintf("(printf %s %s)", pick(g, `"%s"`, `"%d"`, op()), op())
	case 7:
		return fmt.Sprintf("(%s).%s", op(), pick(g, "Name", "Status", "Application.Name", "Message"))
	case 8:
		if g.noLogic {
			return op()
		}
		return fmt.Sprintf("(%s %s (%s %s) %s)", pick(g, "and", "or"), pick(g, g.vars...), pick(g, "eq", "len", "index", "not"), pick(g, g.vars...), op())
	case 9:
		return fmt.Sprintf("(eq $.Status %s)", pick(g, `"OK"`, `"CRITICAL"`))
	}
	if len(g.vars) > 1 {
		return fmt.Sprintf("(%s = %s)", pick(g, g.vars[1:]...), op())
	}
	return fmt.Sprintf("(%s)", op())
}
