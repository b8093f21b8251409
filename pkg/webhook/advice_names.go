package webhook

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// undefinedFunction returns the name from a message about a function that does not
// exist.
func (s *slip) undefinedFunction() (name string, ok bool) {
	match := regexp.MustCompile(`^function (".*") not defined$`).FindStringSubmatch(s.message)
	if match == nil {
		return "", false
	}
	name, err := strconv.Unquote(match[1])
	return name, err == nil
}

// adviseKeyword handles words that begin an action in other languages.
func adviseKeyword(s *slip) (advice, bool) {
	name, ok := s.undefinedFunction()
	if !ok {
		return advice{}, false
	}
	body, at := s.body()
	message := fmt.Sprintf("Coroot's templates have no %s", name)
	if own := foreign.Keyword(name); own != "" && strings.HasPrefix(body, name) {
		if own == "end" {
			return s.corrected(message, "", s.replaceBody("end")), true
		}
		known := ""
		if own == "else if" {
			known = "write another condition as {{ else if }}"
		}
		return s.corrected(message, known, []Correction{{at, at + len(name), own}}), true
	}
	list := s.field(foreign.SomeList(s.kind))
	switch {
	case name == "for" && strings.HasPrefix(body, "for "):
		if m := regexp.MustCompile(`^for\s+\$?(\w+)\s+in\s+(.+)$`).FindStringSubmatch(body); m != nil {
			return s.corrected(message, "in a loop, name the element like this", s.replaceBody("range $"+m[1]+" := "+s.listed(m[2]))), true
		}
	case name == "as":
		if m := regexp.MustCompile(`^(range|with|each|foreach)\s+(\S+)\s+as\s+[$|]?(\w+)\|?$`).FindStringSubmatch(body); m != nil {
			word, what := "range", "in a loop, name the element like this"
			if m[1] == "with" {
				word, what = "with", "in a with, name the value like this"
			}
			value := s.fielded(m[2])
			if word == "range" {
				value = s.listed(m[2])
			}
			return s.corrected(message, what, s.replaceBody(word+" $"+m[3]+" := "+value)), true
		}
	case name == "then" || name == "do":
		if trimmed, ok := strings.CutSuffix(body, " "+name); ok {
			return s.corrected(message, "leave it out", s.replaceBody(trimmed)), true
		}
	case name == "set" || name == "let" || name == "var" || name == "const" || name == "assign":
		if m := regexp.MustCompile(`^\w+\s+\$?(\w+)\s*:?=\s*(.+)$`).FindStringSubmatch(body); m != nil {
			return s.corrected(message, "set a variable without it", s.replaceBody("$"+m[1]+" := "+s.fielded(m[2]))), true
		}
	case regexp.MustCompile(`^range\s+` + regexp.QuoteMeta(name) + `\s+in\s+(.+)$`).MatchString(body):
		_, list, _ := strings.Cut(body, " in ")
		return s.corrected(fmt.Sprintf("%s is not a variable", name), "in a loop, name the element like this", s.replaceBody("range $"+name+" := "+s.listed(strings.TrimSpace(list)))), true
	case regexp.MustCompile(`^(?:range\s+)?` + regexp.QuoteMeta(name) + `\s*:?=`).MatchString(body):
		i := at + strings.Index(body, name)
		equals := regexp.MustCompile(`:?=`).FindStringIndex(body)
		return s.corrected(fmt.Sprintf("%s is not a variable", name), "variable names begin with $",
			[]Correction{{i, i, "$"}, {at + equals[0], at + equals[1], ":="}}), true
	default:
		return advice{}, false
	}
	return advice{message: message, hint: "write a loop as {{ range " + list + " }} … {{ end }}"}, true
}

// comparedValue returns the text that is compared with a field, if a word without quotes
// is meant as one: it is a value of the field, or it is written in capitals.
func (s *slip) comparedValue(word string) string {
	m := regexp.MustCompile(`\b(?:eq|ne)\s+[^()|]*$`).FindString(s.text[s.from:s.start])
	after, _, _ := strings.Cut(s.text[s.end:s.to], ")")
	for _, name := range regexp.MustCompile(`\.(\w+)`).FindAllStringSubmatch(m+after, -1) {
		field, ok := fieldNamed(event.Fields(s.kind), name[1])
		i := slices.IndexFunc(field.Values, func(value string) bool { return strings.EqualFold(value, word) })
		switch {
		case m == "" || !ok:
		case i >= 0:
			return field.Values[i]
		case field.IsText() && len(word) > 1 && word == strings.ToUpper(word) && !slices.Contains([]string{"NULL", "NONE", "NIL", "TRUE", "FALSE"}, word):
			return word
		}
	}
	return ""
}

