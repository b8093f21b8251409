package webhook

import (
	"regexp"
	"strings"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/source"
)

// adviseClause handles names of templates without quotes.
func adviseClause(s *slip) (advice, bool) {
	m := regexp.MustCompile(`(?:in|for) (define|template|block) clause`).FindStringSubmatch(s.message)
	if m == nil {
		return advice{}, false
	}
	if strings.HasPrefix(s.text[s.start:s.end], ".") {
		return advice{message: "the name of a template is missing", hint: `write {{ template "name" ` + s.text[s.start:s.end] + ` }}`}, true
	}
	word := strings.Trim(s.text[s.start:s.end], `'"`)
	if word == "" || word == rightDelim {
		return advice{message: "the name of a template is missing", hint: `write {{ ` + m[1] + ` "name" . }}`}, true
	}
	if strings.HasPrefix(s.message, "missing value") {
		return advice{message: "the dot of this block is missing", hint: `write {{ block "name" . }}`}, true
	}
	return s.corrected("put the name of the template in quotes", "", []Correction{{s.start, s.end, `"` + word + `"`}}), true
}

// adviseElse handles an else or an end that something follows.
func adviseElse(s *slip) (advice, bool) {
	body, at := s.body()
	switch {
	case strings.HasSuffix(s.message, " in else"):
		return s.corrected("an else has no condition", "write another condition with else if", []Correction{{at + len("else"), at + len("else"), " if"}}), true
	case strings.HasSuffix(s.message, " in end"):
		return s.corrected("nothing may follow end", "", s.replaceBody("end")), true
	case s.message == "unexpected <range> in range" && strings.Contains(body, "= range "):
		i := at + strings.Index(body, "= range ") + len("= ")
		corrections := []Correction{{i, i + len("range "), ""}}
		if body[i-at-3] != ':' {
			corrections = append(corrections, Correction{i - 2, i - 2, ":"})
		}
		return s.corrected("range appears twice", "", corrections), true
	case s.message == "too many declarations in range":
		return advice{hint: "a loop has an index and an element: {{ range $i, $e := " + s.field(foreign.SomeList(s.kind)) + " }}"}, true
	}
	return advice{}, false
}

// adviseExpanded handles variables that a shell, or Coroot in its configuration file,
// mistook for environment variables.
func adviseExpanded(s *slip) (advice, bool) {
	body, _ := s.body()
	if !regexp.MustCompile(`^(?:(?:range|with|if)\s+,?\s*:?=|\s*:=|=\s*["`+"`"+`\d(])`).MatchString(body) || !strings.HasPrefix(s.message, "unexpected") {
		return advice{}, false
	}
	return advice{
		message: "the name of a variable is missing",
		hint:    "in its configuration file Coroot replaces $name with a variable of its environment: write ${DOLLAR}name and set DOLLAR to $ there, or avoid variables",
	}, true
}

// adviseCall handles calls as other languages write them.
func adviseCall(s *slip) (advice, bool) {
	if !strings.HasPrefix(s.message, `unexpected "("`) {
		return advice{}, false
	}
	body, at := s.body()
	if m := regexp.MustCompile(`^(\$?\.[\w.]+)\.(\w+)\(\)$`).FindStringSubmatch(body); m != nil {
		hint := "fields have no methods here: write {{ " + m[1] + " }}"
		if name := foreign.SameFunction(m[2]); name != "" {
			hint = "a function comes before its argument: write {{ " + name + " " + m[1] + " }}"
		}
		return advice{message: "methods are not called with parentheses", hint: hint}, true
	}
	head := clauseHead().FindString(body)
	if translated, ok := translate(s.kind, body[len(head):]); ok && regexp.MustCompile(`[=<>!&|]`).MatchString(body) {
		return s.corrected("templates have no operators", "comparisons are functions", []Correction{{at + len(head), at + len(body), translated}}), true
	}
	if regexp.MustCompile(`[.\])]\w*\.\w+\(|^\$?\.\w+\(`).MatchString(body) {
		hint := "fields have no methods here: loop over a list with {{ range " + s.field(foreign.SomeList(s.kind)) + " }} … {{ end }}, and write it as JSON with {{ json " + s.field(foreign.SomeList(s.kind)) + " }}"
		return advice{message: "methods are not called with parentheses", hint: hint}, true
	}
	changed, ok := spaced(body)
	if !ok {
		return advice{message: "functions are not called with parentheses", hint: `write the arguments after the function, separated by spaces: printf "%s" ` + s.field(foreign.SomeField(s.kind))}, true
	}
	return s.corrected("functions are not called with parentheses", "write the arguments after the function, separated by spaces", s.replaceBody(plainQuotes(changed))), true
}

