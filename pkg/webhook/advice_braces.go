package webhook

import (
	"regexp"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/foreign"
)

// unclosedField matches an action that prints a field, and the JSON after it, if its
// braces are missing.
var unclosedField = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\s*(?:json\s+)?[.$][\w.]*)(?:"\s*(?:[,}\]:]|$)|\s*,\s*"[^"{}]*"\s*:)`)
})

// adviseBraces handles one brace too many or too few.
func adviseBraces(s *slip) (advice, bool) {
	rest := s.text[s.from:]
	switch {
	case strings.HasPrefix(rest, "{") && strings.HasPrefix(s.message, `unexpected "{"`):
		to, end := closing(s.text, s.from+1)
		if strings.HasPrefix(s.text[end:], "}") && s.isMustache(s.text[s.from+1:to]) {
			s.to, s.close = to, end+1
			inner := s.fielded(strings.TrimSpace(s.text[s.from+1 : to]))
			return s.corrected("three braces are Handlebars or Mustache syntax", "text/template escapes nothing by itself",
				[]Correction{{s.open, end + 1, "{{ " + inner + " }}"}}), true
		}
		return advice{
			"text/template reads the first two of three braces as the beginning of an action",
			"put a space after the brace of JSON: { {{",
			[]Correction{{s.open + 1, s.open + 1, " "}},
		}, true
	case s.message == "expected :=" && doubledKey().MatchString(rest):
		corrections := []Correction{{s.open, s.from, "{"}}
		if end := doubledEnd(s.text, s.from); end >= 0 {
			corrections = append(corrections, Correction{end, end + len(rightDelim), "}"})
		}
		return advice{"{{ begins an action, and what follows is JSON", "write one brace, or a space between two: { {", corrections}, true
	case unclosedField().MatchString(rest):
		at := s.from + unclosedField().FindStringSubmatchIndex(rest)[3]
		correction := []Correction{{at, at, " }}"}}
		return advice{"this action is not closed", "close it: write " + strings.TrimSpace(s.text[s.open:at]) + " }}", correction}, true
	case strings.HasPrefix(s.message, `unexpected "}"`) && strings.Count(s.text[s.from:s.start], `"`)%2 == 1 && strings.HasPrefix(s.text[s.start:], rightDelim):
		correction := []Correction{{s.start, s.start, `"`}}
		return s.corrected("this text is never closed", "", correction), true
	case strings.HasPrefix(s.message, `unexpected "}"`) && s.start < len(s.text) && s.text[s.start] == '}':
		correction := []Correction{{s.start, s.start, "}"}}
		return advice{"the action ends with one brace", "close it with two: " + Correct(s.text, correction)[s.open:s.start+len(rightDelim)], correction}, true
	case strings.HasPrefix(s.message, "bad character U+007B") && s.end > 0 && s.start > 0 && s.text[s.start] == '{':
		if m := regexp.MustCompile(`\$\{\s*([.\w]+)\s*\}`).FindStringSubmatchIndex(s.inside()); m != nil {
			name := s.inside()[m[2]:m[3]]
			if field := foreign.FieldFor(s.kind, strings.TrimPrefix(name, ".")); field != "" {
				name = s.field(field)
			}
			return s.corrected("${…} is shell syntax", "write a field with a dot", []Correction{{s.from + m[0], s.from + m[1], name}}), true
		}
	}
	return advice{}, false
}

// doubledKey matches a key where an action would begin.
func doubledKey() *regexp.Regexp { return regexp.MustCompile(`^\s*"(?:[^"\\]|\\.)*"\s*:`) }

// doubledEnd returns where two braces close an object that two have opened before an
// offset; -1 when one does, or none.
func doubledEnd(text string, from int) int {
	open := []bool{true} // by two
	for i := from; i < len(text); i++ {
		last := len(open) - 1
		switch {
		case strings.HasPrefix(text[i:], leftDelim) && doubledKey().MatchString(text[i+len(leftDelim):]):
			open = append(open, true)
			i++
		case strings.HasPrefix(text[i:], leftDelim):
			_, end := closing(text, i+len(leftDelim))
			i = end - 1
		case text[i] == '{':
			open = append(open, false)
		case text[i] == '}' && open[last] && !strings.HasPrefix(text[i:], rightDelim):
			return -1
		case text[i] == '}' && last == 0:
			return i
		case text[i] == '}':
			if open[last] {
				i++
			}
			open = open[:last]
		case text[i] == '"':
			i = stringEnd(text, i)
		}
	}
	return -1
}

// stringEnd returns where a string of JSON ends that begins at an offset. Actions in it
// have quotes of their own.
func stringEnd(text string, at int) int {
	for at++; at < len(text) && text[at] != '"'; at++ {
		switch {
		case text[at] == '\\':
			at++
		case strings.HasPrefix(text[at:], leftDelim):
			_, end := closing(text, at+len(leftDelim))
			at = end - 1
		}
	}
	return at
}

// isMustache reports whether three braces hold an action, and not the key of a JSON
// object.
func (s *slip) isMustache(inner string) bool {
	return !strings.Contains(inner, "{") && regexp.MustCompile(`^\s*[\w.$][\w.$ ]*\s*$`).MatchString(inner)
}

// fielded puts a dot before the name of a field.
func (s *slip) fielded(expression string) string {
	if m := regexp.MustCompile(`^(?:this\.|@root\.)?(\w+)$`).FindStringSubmatch(expression); m != nil {
		if field := s.fieldFor(m[1]); field != "" && !isFunction(m[1]) {
			return field
		}
	}
	if expression == "this" || expression == "@this" {
		return "."
	}
	return expression
}

