package webhook

import (
	"regexp"
	"strings"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
)

// adviseOperator handles operators, which are functions in a template.
func adviseOperator(s *slip) (advice, bool) {
	m := regexp.MustCompile(`^unexpected "([=!&|<>?+*~])"|^illegal number syntax: "([+-])"|^unexpected (<pipe>|"\|")`).FindStringSubmatch(s.message)
	if m == nil {
		return advice{}, false
	}
	body, at := s.body()
	if strings.HasPrefix(body, "=") || strings.HasPrefix(body, "*") || strings.HasPrefix(body, "?") || strings.HasPrefix(body, "+") {
		return advice{}, false
	}
	head := regexp.MustCompile(`^(?:(?:else\s+)?if\s+|with\s+)?(?:\$\w+\s*:?=\s*)?`).FindString(body)
	expression := body[len(head):]
	if before, after, ok := ternary(expression); ok {
		hint := "write {{ if " + s.orSame(before) + " }}…{{ else }}…{{ end }}"
		if yes, no, ok := strings.Cut(after, ":"); ok {
			if condition, ok := translate(s.kind, before); ok && head == "" && plain(yes) && plain(no) {
				chosen := "{{ if " + condition + " }}" + bare(yes) + "{{ else }}" + bare(no) + "{{ end }}"
				return s.corrected("templates have no ? : operator", "", []Correction{{s.open, s.close, chosen}}), true
			}
			hint = "write {{ if " + s.orSame(before) + " }}" + bare(yes) + "{{ else }}" + bare(no) + "{{ end }}"
		}
		return advice{message: "templates have no ? : operator", hint: hint}, true
	}
	if joined := s.joined(expression); joined != "" {
		return s.corrected("templates have no arithmetic", "join texts with printf", []Correction{{at + len(head), at + len(body), joined}}), true
	}
	if m := regexp.MustCompile(`^(<\w+[^>]*>)+([.$][\w.]*)((?:</\w+>)+)$`).FindStringSubmatch(expression); m != nil {
		tags := strings.TrimSuffix(expression, m[2]+m[3])
		return advice{message: "HTML does not belong inside an action", hint: "write " + tags + "{{ html " + m[2] + " }}" + m[3]}, true
	}
	if translated, ok := translate(s.kind, expression); ok && translated != expression {
		return s.corrected("templates have no operators", "comparisons are functions", []Correction{{at + len(head), at + len(body), translated}}), true
	}
	switch sign := m[1] + m[2]; sign {
	case "+", "-":
		return advice{message: "templates have no arithmetic", hint: `join texts with printf: printf "%s%s" ` + s.field(foreign.SomeField(s.kind)) + " " + s.field(".Status")}, true
	case "=", "!", "<", ">":
		return advice{message: "templates have no operators", hint: `compare with eq, ne, lt, le, gt and ge: {{ if eq ` + s.field(".Status") + ` "` + usual(s) + `" }}; a variable is set with {{ $x = … }}`}, true
	case "&":
		return advice{message: "templates have no operators", hint: "join conditions with and: {{ if and A B }}"}, true
	}
	if strings.Contains(body, "||") {
		return advice{message: "templates have no operators", hint: "join conditions with or: {{ if or A B }}"}, true
	}
	if strings.Contains(s.message, "|") {
		return advice{message: "nothing comes before this |", hint: "a pipeline begins with a value: {{ " + s.field(foreign.SomeField(s.kind)) + " | json }}"}, true
	}
	return advice{}, false
}

