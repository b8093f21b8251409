package jsonflow

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// generator produces templates that are meant to be JSON. Most are correct, so that
// many are proved, and some contain mistakes that people typically make.
type generator struct {
	rand  *rand.Rand
	shape shape
	elem  bool // inside a loop over the list, where the dot is an element
	loops int
	next  int
	flags []string // boolean variables
	seps  []string // text variables
	index string   // the variable of the innermost loop; may be empty
	calls []string // templates that print a value
}

// shape describes the data that a kind of event provides.
type shape struct {
	texts, enums, elems []string
	constants           []string
	list                string
	elemDot             bool // elements are texts
}

func shapeOf(kind event.Kind) shape {
	switch kind {
	case event.KindDeployment:
		return shape{
			texts: []string{"$.Version", "$.URL", "$.Application.Name", "$.Application", "$.Application.Kind"}, enums: []string{"$.Status"},
			constants: []string{"Deployed", "In-progress", "Stuck", "Cancelled", "x"}, list: "$.Summary", elems: []string{"."}, elemDot: true,
		}
	case event.KindAlert:
		return shape{
			texts: []string{"$.Summary", "$.RuleName", "$.URL", "$.Application.Name", "$.Application", "$.Duration", "$.ResolvedBy", "$.ProjectName"},
			enums: []string{"$.Status", "$.Severity"}, constants: []string{"OK", "WARNING", "CRITICAL", "warning", "x"},
			list: "$.Details", elems: []string{".Name", ".Value"},
		}
	}
	return shape{
		texts: []string{"$.URL", "$.RCASummary", "$.RCARemediations", "$.Application.Name", "$.Application", "$.Application.Namespace", "$.Application.String"},
		enums: []string{"$.Status"}, constants: []string{"OK", "WARNING", "CRITICAL", "UNKNOWN", "x"},
		list: "$.Reports", elems: []string{".Name", ".Check", ".Message"},
	}
}

func newGenerator(kind event.Kind, r *rand.Rand) *generator {
	g := &generator{rand: r, shape: shapeOf(kind)}
	if r.IntN(3) == 0 {
		g.shape.texts = append(g.shape.texts, "$.Team", "$.Environment")
	}
	return g
}

func pick[T any](g *generator, from ...T) T { return from[g.rand.IntN(len(from))] }

func (g *generator) once(n int) bool { return g.rand.IntN(n) == 0 }

// template returns a complete template.
func (g *generator) template() string {
	var b strings.Builder
	b.WriteString(`{{- define "jsonstr" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}`)
	for range g.rand.IntN(3) {
		name := fmt.Sprintf("t%d", len(g.calls))
		shape := g.shape
		g.shape.list = "$.Nothing" // the dot of a called template is a text
		g.shape.texts, g.shape.enums = []string{"$"}, []string{"$"}
		fmt.Fprintf(&b, "{{ define %q }}%s{{ end }}", name, g.value(1))
		g.shape = shape
		g.calls = append(g.calls, name)
	}
	for range g.rand.IntN(3) {
		b.WriteString(g.declare())
	}
	b.WriteString(g.object(3))
	if g.once(30) {
		b.WriteString(pick(g, " ", "x", "}", "\n"))
	}
	text := b.String()
	if g.once(3) {
		text = g.mutate(text)
	}
	return text
}

func (g *generator) declare() string {
	g.next++
	name := fmt.Sprintf("$v%d", g.next)
	if g.once(2) {
		g.flags = append(g.flags, name)
		return fmt.Sprintf("{{- %s := %s -}}", name, pick(g, "true", "false", g.condition()))
	}
	g.seps = append(g.seps, name)
	return fmt.Sprintf("{{- %s := %s -}}", name, pick(g, `""`, `","`, `"x"`, g.text()))
}

