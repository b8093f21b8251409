package jsonflow

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// wild generates templates and expressions from nothing but the grammars of
// text/template and JSON. It knows nothing of what the analysis models: break and
// continue occur in every branch, numbers are written in every form, keys come from
// data, and printf has every flag and verb.
type wild struct {
	*rand.Rand
	texts, lists, elems []string
	values              []string // texts to compare with
	vars                []string
	dots                []string // ways to write the dot or its parts
	loops, next         int
	templates           []string
}

func newWild(kind event.Kind, r *rand.Rand) *wild {
	s := shapeOf(kind)
	w := &wild{Rand: r, lists: []string{s.list}, elems: s.elems, values: append(s.constants, "", "a", `a"b`)}
	w.texts = append(append(s.texts, s.enums...), "$.Team")
	return w
}

func (w *wild) of(from ...string) string { return from[w.IntN(len(from))] }

func (w *wild) once(n int) bool { return w.IntN(n) == 0 }

// literal returns a constant in any of its forms.
func (w *wild) literal() string {
	if w.once(2) {
		return w.numeral()
	}
	return w.of("true", "false", "nil", `""`, `"a"`, `"%"`, `"é"`, `"\t\x01"`, "`a\"b\\`", `","`, `"null"`, fmt.Sprintf("%q", w.of(w.values...)))
}

func (w *wild) numeral() string {
	sign := w.of("", "", "", "-", "+")
	digits := fmt.Sprint(w.IntN(w.pick(3, 100, 1<<30, 1<<62)))
	hex := fmt.Sprintf("%x", w.IntN(w.pick(3, 300, 1<<40)))
	switch w.IntN(12) {
	case 0:
		return sign + digits + "." + fmt.Sprint(w.IntN(1000))
	case 1:
		return sign + digits + w.of("e", "E") + w.of("", "-", "+") + fmt.Sprint(w.IntN(30))
	case 2:
		return sign + w.of("0x", "0X") + hex
	case 3:
		return sign + "0x" + hex + w.of("p", "P") + w.of("", "-", "+") + fmt.Sprint(w.IntN(30))
	case 4:
		return sign + "0x" + hex + "." + hex + "p" + fmt.Sprint(w.IntN(9))
	case 5:
		return sign + w.of("0b", "0B") + fmt.Sprintf("%b", w.IntN(99))
	case 6:
		return sign + w.of("0o", "0O", "0") + fmt.Sprintf("%o", w.IntN(999))
	case 7:
		return w.of(`'a'`, `'\n'`, `'é'`, `'\x00'`, `'😀'`, `'e'`)
	case 8:
		return sign + digits + w.of("i", ".5i", "e2i")
	case 9:
		return w.of("1_000", "0x_1", "1e0", "0e1", ".5", "5.", "0.1e1", "9e10", "1e21", "1e-7", "9223372036854775807", "9223372036854775808")
	}
	return sign + digits
}

func (w *wild) pick(from ...int) int { return from[w.IntN(len(from))] }

// format returns a printf format with arbitrary flags and verbs.
func (w *wild) format() string {
	var b strings.Builder
	for range 1 + w.IntN(3) {
		b.WriteString(w.of("", "", "a", " ", `\"`, "é"))
		b.WriteByte('%')
		for range w.IntN(3) {
			b.WriteString(w.of("+", "-", "#", " ", "0"))
		}
		b.WriteString(w.of("", "", "", "3", "12", "*", "[1]", "[2]", "[9]"))
		b.WriteString(w.of("", "", "", ".", ".2", ".0", ".*"))
		b.WriteString(w.of("s", "s", "v", "v", "q", "d", "x", "X", "t", "T", "c", "U", "e", "g", "f", "b", "o", "p", "w", "%", "é", "z", "!", "-", ""))
	}
	return `"` + b.String() + `"`
}

// operand returns an expression that can be used as an argument.
func (w *wild) operand(depth int) string {
	switch {
	case depth > 0 && w.once(2):
		return "(" + w.call(depth-1) + ")"
	case len(w.vars) > 0 && w.once(4):
		return w.of(w.vars...)
	case len(w.dots) > 0 && w.once(3):
		return w.of(w.dots...)
	case w.once(4):
		return w.literal()
	case w.once(8):
		return w.of(append(w.lists, "$", "$.Application")...)
	}
	return w.of(w.texts...)
}