// adviseInline handles conditions as Python and Jinja write them: A if B else C.
func adviseInline(s *slip) (advice, bool) {
	body, _ := s.body()
	if !strings.HasPrefix(s.message, "unexpected <if>") && !strings.HasPrefix(body, "'") {
		return advice{}, false
	}
	m := regexp.MustCompile(`^(.+?)\s+if\s+(.+?)(?:\s+else\s+(.+))?$`).FindStringSubmatch(body)
	if m == nil {
		return advice{}, false
	}
	const message = "templates have no condition within a value"
	condition, ok := translate(s.kind, s.withFields(m[2]))
	if !ok || !plain(m[1]) || m[3] != "" && !plain(m[3]) {
		return advice{message: message, hint: "write {{ if … }}" + bare(m[1]) + "{{ else }} … {{ end }}"}, true
	}
	chosen := "{{ if " + condition + " }}" + bare(s.fielded(m[1]))
	if m[3] != "" {
		chosen += "{{ else }}" + bare(s.fielded(strings.TrimSpace(m[3])))
	}
	return s.corrected(message, "", []Correction{{s.open, s.close, chosen + "{{ end }}"}}), true
}

// withFields puts a dot before the names of fields in an expression.
func (s *slip) withFields(expression string) string {
	var b strings.Builder
	at := 0
	for _, m := range regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'[^']*'|[$.\w]+`).FindAllStringIndex(expression, -1) {
		b.WriteString(expression[at:m[0]] + s.fielded(expression[m[0]:m[1]]))
		at = m[1]
	}
	return b.String() + expression[at:]
}

// usual returns a status to use in examples.
func usual(s *slip) string {
	if statuses := statusesOf(s.kind); len(statuses) > 0 {
		return statuses[0]
	}
	return "OK"
}

// ternary splits a ? b : c.
func ternary(expression string) (before, after string, ok bool) {
	outsideQuotes(expression, func(part string, at int) {
		if i := strings.IndexByte(part, '?'); i >= 0 && !ok && !strings.HasPrefix(part[i:], "??") && !strings.HasPrefix(part[i:], "?.") {
			before, after, ok = strings.TrimSpace(expression[:at+i]), strings.TrimSpace(expression[at+i+1:]), true
		}
	})
	return before, after, ok
}

// joined rewrites texts that + or ~ joins as a call of printf. It returns "" for
// anything else.
func (s *slip) joined(expression string) string {
	parts := regexp.MustCompile(`\s*[+~–—]\s*|\s+-\s+`).Split(expression, -1)
	if len(parts) < 2 {
		return ""
	}
	format, arguments := "", ""
	for _, part := range parts {
		switch {
		case regexp.MustCompile(`^"[^"%\\]*"$`).MatchString(part):
			format += strings.Trim(part, `"`)
		case regexp.MustCompile(`^\$?(?:\.?\w+)+$`).MatchString(part) && strings.ContainsAny(part[:1], "$."):
			format += "%s"
			arguments += " " + part
		default:
			return ""
		}
	}
	if arguments == "" {
		return ""
	}
	return `printf "` + format + `"` + arguments
}

// joinedBody returns the correction that joins the texts of the whole action; nil if it
// is not such an action.
func (s *slip) joinedBody() []Correction {
	body, _ := s.body()
	if joined := s.joined(body); joined != "" {
		return s.replaceBody(joined)
	}
	return nil
}

func (s *slip) orSame(expression string) string {
	if translated, ok := translate(s.kind, expression); ok {
		return translated
	}
	return expression
}

// bare writes a value as a template has it: text without its quotes, a field as an
// action.
func bare(value string) string {
	value = strings.TrimSpace(value)
	if text := strings.Trim(value, `"'`); text != value {
		return text
	}
	return "{{ " + value + " }}"
}

// plain reports whether a value is a field, a number or a text without escapes.
func plain(value string) bool {
	return regexp.MustCompile(`^\s*(?:"[^"\\{]*"|'[^'\\{]*'|\$?[.\w]+)\s*$`).MatchString(value)
}

// translate rewrites an expression with operators as function calls: a == b && !c
// becomes and (eq a b) (not c). It is not ok for what it does not understand.
func translate(kind event.Kind, expression string) (string, bool) {
	t := translator{kind: kind, tokens: tokens(expression)}
	text := t.alternatives()
	return text.written, !t.failed && t.at == len(t.tokens) && len(t.tokens) > 0
}