// plainQuotes replaces typographic quotes by plain ones.
func plainQuotes(text string) string {
	return strings.Map(func(r rune) rune {
		if plain, ok := foreign.Plain(r); ok && plain == `"` {
			return '"'
		}
		return r
	}, text)
}

// spaced rewrites calls such as f(a, b) as f a b, in parentheses where they are an
// argument.
func spaced(text string) (string, bool) {
	call := regexp.MustCompile(`\b([a-zA-Z]\w*)\(`)
	for range 20 {
		m := call.FindStringSubmatchIndex(text)
		if m == nil {
			return text, true
		}
		end, commas := group(text, m[1])
		if end < 0 {
			return "", false
		}
		arguments := []byte(text[m[1]:end])
		for _, comma := range commas {
			arguments[comma-m[1]] = ' '
		}
		written := text[m[2]:m[3]] + " " + strings.TrimSpace(strings.ReplaceAll(string(arguments), "  ", " "))
		head := strings.TrimSpace(text[:m[0]])
		first := head == "" || foreign.IsKeyword(head) || head == "else if" || strings.HasSuffix(head, "|") || strings.HasSuffix(head, "(") || strings.HasSuffix(head, "=")
		rest := strings.TrimSpace(text[end+1:])
		if !first || rest != "" && rest[0] != '|' && rest[0] != ')' {
			written = "(" + written + ")"
		}
		text = text[:m[0]] + written + text[end+1:]
	}
	return "", false
}

// group returns the end of the parenthesis that begins before from, and the commas
// directly in it; -1 if it does not end.
func group(text string, from int) (end int, commas []int) {
	depth := 0
	for i := from; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '`', '\'':
			i = source.QuoteEnd(text, i)
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return i, commas
			}
		case ',':
			if depth == 0 {
				commas = append(commas, i)
			}
		}
	}
	return -1, nil
}

// adviseComma handles commas between arguments.
func adviseComma(s *slip) (advice, bool) {
	if !strings.HasPrefix(s.message, `unexpected ","`) {
		return advice{}, false
	}
	earlier := *s
	if a, ok := earlier.swallowed(); ok {
		s.start, s.end = earlier.start, earlier.end
		return a, true
	}
	body, at := s.body()
	first := regexp.MustCompile(`^(?:(?:if|with|range|else if)\s+)?(?:\$\w+\s*:?=\s*)?\(*(\w+)`).FindStringSubmatch(body)
	if first == nil || !isFunction(first[1]) && !strings.Contains(body, "| ") {
		return advice{message: "an action can print only one value", hint: `write one action for each, or printf "%s, %s" with both`}, true
	}
	if values := strings.Split(strings.TrimPrefix(body, "json "), ","); first[1] == "json" && len(values) > 1 && !strings.ContainsAny(body, "\"()`|") {
		return advice{message: "json takes one value", hint: "write one action for each, such as {{ json " + strings.TrimSpace(values[0]) + " }} {{ json " + strings.TrimSpace(values[1]) + " }}"}, true
	}
	if m := regexp.MustCompile(`^(\w+)\s+\((.*)\)$`).FindStringSubmatch(body); m != nil && isFunction(m[1]) && !strings.ContainsAny(m[2], "()") {
		return s.corrected("there are no commas between arguments", "and no parentheses around them", s.replaceBody(m[1]+" "+strings.Join(regexp.MustCompile(`\s*,\s*`).Split(m[2], -1), " "))), true
	}
	var corrections []Correction
	outsideQuotes(body, func(part string, offset int) {
		for i := range len(part) {
			if part[i] == ',' {
				separator := " "
				if offset+i+1 < len(body) && body[offset+i+1] == ' ' {
					separator = ""
				}
				corrections = append(corrections, Correction{at + offset + i, at + offset + i + 1, separator})
			}
		}
	})
	return s.corrected("there are no commas between arguments", "", corrections), true
}

