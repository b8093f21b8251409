package webhook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// elementField returns the field of an element that name refers to in a loop of another
// language.
func (s *slip) elementField(name, word string) string {
	if m := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\s+in\s+(?:\w+\.)?\.?(\w+)`).FindStringSubmatch(s.text[:s.open]); m != nil && s.list == "" {
		inLoop := *s
		inLoop.list = foreign.FieldFor(s.kind, m[1])
		if field := inLoop.fieldFor(word); foreign.IsList(s.kind, inLoop.list) && field != "" {
			return field
		}
	}
	return s.fieldFor(word)
}

// LoopNames returns the names that a template gives to elements in the style of other
// languages, such as d in {{ for d in .Details }}.
func LoopNames(text string) []string {
	var names []string
	for _, m := range foreignLoop().FindAllStringSubmatch(text, -1) {
		for _, name := range m[1:] {
			if name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

var foreignLoop = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:for|range|foreach|each)\s+\(?(\w+)(?:\s*,\s*(\w+))?\)?\s+in\b|\bas\s+(\w+)|#each\s+\S+\s+as\s+\|(\w+)\|`)
})

// declared reports whether a template declares a variable.
func declared(text, name string) bool {
	return regexp.MustCompile(regexp.QuoteMeta(name) + `\b\s*(?:,\s*\$\w+\s*)?:=`).MatchString(text)
}

// adviseVariable handles variables that do not exist.
func adviseVariable(s *slip) (advice, bool) {
	match := regexp.MustCompile(`^undefined variable "(\$.*)"$`).FindStringSubmatch(s.message)
	if match == nil {
		return advice{}, false
	}
	name := match[1]
	message := fmt.Sprintf("there is no variable %s", name)
	body, at := s.body()
	if m := regexp.MustCompile(`^range\s+(?:\$\w+\s*,\s*)?\$\w+(\s+in\s+)`).FindStringSubmatchIndex(body); m != nil {
		return s.corrected(message, "in a loop, name the element with :=, not in", []Correction{{at + m[2], at + m[3], " := "}}), true
	}
	if advice := foreign.Variable(s.kind, name); advice != "" {
		return s.adviceOf(message, advice), true
	}
	if declared(s.text[:s.open], name) {
		return advice{message: message + " here any more", hint: "it is declared in a block and ends with it: declare it before the block, and set it there with ="}, true
	}
	if declared(s.text[s.open:], name) {
		return advice{message: message + " yet", hint: "it is declared further down: declare it before it is used"}, true
	}
	if m := regexp.MustCompile(regexp.QuoteMeta(name) + `\s*=[^=]`).FindStringIndex(body); m != nil && m[0] == 0 {
		i := at + strings.IndexByte(body, '=')
		return s.corrected(message, "declare a variable with :=", []Correction{{i, i, ":"}}), true
	}
	if field := s.fieldFor(name[1:]); field != "" {
		start := s.start + strings.Index(s.text[s.start:s.close], name)
		if s.start <= start && start+len(name) <= s.close {
			return s.corrected(message, "write a field with a dot", []Correction{{start, start + len(name), field}}), true
		}
	}
	if nearest := words.Nearest(name, variables(s.text[:s.open])); nearest != "" {
		return advice{message: message, hint: words.DidYouMean(nearest)}, true
	}
	if m := regexp.MustCompile(`^range\s+(\$\w+)[,\s]+(?:(\$\w+)\s*(?:=|:=|in)?\s+)?(\$?\.[\w.]+)$`).FindStringSubmatch(body); m != nil && m[2] != name {
		names := m[1]
		if m[2] != "" {
			names += ", " + m[2]
		}
		return s.corrected("in a loop, name the element with :=", "", s.replaceBody("range "+names+" := "+m[3])), true
	}
	return advice{message: message, hint: "declare it first: {{ " + name + " := " + s.field(foreign.SomeField(s.kind)) + " }}; write a field with a dot"}, true
}

