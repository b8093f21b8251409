package foreign

import (
	"regexp"
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

// FindSyntax returns the first piece of another tool's syntax in a template's literal
// text. It looks for forms that could be plain text only if unsure is set.
func FindSyntax(text string, unsure bool) (found Syntax, ok bool) {
	for _, s := range syntaxes() {
		if !s.sure && !unsure {
			continue
		}
		if at := s.form.FindStringIndex(text); at != nil && (!ok || at[0] < found.Start) {
			found, ok = Syntax{Start: at[0], End: at[1], Of: s.of, Instead: s.instead}, true
		}
	}
	return found, ok
}
