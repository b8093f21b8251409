package config

import (
	"fmt"
	"strings"
)

// expander replaces ${NAME} and records the first problem.
type expander struct {
	getenv        func(string) string
	missing       string // replaces a variable that is not set
	problem, hint string
}

func (e *expander) expand(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "${")
		if !ok {
			return b.String() + s
		}
		if literal, escaped := strings.CutSuffix(before, "$"); escaped {
			b.WriteString(literal + "${")
			s = rest
			continue
		}
		b.WriteString(before)
		inside, after, ok := strings.Cut(rest, "}")
		if !ok {
			e.fail("${ is never closed", "write ${NAME}, or $${ for the text ${")
			return b.String() + s
		}
		b.WriteString(e.variable(inside))
		s = after
	}
}

func (e *expander) variable(inside string) string {
	name, fallback, hasFallback := strings.Cut(inside, ":-")
	if name == "" {
		e.fail("${} has no name", "write ${NAME}")
		return ""
	}
	if Foreign(name) {
		e.fail(fmt.Sprintf("the variable %s belongs to another program, and is not put into messages", name), "give the value in a variable of another name")
		return e.missing
	}
	if value := e.getenv(name); value != "" {
		return value
	}
	if !hasFallback {
		fallback = e.missing
		e.fail(fmt.Sprintf("the environment variable %s is not set", name), fmt.Sprintf("set it, or write ${%s:-default}", name))
	}
	return fallback
}

func (e *expander) fail(problem, hint string) {
	if e.problem == "" {
		e.problem, e.hint = problem, hint
	}
}
