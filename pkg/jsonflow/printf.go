package jsonflow

import (
	"fmt"
	"strings"
)

// printf returns what fmt.Sprintf makes of values. A format that is not known,
// and a verb that does not fit its argument, give any text.
func (a *analyzer) printf(vals []*value) *value {
	if len(vals) == 0 {
		return unknownValue()
	}
	format, ok := vals[0].text()
	if !ok {
		return newText([]part{{class: classText, src: vals[0].source()}})
	}
	args := vals[1:]
	if (format == "%s" || format == "%v") && len(args) == 1 && args[0].sort == sortText {
		return args[0]
	}
	var parts []part
	for format != "" {
		before, rest, found := strings.Cut(format, "%")
		parts = append(parts, part{class: classLit, lit: before})
		if !found {
			break
		}
		flags, verb, after := cutVerb(rest)
		format = after
		switch {
		case verb == '%' && flags == "":
			parts = append(parts, part{class: classLit, lit: "%"})
			continue
		case len(args) == 0 || strings.ContainsAny(flags, "*[") || verb == 0:
			return a.anyOf(vals)
		}
		parts = append(parts, a.formatted(flags, verb, args[0])...)
		args = args[1:]
	}
	if len(args) > 0 {
		return a.anyOf(vals)
	}
	return newText(parts)
}

// anyOf returns any text, made of the values.
func (a *analyzer) anyOf(vals []*value) *value {
	for _, v := range vals[1:] {
		if src := v.source(); src != nil {
			return anyText(src)
		}
	}
	return anyText(nil)
}

// cutVerb splits what stands behind a %: flags, width and precision, the verb,
// and the rest.
func cutVerb(s string) (flags string, verb byte, rest string) {
	i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("+-# 0123456789.*[]", r) })
	if i < 0 {
		return s, 0, ""
	}
	return s[:i], s[i], s[i+1:]
}

// formatted returns what one verb makes of its argument.
func (a *analyzer) formatted(flags string, verb byte, v *value) []part {
	stringer := v.sort == sortStruct && len(a.printed(v)) > 0 && v.typ.NumMethod() > 0
	text := v.sort == sortText || stringer
	switch {
	case flags == "" && (verb == 'v' || verb == 's' && text || verb == 'd' && v.sort == sortNumber || verb == 't' && v.sort == sortBool):
		return a.printed(v)
	case verb == 'd' && v.sort == sortNumber && !strings.Contains(flags, "."):
		return []part{{class: classSafe}}
	case verb == 'q' && text && (flags == "" || flags == "+"):
		return goQuoted(flags+"q", a.printed(v))
	case (verb == 'x' || verb == 'X') && text && flags == "":
		return []part{{class: classSafe}}
	case text || v.sort == sortOther || v.sort == sortList || v.sort == sortStruct:
		if s, ok := v.text(); ok && len(flags) < 4 {
			return []part{{class: classLit, lit: fmt.Sprintf("%"+flags+string(verb), s)}}
		}
		return []part{{class: classText, src: v.source()}}
	}
	return []part{{class: classText}}
}

// goQuoted returns texts as %q writes them.
func goQuoted(verb string, parts []part) []part {
	quote := part{class: classLit, lit: `"`, goQuote: true}
	inner := func(s string) string {
		s = fmt.Sprintf("%"+verb, s)
		return s[1 : len(s)-1]
	}
	out := []part{quote}
	for _, p := range parts {
		switch p.class {
		case classLit:
			p = part{class: classLit, lit: inner(p.lit)}
		case classSet:
			p = mapped(p, inner)
		case classSafe, classNumber, classBool:
		default:
			p = part{class: classQuoted, src: p.src}
		}
		out = append(out, p)
	}
	return append(out, quote)
}