func (w *wild) operands(depth, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = w.operand(depth)
	}
	return strings.Join(all, " ")
}

func (w *wild) call(depth int) string {
	few := 1 + w.IntN(3)
	switch w.IntN(14) {
	case 0, 1:
		return w.of("print", "println", "html", "js", "urlquery") + " " + w.operands(depth, few)
	case 2, 3:
		return "printf " + w.format() + " " + w.operands(depth, few)
	case 4:
		return "json " + w.operand(depth)
	case 5:
		return w.of("and", "or") + " " + w.operands(depth, 1+few)
	case 6:
		return "not " + w.operand(depth)
	case 7:
		return fmt.Sprintf("%s %s %q", w.of("eq", "ne"), w.of(w.texts...), w.of(w.values...))
	case 8:
		return w.of("eq", "ne", "lt", "le", "gt", "ge") + " " + w.number(depth) + " " + w.number(depth)
	case 9:
		return "eq " + w.operands(depth, 1+few)
	case 10:
		return "len " + w.of(append(append(w.texts, w.lists...), w.operand(depth))...)
	case 11:
		return "index " + w.of(append(w.lists, w.operand(depth))...) + " " + w.number(0)
	case 12:
		text := "slice " + w.of(append(append(w.texts, w.lists...), w.operand(depth))...)
		for range w.IntN(3) {
			text += " " + w.number(0)
		}
		return text
	}
	return w.operand(depth) + " | " + w.of("json", "print", "len", "printf "+w.format(), "not", "html", "js", "eq "+w.literal(), "and "+w.literal())
}

func (w *wild) number(depth int) string {
	switch {
	case depth > 0 && w.once(3):
		return "(" + w.call(depth-1) + ")"
	case len(w.vars) > 0 && w.once(3):
		return w.of(w.vars...)
	}
	return w.of("0", "1", "2", "3", "(len "+w.of(w.lists...)+")", "(len "+w.of(w.texts...)+")", w.numeral())
}

// template returns a complete template.
func (w *wild) template() string {
	var b strings.Builder
	b.WriteString(`{{- define "js" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}`)
	for range w.IntN(3) {
		name := fmt.Sprintf("t%d", w.next)
		w.next++
		texts, lists := w.texts, w.lists
		w.texts, w.lists = []string{"."}, []string{"."}
		fmt.Fprintf(&b, "{{ define %q }}%s{{ end }}", name, w.value(2))
		w.texts, w.lists = texts, lists
		w.templates = append(w.templates, name)
	}
	if w.once(3) {
		b.WriteString(w.recursive())
	}
	b.WriteString(w.of("", w.statement(), "\n"))
	b.WriteString(w.object(3))
	if w.once(40) {
		b.WriteString(w.of("x", ",", "}", w.value(1)))
	}
	return b.String()
}

// recursive returns a template that calls itself with part of its list.
func (w *wild) recursive() string {
	texts, lists, elems := w.texts, w.lists, w.elems
	defer func() { w.texts, w.lists, w.elems = texts, lists, elems }()
	w.texts, w.lists = []string{"."}, []string{".", "$"}
	head := w.of("with .", "if .", "if len .", "range slice . 0 1", "with slice . "+w.of("0", "1"))
	rest := w.of("slice . 1", "slice . 1", "slice $ 1", ".", "slice . 2")
	item := w.of("{{ json (index . 0) }}", "{{ json (len .) }}", "1", w.value(1))
	guard := w.of("if "+rest, "if gt (len .) 1", "if slice . 1", "if "+w.condition(), "with "+rest)
	w.templates = append(w.templates, "rec")
	return fmt.Sprintf(`{{ define "rec" }}{{ %s }}%s{{ %s }}%s{{ template "rec" (%s) }}{{ else }}%s{{ end }}{{ else }}%s{{ end }}{{ end }}`,
		head, item, guard, w.of(",", ",", "", "]"), rest, w.of("", "", "0"), w.of("", "0", "null"))
}

// statement returns code that prints nothing: it sets a variable or leaves a loop.
func (w *wild) statement() string {
	switch {
	case w.loops > 0 && w.once(3):
		return fmt.Sprintf("{{ if %s }}{{ %s }}{{ end }}", w.condition(), w.of("break", "continue"))
	case len(w.vars) > 0 && w.once(2):
		return fmt.Sprintf("{{ %s = %s }}", w.of(w.vars...), w.operand(1))
	case w.once(4):
		return "{{/* note */}}"
	}
	w.next++
	name := fmt.Sprintf("$w%d", w.next)
	text := fmt.Sprintf("{{ %s := %s }}", name, w.of(w.operand(2), `""`, "true", "false", "0", `","`))
	w.vars = append(w.vars[:len(w.vars):len(w.vars)], name)
	return text
}

