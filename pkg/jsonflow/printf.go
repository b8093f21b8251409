package jsonflow

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// printf returns the result of fmt.Sprintf. The result is any text if the format is
// unknown or a verb does not fit its argument.
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
		flags, verb, after, ok := cutVerb(rest)
		format = after
		switch {
		case ok && verb == '%':
			parts = append(parts, part{class: classLit, lit: "%"}) // flags have no effect
			continue
		case !ok || len(args) == 0:
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

// anyOf returns any text derived from the values.
func (a *analyzer) anyOf(vals []*value) *value {
	for _, v := range vals[1:] {
		if src := v.source(); src != nil {
			return anyText(src)
		}
	}
	return anyText(nil)
}

// cutVerb splits the text after a % in the order in which fmt reads it: flags with
// width and precision, the verb, and the rest. ok is false if there is no verb,
// or if a * or an argument index precedes it.
func cutVerb(s string) (flags string, verb rune, rest string, ok bool) {
	i := 0
	skip := func(chars string) {
		for i < len(s) && strings.IndexByte(chars, s[i]) >= 0 {
			i++
		}
	}
	const digits = "0123456789"
	skip("+-# 0")
	skip(digits)
	if i < len(s) && s[i] == '.' {
		i++
		skip(digits)
	}
	if i == len(s) || s[i] == '*' || s[i] == '[' {
		return s, 0, "", false
	}
	verb, size := utf8.DecodeRuneInString(s[i:])
	return s[:i], verb, s[i+size:], true
}

// formatted returns the output of one verb for its argument.
func (a *analyzer) formatted(flags string, verb rune, v *value) []part {
	stringer := v.sort == sortStruct && v.typ.Implements(reflect.TypeFor[fmt.Stringer]())
	text := v.sort == sortText || stringer
	switch {
	case flags == "" && (verb == 'v' || verb == 's' && text || verb == 'd' && v.sort == sortNumber || verb == 't' && v.sort == sortBool):
		return a.printed(v)
	case verb == 'd' && v.sort == sortNumber && !strings.ContainsAny(flags, ".#"):
		return []part{{class: classSafe}}
	case verb == 'q' && text && (flags == "" || flags == "+"):
		return goQuoted(flags+"q", a.printed(v))
	case (verb == 'x' || verb == 'X') && text && flags == "":
		return []part{{class: classSafe}}
	case v.sort == sortText && strings.ContainsRune("svqxX", verb) && narrow(flags, nil):
		if parts, ok := formattedSet("%"+flags+string(verb), v); ok {
			return parts
		}
	case v.sort == sortText && flags == "" && strings.ContainsRune("bcdeEfFgGoOtU", verb): // %!d(string=…)
		before := []part{{class: classLit, lit: "%!" + string(verb) + "("}, {class: classSafe}, {class: classLit, lit: "="}}
		return slices.Concat(before, a.printed(v), []part{{class: classLit, lit: ")"}})
	}
	return []part{{class: classText, src: v.source()}}
}

// formattedSet returns the output of a verb for a text from a set.
func formattedSet(verb string, v *value) ([]part, bool) {
	format := func(s string) string { return fmt.Sprintf(verb, s) }
	if text, ok := v.text(); ok {
		return []part{{class: classLit, lit: format(text)}}, true
	}
	if len(v.parts) == 1 && v.parts[0].class == classSet {
		p := mapped(v.parts[0], format)
		p.nonEmpty = p.nonEmpty && !slices.Contains(p.set, "")
		return []part{p}, true
	}
	return nil, false
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