// adviseFunction handles functions that do not exist: most often a field without its
// dot.
func adviseFunction(s *slip) (advice, bool) {
	name, ok := s.undefinedFunction()
	if !ok {
		return advice{}, false
	}
	message := fmt.Sprintf("there is no function %s", name)
	if s.start < s.from || s.end > s.to || s.text[s.start:s.end] != name {
		return advice{message: message, hint: foreign.Function(s.kind, name, s.field(""))}, true
	}
	before := strings.TrimRight(s.text[s.from:s.start], " \t")
	after := s.text[s.end:s.to]
	field := foreign.FieldFor(s.kind, name)
	switch {
	case strings.HasSuffix(before, ".") && len(before) < s.start-s.from: // . Status
		dot := s.from + len(before)
		return s.corrected("there is a space between the dot and the name", "", []Correction{{dot, s.start, ""}}), true
	case slices.Contains(LoopNames(s.text[:s.open]), name) && strings.HasPrefix(after, "."):
		word := regexp.MustCompile(`^\.(\w+)`).FindStringSubmatch(after)
		if word == nil || s.elementField(name, word[1]) == "" {
			return advice{message: message, hint: "the element of a loop is the dot"}, true
		}
		return s.corrected(message, "the element of a loop is the dot", []Correction{{s.start, s.end + len(word[0]), s.elementField(name, word[1])}}), true
	case declared(s.text[:s.open], "$"+name):
		return s.corrected(message, "variable names begin with $", []Correction{{s.start, s.start, "$"}}), true
	case s.comparedValue(name) != "":
		return s.corrected(message, "put text in quotes", []Correction{{s.start, s.end, quote(s.comparedValue(name))}}), true
	case s.ownField(name) != "":
		return s.corrected(message, "write a field with a dot", []Correction{{s.start, s.end, s.ownField(name)}}), true
	case field != "" && s.alone(name):
		return s.corrected(message, "write a field with a dot", []Correction{{s.start, s.end, s.fieldFor(name)}}), true
	case s.sameCall() != "":
		return s.corrected(message, "", s.replaceBody(s.sameCall())), true
	case s.quotedJSON(name) != "":
		return s.corrected(message, "json already puts a text in quotes", s.replaceBody("json "+s.quotedJSON(name))), true
	case foreign.SameFunction(name) != "":
		return s.corrected(message, "", []Correction{{s.start, s.end, foreign.SameFunction(name)}}), true
	case strings.HasPrefix(after, ".") && foreign.IsEvent(name):
		word := regexp.MustCompile(`^\.(\w+)`).FindStringSubmatch(after)
		if word == nil {
			break
		}
		if field := s.fieldFor(word[1]); field != "" {
			return s.corrected(message, "the event is the dot, and in a loop its element", []Correction{{s.start, s.end + len(word[0]), field}}), true
		}
		return advice{message: message, hint: "the event is the dot: " + s.field(foreign.SomeField(s.kind))}, true
	case strings.EqualFold("."+name, field) || field != "" && foreign.Function(s.kind, name, "") == "write a field with a dot: "+field:
		fields := []Correction{{s.start, s.end, s.fieldFor(name)}}
		return s.corrected(message, "write a field with a dot", fields), true
	}
	return advice{message: message, hint: foreign.FunctionOf(s.kind, name, s.field(""), s.operandOf(name))}, true
}

// quotedJSON returns the operand of json if quote puts its result in quotes and the
// operand is a text, which json has put in quotes itself.
func (s *slip) quotedJSON(name string) string {
	body, _ := s.body()
	if inside, ok := strings.CutPrefix(body, "quote ("); ok && strings.HasSuffix(inside, ")") {
		body = strings.TrimSuffix(inside, ")") + " | quote"
	}
	operand := source.Operand(body, "json", name)
	if name != "quote" || operand == "" {
		return ""
	}
	if field, ok := s.fieldAt(operand); !ok || !field.IsText() {
		return ""
	}
	return operand
}

