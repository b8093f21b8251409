package jsonflow

import (
	"encoding/json"
	"fmt"
	"reflect"
	"text/template"
)

// printed returns the text that a value prints.
func (a *analyzer) printed(v *value) []part {
	switch v.sort {
	case sortText, sortOther:
		return v.parts
	case sortNumber:
		return []part{v.num.part()}
	case sortBool:
		switch {
		case v.truth != nil && v.truth.op == opTrue:
			return []part{{class: classLit, lit: "true"}}
		case v.truth != nil && v.truth.op == opFalse:
			return []part{{class: classLit, lit: "false"}}
		}
		return []part{{class: classBool}}
	case sortNil:
		return []part{{class: classSet, set: []string{"<nil>", "<no value>"}}}
	case sortConstant:
		return []part{{class: classLit, lit: fmt.Sprint(v.constant)}}
	case sortStruct:
		if _, ok := reflect.Zero(v.typ).Interface().(interface{ String() string }); ok {
			return a.field(v, "String").parts
		}
	}
	return []part{{class: classText, src: v.path}}
}

func (n number) part() part {
	if n.lo == n.hi && n.form != formRest {
		text, _ := json.Marshal(n.lo) // an int
		return part{class: classLit, lit: string(text)}
	}
	return part{class: classNumber, lo: n.lo}
}

// sprint returns the result of fmt.Sprint or, if spaces is true, fmt.Sprintln. Sprint
// adds a space between two values if neither is a string.
func (a *analyzer) sprint(vals []*value, spaces bool) []part {
	var parts []part
	for i, v := range vals {
		if i > 0 {
			w := vals[i-1]
			if w.sort == sortOther || v.sort == sortOther {
				parts = append(parts, part{class: classText})
			}
			if spaces || w.sort != sortText && v.sort != sortText {
				parts = append(parts, part{class: classLit, lit: " "})
			}
		}
		parts = append(parts, a.printed(v)...)
	}
	return parts
}

// jsonOf returns the outcomes of the function json, none if it fails.
func (a *analyzer) jsonOf(st *state, v *value) []result {
	if v.sort != sortConstant {
		return one(st, a.json(v))
	}
	text, err := json.Marshal(v.constant)
	if err != nil {
		return nil
	}
	return one(st, literal(string(text)))
}

// json returns the result of the function json.
func (a *analyzer) json(v *value) *value {
	quote := part{class: classLit, lit: `"`, json: true}
	switch v.sort {
	case sortText:
	case sortNumber:
		return newText([]part{v.num.part()})
	case sortBool:
		return newText(a.printed(v))
	case sortNil:
		return literal("null")
	case sortStruct:
		if _, ok := reflect.Zero(v.typ).Interface().(interface{ MarshalText() ([]byte, error) }); ok {
			return newText([]part{quote, {class: classBody, src: v.path}, quote})
		}
		return newText([]part{{class: classJSON, src: v.path}})
	case sortList:
		return newText([]part{{class: classJSON, src: v.path}})
	default:
		return newText([]part{{class: classValue}})
	}
	parts := append(make([]part, 0, len(v.parts)+2), quote)
	for _, p := range v.parts {
		parts = append(parts, encodedPart(p))
	}
	return newText(append(parts, quote))
}

// encodedPart returns part of a text as json writes it. Invalid UTF-8 formed by two
// adjacent parts does not matter, because json replaces it within the string.
func encodedPart(p part) part {
	switch p.class {
	case classLit:
		return part{class: classLit, lit: encodedText(p.lit)}
	case classSet:
		return mapped(p, encodedText)
	case classSafe, classNumber, classBool:
		return p
	}
	return part{class: classBody, src: p.src}
}

// encodedText returns the JSON string for a text, without its quotes.
func encodedText(s string) string {
	text, err := json.Marshal(s)
	if err != nil { // strings can always be marshalled
		return ""
	}
	return string(text[1 : len(text)-1])
}

// mapped returns a set with f applied to each text.
func mapped(p part, f func(string) string) part {
	set := make([]string, len(p.set))
	for i, s := range p.set {
		set[i] = f(s)
	}
	p.set = set
	return p
}

// escaped returns parts as html, js or urlquery prints them.
func escaped(name string, parts []part) []part {
	f, into := template.URLQueryEscaper, classSafe
	switch name {
	case "html":
		f, into = template.HTMLEscaper, classHTML
	case "js":
		f, into = template.JSEscaper, classJS
	}
	out := make([]part, 0, len(parts))
	for _, p := range parts {
		switch p.class {
		case classLit:
			p = part{class: classLit, lit: f(p.lit)}
		case classSet:
			p = mapped(p, func(s string) string { return f(s) })
		case classNumber, classBool, classSafe:
		case classHTML:
			// html has left no apostrophes, the only character for which js writes an
			// escape that JSON does not allow.
			if p = (part{class: into, src: p.src}); name == "js" {
				p.class = classBody
			}
		default:
			p = part{class: into, src: p.src}
		}
		out = append(out, p)
	}
	return out
}