// tokens splits an expression into operators, parentheses and operands; nil if it holds
// anything else.
func tokens(expression string) []string {
	token := regexp.MustCompile("^(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|`[^`]*`|===|!==|==|!=|<=|>=|&&|\\|\\||\\?\\?|[<>!()=]|-?\\d+(?:\\.\\d+)?|\\$?[\\w.]+|\\$)")
	var list []string
	for rest := strings.TrimSpace(expression); rest != ""; rest = strings.TrimSpace(rest) {
		found := token.FindString(rest)
		if found == "" {
			return nil
		}
		list = append(list, found)
		rest = rest[len(found):]
	}
	return list
}

// term is a part of an expression; compound says that it needs parentheses as an
// argument.
type term struct {
	written  string
	compound bool
	loose    bool // a not without parentheses, which also covers a comparison after it
}

func (t term) argument() string {
	if t.compound {
		return "(" + t.written + ")"
	}
	return t.written
}

type translator struct {
	kind   event.Kind
	tokens []string
	at     int
	failed bool
}

func (t *translator) next() string {
	if t.at < len(t.tokens) {
		return t.tokens[t.at]
	}
	return ""
}

func (t *translator) alternatives() term {
	return t.joined([]string{"||", "??"}, "or", func() term { return t.joined([]string{"&&"}, "and", t.comparison) })
}

func (t *translator) joined(operators []string, function string, part func() term) term {
	parts := []term{part()}
	for t.at < len(t.tokens) && (t.next() == operators[0] || len(operators) > 1 && t.next() == operators[1]) {
		t.at++
		parts = append(parts, part())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	written := function
	for _, each := range parts {
		written += " " + each.argument()
	}
	return term{written: written, compound: true}
}

// comparisons returns the function for an operator.
func comparisons(operator string) (function string, ok bool) {
	switch operator {
	case "==", "===", "=":
		return "eq", true
	case "!=", "!==":
		return "ne", true
	case "<":
		return "lt", true
	case "<=":
		return "le", true
	case ">":
		return "gt", true
	case ">=":
		return "ge", true
	}
	return "", false
}

func (t *translator) comparison() term {
	left := t.negation()
	function, ok := comparisons(t.next())
	if !ok {
		return left
	}
	t.at++
	right := t.negation()
	if inner, negated := strings.CutPrefix(left.written, "not "); negated && left.loose {
		return term{written: "not (" + function + " " + inner + " " + right.argument() + ")", compound: true}
	}
	return term{written: function + " " + t.counted(left, right) + " " + t.counted(right, left), compound: true}
}

// counted returns a term as an operand of a comparison with another: a list that is
// compared with a number becomes its length.
func (t *translator) counted(one, other term) string {
	if foreign.IsList(t.kind, strings.TrimPrefix(one.written, "$")) && regexp.MustCompile(`^\d+$`).MatchString(other.written) {
		return "(len " + one.written + ")"
	}
	return one.argument()
}

func (t *translator) negation() term {
	if t.next() == "!" {
		t.at++
		return term{written: "not " + t.negation().argument(), compound: true}
	}
	return t.operand()
}

// operand reads a value, a group, or a function with its arguments.
func (t *translator) operand() term {
	switch next := t.next(); {
	case next == "(":
		t.at++
		inner := t.alternatives()
		if t.next() != ")" {
			t.failed = true
			return term{}
		}
		t.at++
		return inner
	case next == "" || !strings.ContainsAny(next[:1], "\"'`.$-0123456789") && !isFunction(next) && next != "true" && next != "false":
		t.failed = true
		return term{}
	case isFunction(next):
		written, arguments := next, 0
		for t.at++; t.at < len(t.tokens) && (t.next() == "(" || strings.ContainsAny(t.next()[:1], "\"'`.$-0123456789")); {
			arguments++
			written += " " + t.operand().argument()
			if t.failed {
				return term{}
			}
		}
		if strings.Contains(" eq ne lt le gt ge ", " "+next+" ") && arguments < 2 {
			t.failed = true
		}
		return term{written: written, compound: true, loose: next == "not"}
	case next[0] == '\'':
		t.at++
		return term{written: quote(next[1 : len(next)-1]), compound: false}
	}
	t.at++
	return term{written: t.tokens[t.at-1], compound: false}
}