// operandOf returns the only operand of a function, if the action does nothing but call
// it with a field or variable that exists.
func (s *slip) operandOf(name string) string {
	body, _ := s.body()
	operand := source.Operand(body, name)
	if _, ok := s.fieldAt(operand); ok || len(operand) > 1 && declared(s.text[:s.open], operand) {
		return operand
	}
	return ""
}

// fieldAt returns the field that a path names: one of the event, or, without a $ in a
// loop, one of the loop's elements.
func (s *slip) fieldAt(path string) (found event.Field, ok bool) {
	fields := event.Fields(s.kind)
	names, ofEvent := strings.CutPrefix(path, "$.")
	if !ofEvent {
		names = strings.TrimPrefix(path, ".")
		if s.nested {
			list, _ := fieldNamed(fields, strings.TrimPrefix(s.list, "."))
			fields = list.Fields
		}
	}
	for name := range strings.SplitSeq(names, ".") {
		i := slices.IndexFunc(fields, func(field event.Field) bool { return field.Name == name })
		if i < 0 {
			return event.Field{}, false
		}
		found, fields = fields[i], fields[i].Fields
	}
	return found, true
}

// alone reports whether a name is all that an action prints, perhaps through functions.
func (s *slip) alone(name string) bool {
	body, _ := s.body()
	first, _, _ := strings.Cut(body, "|")
	return strings.TrimSpace(first) == name
}

// sameCall returns what does the same as the action, if that calls a function of another
// tool.
func (s *slip) sameCall() string {
	body, _ := s.body()
	return foreign.SameCall(body)
}

// AdviseFunction returns what to write instead of a function that does not exist, at an
// offset of a template in bytes.
func AdviseFunction(kind event.Kind, text, name string, start, end int) (hint string) {
	s := (&Template{kind: kind, text: text}).slip(fmt.Sprintf("function %q not defined", name), start, end)
	a, ok := adviseKeyword(s)
	if !ok {
		a, _ = adviseFunction(s)
	}
	return s.onlyKnown(a, name).hint
}

// onlyKnown limits advice that shows an action with other functions that do not exist to
// what concerns one of them.
func (s *slip) onlyKnown(a advice, name string) advice {
	_, action, shown := strings.Cut(a.hint, "{{")
	if !shown || s.knowsFunctions(action) {
		return a
	}
	a.hint = foreign.Function(s.kind, name, s.field(""))
	if c := a.corrections; len(c) == 1 && regexp.MustCompile(`^\$?(?:\.\w+)+$`).MatchString(c[0].Text) {
		a.hint = "write a field with a dot: " + c[0].Text
	}
	return a
}

// knowsFunctions reports whether Coroot has every function of an action.
func (s *slip) knowsFunctions(action string) bool {
	known := true
	outsideQuotes(action, func(part string, _ int) {
		for _, m := range regexp.MustCompile(`(?:^|[\s(|])([a-zA-Z_]\w*)`).FindAllStringSubmatch(part, -1) {
			known = known && (isFunction(m[1]) || foreign.IsKeyword(m[1]) || m[1] == "true" || m[1] == "false" || m[1] == "nil")
		}
	})
	return known
}

// adviceOf makes advice without a correction.
func (s *slip) adviceOf(message, hint string) advice { return advice{message: message, hint: hint} }

// adviseDash handles names with a dash.
func adviseDash(s *slip) (advice, bool) {
	if !strings.Contains(s.message, "U+002D") {
		return advice{}, false
	}
	m := regexp.MustCompile(`((?:\.\w+)*)\.(\w+(?:-\w+)+)`).FindStringSubmatch(s.inside())
	if m == nil {
		return advice{}, false
	}
	i := s.from + strings.Index(s.inside(), "."+m[2])
	s.start, s.end = i, i+1+len(m[2])
	message := "a field name cannot contain a dash"
	if field := foreign.FieldFor(s.kind, m[2]); field != "" {
		return s.corrected(message, "", []Correction{{i - len(m[1]), s.end, s.field(field)}}), true
	}
	if strings.Contains(strings.ToLower(m[1]), "label") {
		return advice{message: message, hint: strings.Replace(foreign.Variable(s.kind, "$labels"), "$labels", m[1], 1)}, true
	}
	plain := strings.ReplaceAll(m[2], "-", "_")
	return advice{message: message, hint: fmt.Sprintf("call the custom field %s in the webhook, and write .%s here", plain, FieldName(plain))}, true
}