// mutate damages a template slightly by deleting, doubling or changing a piece.
func (g *generator) mutate(text string) string {
	for range 1 + g.rand.IntN(2) {
		if text == "" {
			return text
		}
		at := g.rand.IntN(len(text))
		n := min(1+g.rand.IntN(6), len(text)-at)
		switch g.rand.IntN(4) {
		case 0:
			text = text[:at] + text[at+n:]
		case 1:
			text = text[:at] + text[at:at+n] + text[at:]
		case 2:
			text = text[:at] + pick(g, `"`, ",", "}", "]", "{", "[", ":", `\`, "\n", "\t", "0", "x", "null", `\u00`, "{{ break }}", "{{ continue }}", "{{ else }}", "{{ end }}") + text[at:]
		case 3:
			for _, swap := range [][2]string{{"json ", ""}, {"$i", "1"}, {"if ", "with "}, {"=", ":="}, {":=", "="}, {"true", "false"}, {"and ", "or "}, {"eq ", "ne "}, {"gt ", "ge "}} {
				if i := strings.Index(text[at:], swap[0]); i >= 0 && g.once(2) {
					return text[:at+i] + swap[1] + text[at+i+len(swap[0]):]
				}
			}
		}
	}
	return text
}

// text returns a text expression.
func (g *generator) text() string {
	if g.elem && g.once(2) {
		return pick(g, g.shape.elems...)
	}
	if g.once(8) && len(g.seps) > 0 {
		return pick(g, g.seps...)
	}
	if g.once(8) {
		return fmt.Sprintf("(%s %s)", pick(g, "print", "printf `%s`", "printf `a%vb` ", "html", "js", "urlquery", "or `` "), g.text())
	}
	if g.once(10) {
		return fmt.Sprintf("(or %s %s)", pick(g, g.shape.texts...), pick(g, `"none"`, pick(g, g.shape.enums...)))
	}
	if g.once(20) && !g.shape.elemDot && !strings.HasSuffix(g.shape.list, "Nothing") {
		return fmt.Sprintf("(index %s %s)%s", g.shape.list, pick(g, "0", "1", g.number()), g.shape.elems[0])
	}
	return pick(g, append(g.shape.texts, g.shape.enums...)...)
}

func (g *generator) number() string {
	if g.index != "" && g.once(2) {
		return g.index
	}
	if strings.HasSuffix(g.shape.list, "Nothing") {
		return pick(g, "0", "1", "(len $)")
	}
	return pick(g, "0", "1", "2", "(len "+g.shape.list+")", "(len "+g.text()+")")
}

func (g *generator) condition() string {
	switch g.rand.IntN(12) {
	case 0, 1, 2:
		return fmt.Sprintf("(eq %s %q)", pick(g, g.shape.enums...), pick(g, g.shape.constants...))
	case 3:
		return fmt.Sprintf("(ne %s %q)", pick(g, append(g.shape.enums, g.text())...), pick(g, g.shape.constants...))
	case 4:
		return fmt.Sprintf("(%s %s %s)", pick(g, "eq", "ne", "lt", "le", "gt", "ge"), g.number(), g.number())
	case 5:
		return fmt.Sprintf("(%s %s %s)", pick(g, "and", "or"), g.condition(), g.condition())
	case 6:
		return fmt.Sprintf("(not %s)", g.condition())
	case 7:
		return fmt.Sprintf("(eq %s %s)", g.text(), g.text())
	case 8:
		if len(g.flags) > 0 {
			return pick(g, g.flags...)
		}
	case 9:
		if !strings.HasSuffix(g.shape.list, "Nothing") {
			return g.shape.list
		}
	case 10:
		return fmt.Sprintf("(eq %s %q %q)", pick(g, g.shape.enums...), pick(g, g.shape.constants...), pick(g, g.shape.constants...))
	}
	return g.text()
}

func (g *generator) space() string { return pick(g, "", "", " ", "\n", "\n  ") }

// value returns code that usually prints one value.
func (g *generator) value(depth int) string {
	if depth == 0 || g.once(4) {
		return g.scalar()
	}
	switch g.rand.IntN(9) {
	case 0:
		return g.object(depth - 1)
	case 1:
		return fmt.Sprintf("[%s%s]", g.space(), strings.Join(g.values(depth-1), ","))
	case 2, 3:
		return g.rangeArray(depth - 1)
	case 4:
		return fmt.Sprintf("{{ if %s }}%s{{ else }}%s{{ end }}", g.condition(), g.value(depth-1), g.value(depth-1))
	case 5:
		return fmt.Sprintf("{{ with %s }}{{ json . }}{{ else }}%s{{ end }}", g.text(), g.value(depth-1))
	case 6:
		if len(g.calls) > 0 {
			if g.rand.IntN(6) == 0 {
				return fmt.Sprintf("{{ template %q }}", pick(g, g.calls...))
			}
			return fmt.Sprintf("{{ template %q %s }}", pick(g, g.calls...), g.text())
		}
	case 7:
		return fmt.Sprintf("{{ if %s }}%s{{ else if %s }}%s{{ else }}%s{{ end }}", g.condition(), g.value(depth-1), g.condition(), g.scalar(), g.scalar())
	}
	return g.str(depth)
}

func (g *generator) values(depth int) []string {
	var all []string
	for range 1 + g.rand.IntN(2) {
		all = append(all, g.value(depth))
	}
	return all
}

func (g *generator) scalar() string {
	switch g.rand.IntN(12) {
	case 0:
		return pick(g, "null", "true", "1", "-0.5e3", `""`, `"a\nb"`)
	case 1:
		return "{{ " + g.number() + " }}"
	case 2:
		return "{{ json " + pick(g, "$", g.number(), g.condition()) + " }}"
	case 3:
		if g.once(3) {
			return "{{ " + g.text() + " }}"
		}
	case 4:
		return fmt.Sprintf(`{{ printf "%%q" %s }}`, pick(g, g.shape.enums...))
	case 5:
		return fmt.Sprintf(`{{ %s | %s | json }}`, g.text(), pick(g, "print", "println", "html", "printf `%s-%s` "+pick(g, g.shape.enums...), "or "+g.text(), "and "+g.text()))
	case 6, 7, 8:
		return g.str(1)
	}
	return "{{ json " + g.text() + " }}"
}

// str returns a string with pieces inside it.
func (g *generator) str(depth int) string {
	return `"` + g.pieces(depth) + `"`
}

func (g *generator) pieces(depth int) string {
	var b strings.Builder
	for range 1 + g.rand.IntN(3) {
		b.WriteString(g.piece(depth))
	}
	return b.String()
}

func (g *generator) piece(depth int) string {
	switch g.rand.IntN(14) {
	case 0:
		return pick(g, "text ", `\n`, `\"`, `\u00e9`, "é", " ")
	case 1:
		if g.once(2) {
			return pick(g, "\n", "\n- ")
		}
	case 2:
		return "{{ " + pick(g, g.shape.enums...) + " }}"
	case 3:
		return "{{ urlquery " + g.text() + " }}"
	case 4:
		return "{{ " + g.number() + " }}"
	case 5:
		if g.once(6) {
			return "{{ " + pick(g, "", "js ", "js ", "html ", "json ") + g.text() + " }}"
		}
	case 6, 7:
		if depth > 0 {
			return fmt.Sprintf("{{ if %s }}%s{{ else }}%s{{ end }}", g.condition(), g.pieces(depth-1), g.pieces(depth-1))
		}
	case 8:
		if depth > 0 && g.loops < 2 {
			return g.loop(func(string) string { return g.pieces(depth - 1) })
		}
	case 9: // opened and closed elsewhere
		if g.once(4) {
			c := g.condition()
			return fmt.Sprintf(`{{ if %s }}", "k%d": "{{ end }}`, c, g.rand.IntN(9))
		}
	case 10:
		return fmt.Sprintf("{{ with json %s }}{{ slice . 1 (len (slice . 1)) }}{{ end }}", g.text())
	case 11:
		return fmt.Sprintf("{{ with %s }}{{ template \"jsonstr\" . }}{{ end }}", g.text())
	}
	return "{{ template \"jsonstr\" " + g.text() + " }}"
}

// loop wraps a body in a range. body gets the name of the index variable.
func (g *generator) loop(body func(index string) string) string {
	if strings.HasSuffix(g.shape.list, "Nothing") {
		return ""
	}
	elem, index, flags, seps := g.elem, g.index, g.flags, g.seps
	g.next++
	name := fmt.Sprintf("$i%d", g.next)
	over := g.shape.list
	g.elem = true
	if g.once(10) {
		over = "(slice " + g.shape.list + " 1)"
	}
	g.index = name
	g.loops++
	text := fmt.Sprintf("{{ range %s, $e := %s }}%s", name, over, body(name))
	g.loops--
	g.elem, g.index = elem, index
	if g.once(8) {
		text += "{{ else }}" + pick(g, "", "null", g.scalar())
	}
	g.flags, g.seps = flags, seps
	return text + "{{ end }}"
}

// rangeArray returns an array whose elements are separated in one of several ways.
func (g *generator) rangeArray(depth int) string {
	list := g.shape.list
	skip := ""
	if g.once(6) {
		skip = pick(g, "{{ continue }}", "{{ break }}")
	}
	skipping := func() string {
		if skip == "" {
			return ""
		}
		return fmt.Sprintf("{{ if %s }}%s{{ end }}", g.condition(), skip)
	}
	body := func() string { return g.value(depth) }
	switch g.rand.IntN(9) {
	case 7:
		return "[" + g.loop(func(i string) string {
			n := g.rand.IntN(4)
			return fmt.Sprintf("{{ if ge %s %d }}{{ if gt %s %d }},{{ end }}%s{{ end }}%s", i, n, i, n, body(), skipping())
		}) + "]"
	case 0:
		return "[" + g.loop(func(i string) string { return skipping() + "{{ if " + i + " }},{{ end }}" + body() }) + "]"
	case 1:
		return "[" + g.loop(func(i string) string { return "{{ if gt " + i + " 0 }},{{ end }}" + body() + skipping() }) + "]"
	case 2:
		g.next++
		v := fmt.Sprintf("$sep%d", g.next)
		return "[{{ " + v + ` := "" }}` + g.loop(func(string) string {
			return skipping() + "{{ " + v + " }}" + body() + "{{ " + v + pick(g, " = ", " = ", " = ", " := ") + `"," }}`
		}) + "]"
	case 3:
		g.next++
		v := fmt.Sprintf("$first%d", g.next)
		return "[{{ " + v + " := true }}" + g.loop(func(string) string {
			return skipping() + "{{ if not " + v + " }},{{ end }}" + body() + "{{ " + v + " = false }}"
		}) + "]"
	case 4:
		if g.once(3) {
			return "[{{ range $n := " + pick(g, "3", "(len "+list+")", "0") + " }}{{ if $n }},{{ end }}{{ $n }}{{ end }}]"
		}
		return "[" + g.loop(func(string) string { return body() + "," }) + "null]"
	case 5:
		return "[" + g.loop(func(i string) string {
			return body() + "{{ if " + pick(g, "ne 1 (len (slice "+list+" "+i+"))", "lt "+i+" (len (slice "+list+" 1))", "gt (len (slice "+list+" "+i+")) 1") + " }},{{ end }}"
		}) + "]"
	case 6:
		return "{{ if " + list + " }}[" + g.loop(func(i string) string { return "{{ if ne " + i + " 0 }},{{ end }}" + body() }) + "]{{ else }}[]{{ end }}"
	}
	return "[" + g.loop(func(i string) string { return body() }) + "]"
}

// object returns an object, sometimes with optional members.
func (g *generator) object(depth int) string {
	var b strings.Builder
	b.WriteString("{" + g.space())
	n := 1 + g.rand.IntN(3)
	for i := range n {
		member := fmt.Sprintf("%s:%s%s", pick(g, fmt.Sprintf("%q", fmt.Sprintf("k%d", i)), fmt.Sprintf(`"k%d{{ template "jsonstr" %s }}"`, i, g.text()), fmt.Sprintf("%q", "text")), g.space(), g.value(depth))
		switch {
		case i > 0 && g.once(3):
			fmt.Fprintf(&b, "{{ if %s }}, %s{{ end }}", g.condition(), member)
		case i > 0:
			b.WriteString(pick(g, ",", ", ", ",\n") + member)
		default:
			b.WriteString(member)
		}
	}
	if g.once(6) {
		c := pick(g, g.shape.enums...)
		fmt.Fprintf(&b, `{{ if eq %s %q }}{{ else }},"z":{{ if ne %s %q }}1{{ end }}{{ end }}`, c, g.shape.constants[0], c, g.shape.constants[0])
	}
	if g.once(8) {
		b.WriteString(", " + g.loop(func(i string) string { return `"m{{ ` + i + ` }}": 1, ` }) + `"last": 0`)
	}
	if g.once(8) {
		b.WriteString(pick(g, g.declare(), "{{/* note */}}"))
	}
	return b.String() + g.space() + "}"
}