func (w *wild) condition() string {
	switch {
	case w.once(3):
		return fmt.Sprintf("eq %s %q", w.of(w.texts...), w.of(w.values...))
	case w.once(2):
		return w.of(w.texts...)
	}
	return w.call(1)
}

// block wraps the result of print in if, with or range, with some output in every
// branch.
func (w *wild) block(print func() string) string {
	vars, dots := w.vars, w.dots
	defer func() { w.vars, w.dots = vars, dots }()
	arm := func() string {
		scope := w.vars
		defer func() { w.vars = scope }()
		switch w.IntN(8) {
		case 0:
			return w.statement() + print()
		case 1:
			return print() + w.statement()
		case 2:
			if w.loops > 0 {
				return w.of(print(), "") + "{{ " + w.of("break", "continue") + " }}" + w.of("", "BAD", print())
			}
		}
		return print()
	}
	switch w.IntN(4) {
	case 0:
		text := "{{ if " + w.condition() + " }}" + arm()
		if w.once(4) {
			text += "{{ else if " + w.condition() + " }}" + arm()
		}
		return text + "{{ else }}" + arm() + "{{ end }}"
	case 1:
		text := "{{ with " + w.operand(1) + " }}"
		w.dots = []string{"."}
		text += arm()
		w.dots = dots
		return text + "{{ else }}" + arm() + "{{ end }}"
	}
	over := w.of(w.of(w.lists...), w.of(w.lists...), "(slice "+w.of(w.lists...)+" "+w.number(0)+")", w.of("0", "1", "2", "3"), w.of("$", w.number(1)), "(len "+w.of(w.lists...)+")")
	text := "{{ range "
	switch w.IntN(3) {
	case 0:
		w.next++
		i, e := fmt.Sprintf("$i%d", w.next), fmt.Sprintf("$e%d", w.next)
		text += i + ", " + e + " := "
		w.vars = append(w.vars[:len(w.vars):len(w.vars)], i)
	case 1:
		if len(w.vars) > 0 && w.once(3) {
			text += w.of(w.vars...) + " = "
		}
	}
	w.loops++
	w.dots = w.elems
	text += over + " }}" + arm()
	w.loops--
	w.dots = dots
	if w.once(2) {
		return text + "{{ else }}" + arm() + "{{ end }}"
	}
	return text + "{{ end }}"
}

func (w *wild) value(depth int) string {
	if depth > 0 {
		switch w.IntN(7) {
		case 0:
			return w.object(depth - 1)
		case 1, 2:
			return w.array(depth - 1)
		case 3, 4:
			return w.block(func() string { return w.value(depth - 1) })
		case 5:
			return w.statement() + w.value(depth-1)
		}
	}
	switch w.IntN(9) {
	case 0:
		return w.of("null", "1", "-0.5e3", `"é\n"`, "tru{{ \"e\" }}", "1{{ "+w.numeral()+" }}", "1e{{ "+w.numeral()+" }}", "-{{ "+w.number(0)+" }}")
	case 1:
		return "{{ " + w.numeral() + " }}"
	case 2:
		return "{{ " + w.call(1) + " }}"
	case 3:
		if len(w.templates) > 0 {
			return fmt.Sprintf("{{ template %q %s }}", w.of(w.templates...), w.operand(0))
		}
	case 4, 5:
		return `"` + w.inside(depth) + `"`
	}
	return "{{ json " + w.operand(1) + " }}"
}

// inside returns code that prints the inside of a string.
func (w *wild) inside(depth int) string {
	var b strings.Builder
	for range 1 + w.IntN(2) {
		switch w.IntN(8) {
		case 0:
			b.WriteString(w.of("a", `\n`, `\"`, `\u00e9`, "\n", `\u00{{ len $ }}0`, `\ud{{ len `+w.of(w.lists...)+` }}00`, `\ud83d\ude00`, `\ud83d`))
		case 1:
			if depth > 0 {
				b.WriteString(w.block(func() string { return w.inside(depth - 1) }))
			}
		case 2:
			b.WriteString("{{ " + w.of("urlquery "+w.operand(0), "len "+w.of(w.lists...), `printf "%d" `+w.number(0), "printf "+w.format()+" "+w.literal(), w.call(1)) + " }}")
		default:
			b.WriteString(`{{ template "js" ` + w.operand(1) + ` }}`)
		}
	}
	return b.String()
}

