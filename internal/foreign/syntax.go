package foreign

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Syntax is a piece of text in the syntax of another tool, which Coroot's templates
// print unchanged.
type Syntax struct {
	Start, End int
	Of         string // the tools, such as: Jinja and Liquid
	Instead    string // what to write
}

// syntax describes a form in the syntax of another tool.
type syntax struct {
	starts  []string // a text without any of them does not have the form
	form    func() *regexp.Regexp
	of      string
	instead string
	sure    bool
}

// syntaxes lists the forms in which other tools mark what they insert. The sure ones
// mean nothing else in any text.
var syntaxes = sync.OnceValue(func() []syntax {
	var all []syntax
	add := func(starts, pattern, of, instead string, sure bool) {
		form := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
		all = append(all, syntax{strings.Fields(starts), form, of, instead, sure})
	}
	const withField = "write {{ … }} with a field"
	add("{%", `\{%-?\s*\w+[^%]*%\}`, "Jinja and Liquid", "write {{ if … }} … {{ end }} and {{ range … }} … {{ end }}", true)
	add("{#", `\{#-?\s[^#]*#\}`, "Jinja", "write {{/* … */}}", true)
	add("<%", `<%[=-]?[^%]*%>`, "ERB", "write {{ … }}", true)
	add("[ALERT_ [ENDPOINT_ [RESULT_ [GROUP_", `\[(?:ALERT|ENDPOINT|RESULT|GROUP)_[A-Z_]+\]`, "Gatus", withField, true)
	add("{HOST. {EVENT. {TRIGGER. {ITEM. {ALERT. {DATE. {TIME.", `\{(?:HOST|EVENT|TRIGGER|ITEM|ALERT|DATE|TIME)\.[A-Z0-9.]+\}`, "Zabbix", withField, true)
	add("$SERVICE $HOST $NOTIFICATION $LONG", `\$(?:SERVICE|HOST|NOTIFICATION|LONG)[A-Z]*\$`, "Nagios", withField, true)
	add("[[", `\[\[\s*[.$]?\w[^\]]*\]\]`, "other delimiters of text/template", "write {{ … }}", false)
	add("${", `\$\{\{?\s*[\w.]+\s*\}?\}`, "shells and GitHub Actions", withField, false)
	add("#{", `#\{\s*[\w.]+\s*\}`, "Ruby", withField, false)
	add("%{", `%\{\s*[\w.]+\s*\}`, "Logstash", withField, false)
	add("%(", `%\(\w+\)s`, "Python", withField, false)
	add("@{ $(", `@\{[^}]*\}|\$\([\w.]+\)`, "other tools", withField, false)
	add("{", `\{\s*\.?[A-Za-z_]\w*(?:\.\w+)*\s*\}`, "other tools", "write two braces: {{ … }}", false)
	add("$", `\$[A-Za-z_]\w*`, "shells", withField, false)
	add("%s %d %v", `%[sdv]\b`, "printf", `write {{ … }} with a field, or {{ printf "%s" … }}`, false)
	return all
})

// in reports whether a text may have the form.
func (s *syntax) in(text string) bool {
	return slices.ContainsFunc(s.starts, func(start string) bool { return strings.Contains(text, start) })
}

// FindSyntax returns the first pieces of other tools' syntax in a template's literal
// text, at most as many as given. It looks for forms that could be plain text only if
// unsure is set.
func FindSyntax(text string, unsure bool, most int) []Syntax {
	var all []Syntax
	next := make([]*Syntax, len(syntaxes())) // the next piece of each form; nil if there is none
	search := func(i, from int) {
		next[i] = nil
		if s := &syntaxes()[i]; (s.sure || unsure) && s.in(text[from:]) {
			if at := s.form().FindStringIndex(text[from:]); at != nil {
				next[i] = &Syntax{Start: from + at[0], End: from + at[1], Of: s.of, Instead: s.instead}
			}
		}
	}
	for i := range next {
		search(i, 0)
	}
	for len(all) < most {
		var first *Syntax
		for _, found := range next {
			if found != nil && (first == nil || found.Start < first.Start) {
				first = found
			}
		}
		if first == nil {
			break
		}
		all = append(all, *first)
		for i, found := range next {
			if found != nil && found.Start < first.End {
				search(i, first.End)
			}
		}
	}
	return all
}