// variables lists the variables that a text declares.
func variables(text string) []string {
	var names []string
	for _, m := range regexp.MustCompile(`(\$\w+)\s*(?:,\s*(\$\w+)\s*)?:=`).FindAllStringSubmatch(text, -1) {
		for _, name := range m[1:] {
			if name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// adviseIndex handles elements of lists that are addressed with brackets or numbers.
func adviseIndex(s *slip) (advice, bool) {
	bracket := strings.Contains(s.message, "U+005B") || strings.HasPrefix(s.message, `unexpected "["`)
	number := regexp.MustCompile(`^unexpected "\.\d+" in operand`).MatchString(s.message)
	if !bracket && !number {
		return advice{}, false
	}
	body, at := s.body()
	indexed := regexp.MustCompile(`((?:\$\w*)?(?:\.\w+)*)\.?(?:\[\s*(\d+|\$\w+|\.[\w.]+)\s*\]|\.(\d+)\b)`)
	if m := indexed.FindStringSubmatchIndex(body); m != nil && !(m[0] > 0 && body[m[0]-1] >= '0' && body[m[0]-1] <= '9') && (m[2] < m[3] || strings.HasPrefix(body[m[0]:], ".")) {
		list, key := body[m[2]:m[3]], ""
		for _, group := range []int{4, 6} {
			if m[group] >= 0 {
				key = body[m[group]:m[group+1]]
			}
		}
		if list == "" {
			list = "."
		}
		text := "(index " + list + " " + key + ")"
		if named := regexp.MustCompile(`^\s*\[\s*["'](\w+)["']\s*\]`).FindStringSubmatch(body[m[1]:]); named != nil {
			text += "." + named[1]
			m[1] += len(named[0])
			return s.corrected("brackets do not select an element of a list", "this fails if the list is shorter; a range is safer", []Correction{{at + m[0], at + m[1], text}}), true
		}
		if m[0] == 0 && m[1] == len(body) || body[:m[0]] == "index " {
			text = strings.TrimPrefix(text[1:len(text)-1], body[:m[0]])
		} else if strings.HasSuffix(body[:m[0]], "(") && strings.HasPrefix(body[m[1]:], ")") {
			text = text[1 : len(text)-1]
		}
		return s.corrected("brackets do not select an element of a list", "this fails if the list is shorter; a range is safer", []Correction{{at + m[0], at + m[1], text}}), true
	}
	if m := regexp.MustCompile(`((?:\.\w+)*)\[\s*["'](\w[^"']*)["']\s*\]`).FindStringSubmatch(body); m != nil {
		hint := "write fields with a dot; an event contains no maps"
		if list := s.list; m[1] != "" && foreign.IsList(s.kind, m[1]) && list == "" {
			hint = "find an element by its name: {{ range " + s.field(m[1]) + " }}{{ if eq .Name " + quote(m[2]) + " }}{{ json " + lastField(s.kind, m[1]) + " }}{{ end }}{{ end }}"
		} else if part := s.partOf(m[1], m[2]); part != "" {
			return s.corrected("templates have no brackets", "write a field with a dot", []Correction{{at + strings.Index(body, m[0]), at + strings.Index(body, m[0]) + len(m[0]), part}}), true
		} else if field := foreign.FieldFor(s.kind, m[2]); field != "" && (m[1] == "" || strings.Contains(strings.ToLower(m[1]), "label")) {
			hint = "write a field with a dot: " + s.field(field)
		} else if a := foreign.Variable(s.kind, "$labels"); strings.Contains(strings.ToLower(m[1]), "label") {
			hint = strings.Replace(a, "$labels", m[1], 1)
		}
		return advice{message: "templates have no brackets", hint: hint}, true
	}
	return advice{message: "templates have no brackets", hint: "write a loop as {{ range " + s.field(foreign.SomeList(s.kind)) + " }} … {{ end }}; an element is (index " + s.field(foreign.SomeList(s.kind)) + " 0)"}, true
}

// partOf returns the field of this name in another field; empty if there is none.
func (s *slip) partOf(path, name string) string {
	for _, field := range event.Fields(s.kind) {
		if "."+field.Name != path || field.IsList() {
			continue
		}
		if own, ok := fieldNamed(field.Fields, name); ok {
			return s.field(path + "." + own.Name)
		}
	}
	return ""
}

// lastField returns a field that holds the text of a list's element.
func lastField(kind event.Kind, list string) string {
	for _, field := range event.Fields(kind) {
		if "."+field.Name == list && len(field.Fields) > 0 {
			for _, own := range field.Fields {
				if own.Name == "Value" || own.Name == "Message" {
					return "." + own.Name
				}
			}
		}
	}
	return "."
}
