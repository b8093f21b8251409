package typecheck_test

import "fmt"

// sort is the type that the generator intends an expression to have: that of an
// incident's value, a literal or a function result.
type sort string

const (
	text   sort = "text"
	number sort = "number"
	truth  sort = "truth"
	list   sort = "list"
	app    sort = "app"
	report sort = "report"
	whole  sort = "whole"
	any_   sort = "any"
)

func (g *generator) someSort() sort {
	return pick(g, text, text, text, number, truth, list, app, report, whole)
}

// typed returns an expression of a sort. The generator does not track assignments in
// branches and loops, so it is sometimes wrong about variables. One in a hundred
// expressions is wrong on purpose.
func (g *generator) typed(s sort, depth int) string {
	if s == any_ || g.rand.IntN(100) == 0 {
		s = g.someSort()
	}
	if names := g.variablesOf(s); len(names) > 0 && g.rand.IntN(3) == 0 {
		return pick(g, names...)
	}
	if depth > 0 && g.rand.IntN(2) == 0 {
		if call := g.typedCall(s, depth-1); call != "" {
			return call
		}
	}
	return g.atom(s)
}

func (g *generator) variablesOf(s sort) []string {
	var names []string
	for _, name := range g.vars {
		if g.sorts[name] == s {
			names = append(names, name)
		}
	}
	return names
}

// atom returns a field or a literal.
func (g *generator) atom(s sort) string {
	if g.dot == s && g.rand.IntN(2) == 0 {
		return "."
	}
	root := pick(g, g.variablesOf(whole)...)
	switch s {
	case text:
		return g.atomText(root)
	case number:
		return pick(g, "0", "1", "2", "-1", "'a'", fmt.Sprintf("(len %s)", g.atomText(root)), fmt.Sprintf("(len %s.Reports)", root))
	case truth:
		return pick(g, "true", "false", root+".Application.IsZero", root+".Application.NamespaceIsEmpty")
	case list:
		return root + ".Reports"
	case app:
		return root + ".Application"
	case report:
		return fmt.Sprintf("(index %s.Reports 0)", root)
	}
	return root
}

func (g *generator) atomText(root string) string {
	if names := g.variablesOf(report); len(names) > 0 && g.rand.IntN(3) == 0 {
		return pick(g, names...) + pick(g, ".Name", ".Check", ".Message")
	}
	switch {
	case g.dot == report && g.rand.IntN(2) == 0:
		return pick(g, ".Name", ".Message")
	case g.dot == app && g.rand.IntN(2) == 0:
		return pick(g, ".Name", ".Kind", ".String")
	}
	return pick(g, `""`, `"OK"`, root+".Status", root+".URL", root+".RCASummary", root+".Application.Name", root+".Application.Kind", root+".Application.String")
}

func (g *generator) typedCall(s sort, depth int) string {
	if !g.noLogic && g.rand.IntN(4) == 0 {
		return fmt.Sprintf("(%s %s %s)", pick(g, "and", "or"), g.typed(s, depth), g.typed(s, depth))
	}
	switch s {
	case text:
		arg := g.typed(pick(g, any_, text), depth)
		return pick(g, fmt.Sprintf("(print %s)", arg), fmt.Sprintf("(json %s)", arg), fmt.Sprintf("(html %s)", arg),
			fmt.Sprintf(`(printf "%%v" %s)`, arg), fmt.Sprintf("(slice %s 0)", g.typed(text, depth)))
	case number:
		return fmt.Sprintf("(len %s)", g.typed(pick(g, text, list), depth))
	case truth:
		same := pick(g, text, number, truth)
		if same == truth || g.rand.IntN(2) == 0 {
			return fmt.Sprintf("(%s %s %s)", pick(g, "eq", "ne"), g.typed(same, depth), g.typed(same, depth))
		}
		return pick(g, fmt.Sprintf("(not %s)", g.typed(any_, depth)), fmt.Sprintf("(%s %s %s)", pick(g, "lt", "ge"), g.typed(same, depth), g.typed(same, depth)))
	case list:
		return fmt.Sprintf("(slice %s 0)", g.typed(list, depth))
	case report:
		return fmt.Sprintf("(index %s %s)", g.typed(list, depth), pick(g, "0", "1", g.typed(number, depth)))
	}
	return ""
}

// typedAction returns an action that prints, declares or assigns.
func (g *generator) typedAction() string {
	s := g.someSort()
	switch g.rand.IntN(4) {
	case 0:
		expression := g.typed(s, 2)
		return fmt.Sprintf("{{ %s%s }}", g.declareSort(s), expression)
	case 1:
		if name := pick(g, g.vars...); name != "$" {
			if g.rand.IntN(6) > 0 {
				s = g.sorts[name]
			}
			return fmt.Sprintf("{{ %s = %s }}", name, g.typed(s, 2))
		}
	case 2:
		return fmt.Sprintf("{{ %s | %s }}", g.typed(text, 2), pick(g, "json", "len", "print", "html | js", "eq $.Status", `printf "%q"`, "and 1", "or 0 | not"))
	}
	return fmt.Sprintf("{{ %s }}", g.typed(s, 2))
}

func (g *generator) declareSort(s sort) string {
	declared := g.declare()
	g.sorts[g.vars[len(g.vars)-1]] = s
	return declared
}

// typedBlock returns an if, with or range for which the generator knows the dot.
func (g *generator) typedBlock(depth int) string {
	outer, dot := g.vars, g.dot
	defer func() { g.vars, g.dot = outer, dot }()
	keyword := pick(g, "if", "with", "range", "range")
	s, head := g.someSort(), ""
	switch keyword {
	case "range":
		over := pick(g, list, list, number)
		if head, s = g.typed(over, 1), report; over == number {
			s = number
		} else if g.rand.IntN(3) == 0 {
			g.declareSort(number)
			index := g.vars[len(g.vars)-1]
			head = fmt.Sprintf("%s, %s%s", index, g.declareSort(s), head)
		}
		g.dot = s
	case "with":
		head = g.typed(s, 1)
		g.dot = s
	default:
		if head = g.typed(s, 1); g.rand.IntN(3) == 0 {
			head = pick(g, g.vars...)
		}
	}
	if keyword == "range" {
		g.loops++
	}
	body := g.list(depth - 1)
	if keyword == "range" {
		g.loops--
	}
	g.dot, g.vars = dot, outer
	if g.rand.IntN(2) == 0 {
		body += "{{ else }}" + g.list(depth-1)
	}
	return fmt.Sprintf("{{ %s %s }}%s{{ end }}%s", keyword, head, body, g.mark())
}
