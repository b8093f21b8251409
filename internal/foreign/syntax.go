package foreign

import (
	"regexp"
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
	form    *regexp.Regexp
	of      string
	instead string
	sure    bool
}

// syntaxes lists the forms in which other tools mark what they insert. The sure ones
// mean nothing else in any text.
var syntaxes = sync.OnceValue(func() []syntax {
	return []syntax{
		{regexp.MustCompile(`\{%-?\s*\w+[^%]*%\}`), "Jinja and Liquid", "write {{ if … }} … {{ end }} and {{ range … }} … {{ end }}", true},
		{regexp.MustCompile(`\{#-?\s[^#]*#\}`), "Jinja", "write {{/* … */}}", true},
		{regexp.MustCompile(`<%[=-]?[^%]*%>`), "ERB", "write {{ … }}", true},
		{regexp.MustCompile(`\[(?:ALERT|ENDPOINT|RESULT|GROUP)_[A-Z_]+\]`), "Gatus", "write {{ … }} with a field", true},
		{regexp.MustCompile(`\{(?:HOST|EVENT|TRIGGER|ITEM|ALERT|DATE|TIME)\.[A-Z0-9.]+\}`), "Zabbix", "write {{ … }} with a field", true},
		{regexp.MustCompile(`\$(?:SERVICE|HOST|NOTIFICATION|LONG)[A-Z]*\$`), "Nagios", "write {{ … }} with a field", true},
		{regexp.MustCompile(`\[\[\s*[.$]?\w[^\]]*\]\]`), "other delimiters of text/template", "write {{ … }}", false},
		{regexp.MustCompile(`\$\{\{?\s*[\w.]+\s*\}?\}`), "shells and GitHub Actions", "write {{ … }} with a field", false},
		{regexp.MustCompile(`#\{\s*[\w.]+\s*\}`), "Ruby", "write {{ … }} with a field", false},
		{regexp.MustCompile(`%\{\s*[\w.]+\s*\}`), "Logstash", "write {{ … }} with a field", false},
		{regexp.MustCompile(`%\(\w+\)s`), "Python", "write {{ … }} with a field", false},
		{regexp.MustCompile(`@\{[^}]*\}|\$\([\w.]+\)`), "other tools", "write {{ … }} with a field", false},
		{regexp.MustCompile(`\{\s*\.?[A-Za-z_]\w*(?:\.\w+)*\s*\}`), "other tools", "write two braces: {{ … }}", false},
		{regexp.MustCompile(`\$[A-Za-z_]\w*`), "shells", "write {{ … }} with a field", false},
		{regexp.MustCompile(`%[sdv]\b`), "printf", `write {{ … }} with a field, or {{ printf "%s" … }}`, false},
	}
})

// marks are the characters with which all of the forms begin.
const marks = "{<[$#%@"

// FindSyntax returns the first pieces of other tools' syntax in a template's literal
// text, at most as many as given. It looks for forms that could be plain text only if
// unsure is set.
func FindSyntax(text string, unsure bool, most int) []Syntax {
	if !strings.ContainsAny(text, marks) {
		return nil
	}
	var all []Syntax
	next := make([]*Syntax, len(syntaxes())) // the next piece of each form; nil if there is none
	search := func(i, from int) {
		next[i] = nil
		if s := syntaxes()[i]; s.sure || unsure {
			if at := s.form.FindStringIndex(text[from:]); at != nil {
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