// listed is like fielded, for what a loop ranges over: a list of the event, even where
// the dot is not the event.
func (s *slip) listed(expression string) string {
	field := s.fielded(expression)
	plain := strings.TrimPrefix(field, "$")
	if field != expression && strings.HasPrefix(plain, ".") && plain != "." && !foreign.IsList(s.kind, plain) {
		return s.field(foreign.SomeList(s.kind))
	}
	return field
}

func isFunction(name string) bool {
	_, ok := builtins()[name]
	return ok
}

// adviseHandlebars handles the sections of Handlebars and Mustache.
func adviseHandlebars(s *slip) (advice, bool) {
	body, _ := s.body()
	if body == "" || !strings.ContainsRune("#/^>&~@", rune(body[0])) || !strings.HasPrefix(s.message, `unexpected "`+body[:1]+`"`) {
		return advice{}, false
	}
	const of = "this is the syntax of Handlebars"
	rest := strings.TrimSpace(body[1:])
	word, argument, _ := strings.Cut(rest, " ")
	argument = strings.TrimSpace(argument)
	switch {
	case body[0] == '/' && rest != "":
		return s.corrected(of, "", s.replaceBody("end")), true
	case body[0] == '^' && rest == "":
		return s.corrected(of, "", s.replaceBody("else")), true
	case body[0] == '#' && word == "unless" || body[0] == '^':
		if body[0] == '^' {
			argument = rest
		}
		return s.section(of, "if not ", argument), true
	case body[0] == '#' && (word == "if" || word == "with"):
		return s.section(of, word+" ", argument), true
	case body[0] == '#' && (word == "each" || word == "foreach" || word == "list"):
		return s.section(of, "range ", argument), true
	case body[0] == '#' && foreign.FieldFor(s.kind, word) != "":
		if foreign.IsList(s.kind, foreign.FieldFor(s.kind, word)) {
			return s.section(of, "range ", word), true
		}
		return s.section(of, "if ", word), true
	case body[0] == '#':
		return advice{message: of, hint: "write {{ if " + s.field(foreign.SomeField(s.kind)) + " }} … {{ end }}, or {{ range " + s.field(foreign.SomeList(s.kind)) + " }} … {{ end }}"}, true
	case body[0] == '>':
		name, _, _ := strings.Cut(rest, " ")
		return s.corrected(of, "", s.replaceBody(`template "`+strings.Trim(name, `"'`)+`" .`)), true
	case body[0] == '&':
		return s.corrected(of, "text/template escapes nothing by itself", s.replaceBody(s.fielded(rest))), true
	case body[0] == '@':
		return advice{message: of, hint: s.loopVariable(rest)}, true
	}
	in := s.inside()
	var corrections []Correction
	if strings.HasPrefix(in, "~") {
		corrections = append(corrections, Correction{s.from, s.to - len(strings.TrimLeft(in[1:], " ")), "- "})
	}
	if strings.HasSuffix(in, "~") {
		corrections = append(corrections, Correction{s.from + len(strings.TrimRight(in[:len(in)-1], " ")), s.to, " -"})
	}
	return s.corrected(of, "a trim marker is a minus with a space", corrections), true
}

// adviseLoopVariable handles variables of Handlebars within an action.
func adviseLoopVariable(s *slip) (advice, bool) {
	name := regexp.MustCompile(`^@(\w+)`).FindStringSubmatch(s.text[min(s.start, len(s.text)):])
	if name == nil || !strings.HasPrefix(s.message, `unexpected "@"`) {
		return advice{}, false
	}
	s.end = s.start + len(name[0])
	return advice{message: name[0] + " is a variable of Handlebars", hint: s.loopVariable(name[1])}, true
}

// loopVariable says what to write instead of a variable of Handlebars.
func (s *slip) loopVariable(name string) string {
	list := s.list
	if !foreign.IsList(s.kind, list) {
		list = foreign.SomeList(s.kind)
	}
	loop := "{{ range $i, $e := " + list + " }}"
	switch name {
	case "index", "key":
		return "declare the index: " + loop + " … {{ $i }}"
	case "first":
		return "declare the index: " + loop + "{{ if not $i }} … {{ end }}{{ end }}"
	case "last":
		return "nothing tells the last element: print a comma before every element except the first: " + loop + "{{ if $i }},{{ end }}"
	}
	return "inside range, the dot is the element"
}

func (s *slip) section(of, head, argument string) advice {
	if head == "range " {
		argument = s.listed(argument)
	} else {
		argument = s.fielded(argument)
	}
	if argument == "" || foreign.IsKeyword(argument) {
		argument = s.field(foreign.SomeField(s.kind))
	}
	return s.corrected(of, "a block ends with {{ end }}", s.replaceBody(head+argument))
}

// adviseNesting handles an action within an action.
func adviseNesting(s *slip) (advice, bool) {
	if !strings.HasPrefix(s.message, `unexpected "{"`) {
		return advice{}, false
	}
	outer := strings.LastIndex(s.text[:s.start], leftDelim)
	if !strings.HasPrefix(s.text[s.start:], leftDelim) || outer < 0 || strings.Contains(s.text[outer:s.start], rightDelim) {
		return advice{}, false
	}
	to, end := closing(s.text, s.start+len(leftDelim))
	inner := strings.TrimSpace(s.text[s.start+len(leftDelim) : to])
	if strings.ContainsAny(inner, " \t") {
		inner = "(" + inner + ")"
	}
	correction := []Correction{{s.start, end, inner}}
	s.open, s.from = outer, outer+len(leftDelim)
	if _, s.close = closing(s.text, end); s.close == end {
		return advice{}, false
	}
	return s.corrected("an action cannot contain another action", "", correction), true
}