// advisePunctuation handles other punctuation that other languages use.
func advisePunctuation(s *slip) (advice, bool) {
	body, at := s.body()
	switch {
	case strings.Contains(s.message, "U+003F") && strings.Contains(body, "?."):
		return s.corrected("templates have no ?. operator", "every field of an event exists, although it may be empty",
			s.replaceBody(strings.ReplaceAll(body, "?.", "."))), true
	case strings.HasSuffix(body, ";") || strings.HasSuffix(body, ":"):
		sign := body[len(body)-1:]
		return s.corrected("an action does not end with "+sign, "leave it out", []Correction{{at + len(body) - 1, at + len(body), ""}}), true
	case s.message == "expected :=" && regexp.MustCompile(`^[.\w]+:\w+$`).MatchString(body):
		value, name, _ := strings.Cut(body, ":")
		hint := "write {{ " + value + " | " + name + " }}"
		if !isFunction(name) {
			hint = foreign.Function(s.kind, name, s.field(""))
		}
		return advice{message: "a colon cannot join a value and a function", hint: hint}, true
	case s.message == "expected :=":
		return advice{message: "a colon is not allowed here", hint: "set a variable with {{ $x := " + s.field(foreign.SomeField(s.kind)) + " }}"}, true
	case strings.Contains(s.message, "U+002F"), strings.Contains(s.message, "unexpected <.>") && strings.HasPrefix(body, ".."):
		if m := regexp.MustCompile(`^(?:\.\./)+(\w+)$`).FindStringSubmatch(body); m != nil {
			if field := foreign.FieldFor(s.kind, m[1]); field != "" {
				return s.corrected("../ is Handlebars syntax", "the event is $, even inside range and with", s.replaceBody("$"+field)), true
			}
		}
		return advice{message: "dots do not lead out of a block", hint: "the event is $, even inside range and with: $" + foreign.SomeField(s.kind)}, true
	case strings.Contains(s.message, "unexpected <.>") && strings.HasSuffix(body, "."):
		return s.corrected("there is no name after the dot", "", []Correction{{at + len(body) - 1, at + len(body), ""}}), true
	case strings.Contains(s.message, "U+002A"):
		return advice{message: "* means nothing in a template", hint: "write a loop as {{ range " + s.field(foreign.SomeList(s.kind)) + " }} … {{ end }}"}, true
	case strings.HasPrefix(s.message, `unexpected "%"`):
		return advice{message: "% is Jinja, Liquid or printf syntax", hint: `write {{ if ` + s.field(".Status") + ` }} … {{ end }}, or printf "%s" ` + s.field(foreign.SomeField(s.kind))}, true
	case strings.HasPrefix(s.message, `unexpected "="`) && strings.HasPrefix(body, "="):
		return s.corrected("= before a value is ERB or Jade syntax", "", s.replaceBody(s.fielded(strings.TrimSpace(body[1:])))), true
	case strings.HasPrefix(s.message, "bad number syntax"):
		return advice{message: "this is neither a number nor a name", hint: `put text in quotes: "` + strings.Trim(s.text[s.start:s.end], `"`) + `"`}, true
	}
	return advice{}, false
}

// adviseParentheses handles one parenthesis too many or too few.
func adviseParentheses(s *slip) (advice, bool) {
	body, at := s.body()
	switch s.message {
	case "unclosed left paren":
		return s.corrected("a parenthesis is never closed", "", []Correction{{at + len(body), at + len(body), ")"}}), true
	case "unexpected right paren":
		if strings.HasSuffix(body, ")") {
			return s.corrected("this parenthesis closes nothing", "", []Correction{{at + len(body) - 1, at + len(body), ""}}), true
		}
		return advice{message: "this parenthesis closes nothing", hint: "remove it"}, true
	}
	return advice{}, false
}