// array returns an array with one of several ways to separate its items.
func (w *wild) array(depth int) string {
	list := w.of(w.lists...)
	vars, dots := w.vars, w.dots
	defer func() { w.vars, w.dots = vars, dots }()
	w.next++
	i, sep := fmt.Sprintf("$i%d", w.next), fmt.Sprintf("$s%d", w.next)
	w.loops++
	w.dots = w.elems
	w.vars = append(w.vars[:len(w.vars):len(w.vars)], i)
	item := w.value(depth)
	if w.once(3) {
		item = w.statement() + item
	}
	w.loops--
	orElse := ""
	if w.once(3) {
		w.dots = dots
		w.vars = vars
		orElse = "{{ else }}" + w.of("", w.value(0))
		if w.loops > 0 && w.once(2) {
			orElse += "{{ " + w.of("break", "continue") + " }}"
		}
	}
	switch w.IntN(9) {
	case 4: // from some index on
		return fmt.Sprintf("[{{ range %s, $e := %s }}{{ if %s %s %d }}{{ if %s %s %d }},{{ end }}%s{{ end }}%s{{ end }}]",
			i, list, w.of("ge", "gt", "ne", "lt"), i, w.IntN(4), w.of("gt", "ne", "lt"), i, w.IntN(4), item, orElse)
	case 5:
		return "[" + w.of("", "1,") + `{{ template "` + w.of(append(w.templates, "js")...) + `" ` + list + " }}]"
	case 6: // collected with a comma after or before
		return fmt.Sprintf(`{{ %s := "" }}{{ range %s, $e := %s }}{{ %s = %s }}%s{{ end }}[%s]`, sep, i, list, sep,
			w.of(`printf "%s%s," `+sep+" (json $e)", `print `+sep+` "," (json $e)`, `printf "%s,{\"k\":%d}" `+sep+" "+i), orElse, w.of("{{ "+sep+" }}0", "0{{ "+sep+" }}", "{{ "+sep+" }}"))
	case 7:
		return fmt.Sprintf(`{{ %s := "" }}{{ range %s, $e := %s }}{{ %s = print %s %s }}%s{{ end }}{"a":1%s}`, sep, i, list, sep, sep,
			w.of("`,` (json (print `k` "+i+")) `:` (json $e)", "`,\"b\":` (json $e)", "`,\"\\ud83d\":1`", "(json $e)"), orElse, "{{ "+sep+" }}")
	case 0:
		return fmt.Sprintf(`[{{ %s := "" }}{{ range %s, $e := %s }}{{ %s }}%s{{ %s = "," }}%s{{ end }}]`, sep, i, list, sep, item, sep, orElse)
	case 1:
		return fmt.Sprintf(`[{{ range %s, $e := %s }}%s{{ if %s }},{{ end }}%s{{ end }}]`, i, list, item,
			w.of("lt "+i+" (len (slice "+list+" 1))", "slice (slice "+list+" "+i+") 1", "ne 1 (len (slice "+list+" "+i+"))"), orElse)
	case 2:
		return fmt.Sprintf(`{{ %s := "" }}{{ range %s, $e := %s }}{{ if %s }}{{ %s = print %s "," }}{{ end }}{{ %s = print %s (json $e) }}%s{{ end }}[{{ %s }}]`,
			sep, i, list, w.of(i, sep), sep, sep, sep, sep, orElse, sep)
	}
	return fmt.Sprintf("[{{ range %s, $e := %s }}{{ if %s }},{{ end }}%s%s{{ end }}]", i, list, w.of(i, i, "gt "+i+" 0"), item, orElse)
}

func (w *wild) object(depth int) string {
	var b strings.Builder
	b.WriteString(`{"a":` + w.value(depth))
	for range w.IntN(3) {
		member := fmt.Sprintf(`,"%s":%s`, w.of("b", "c", w.inside(0)), w.value(depth))
		if w.once(3) {
			member = w.block(func() string { return w.of(member, "") })
		}
		b.WriteString(member)
	}
	return b.String() + "}"
}