// adviseBlock handles blocks that do not end, or end twice.
func adviseBlock(s *slip) (advice, bool) {
	list := s.field(foreign.SomeList(s.kind))
	switch {
	case s.message == "unexpected EOF":
		return advice{message: "this block is never closed", hint: "add {{ end }}"}, true
	case strings.HasPrefix(s.message, "unclosed action"):
		return advice{hint: "close the action with }}, on the same line or a later one"}, true
	case strings.HasPrefix(s.message, "unclosed comment"), strings.HasPrefix(s.message, "comment ends before closing"):
		return advice{hint: "write a comment as {{/* … */}}, with nothing but a trim marker and its space between braces and stars"}, true
	case s.message == "unexpected {{end}}":
		return advice{hint: "no if, range, with, define or block is open here: remove it"}, true
	case s.message == "unexpected {{else}}":
		return advice{hint: "no if, range or with is open here"}, true
	case strings.HasPrefix(s.message, "expected end; found {{else"):
		return advice{message: "this block already has an else", hint: "write another condition as {{ else if … }}, before the else"}, true
	case strings.Contains(s.message, "outside {{range}}"):
		return advice{hint: "it leaves a loop, so it must be inside {{ range " + list + " }} … {{ end }}"}, true
	case s.message == "missing value for range":
		return advice{hint: "write what it goes through, such as {{ range " + list + " }}"}, true
	case s.message == "missing value for command" && strings.Trim(s.inside(), "- \t\r\n") == "":
		return advice{message: "this action is empty", hint: "remove it, or print something: {{ " + s.field(foreign.SomeField(s.kind)) + " }}", corrections: []Correction{{s.open, s.close, ""}}}, true
	case strings.HasPrefix(s.message, "missing value for"):
		return advice{hint: "write what it depends on, such as {{ if " + s.field(foreign.SomeField(s.kind)) + " }}"}, true
	}
	return advice{}, false
}

// adviseRangeParts handles the names of a loop in parentheses, as in Python and
// JavaScript.
func adviseRangeParts(s *slip) (advice, bool) {
	if !strings.HasPrefix(s.message, "too many declarations in parenthesized pipeline") {
		return advice{}, false
	}
	body, _ := s.body()
	m := regexp.MustCompile(`^range\s+\(\s*\$?(\w+)\s*,\s*\$?(\w+)\s*\)\s*(?:in|of|:?=)\s+(.+)$`).FindStringSubmatch(body)
	if m == nil {
		return advice{}, false
	}
	return s.corrected("the names of a loop have no parentheses", "in a loop, name index and element like this", s.replaceBody("range $"+m[1]+", $"+m[2]+" := "+s.listed(m[3]))), true
}

// swallowed handles a text that is not closed where its action ends, and goes on to a
// quote of the JSON after it: the next actions are in it.
func (s *slip) swallowed() (advice, bool) {
	const most = 4 // actions
	for range most {
		inside := s.inside()
		open := strings.LastIndexByte(inside, '"')
		if open >= 0 && strings.Count(inside, `"`)%2 == 1 && !strings.Contains(inside, `\"`) {
			end := s.from + len(strings.TrimRight(strings.TrimSuffix(inside, "-"), " \t"))
			s.start, s.end = s.from+open, end
			return s.corrected("this text is never closed", "", []Correction{{end, end, `"`}}), true
		}
		before := strings.LastIndex(s.text[:s.open], leftDelim)
		if before < 0 {
			break
		}
		s.open, s.from = before, before+len(leftDelim)
		s.to = s.from + max(strings.Index(s.text[s.from:], rightDelim), 0)
		s.close = s.to + len(rightDelim)
	}
	return advice{}, false
}

// clauseHead matches what precedes the condition of a clause.
func clauseHead() *regexp.Regexp { return regexp.MustCompile(`^(?:(?:else\s+)?if\s+|with\s+)?`) }
