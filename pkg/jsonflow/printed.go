package jsonflow

import (
	"cmp"
	"strings"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// contentProblem records that an action prints something not allowed in its place.
func (a *analyzer) contentProblem(st *state, at span, p part, rule string) {
	if a.found[findingKey{rule, at.start}] != nil { // it keeps the words that it has
		a.record(finding{rule: rule, at: at, src: p.src}, st)
		return
	}
	f := finding{rule: rule, at: at, path: a.pool.Path(st.doc), src: p.src, harm: true, root: st.doc.Stack == nil}
	what := "the text"
	if p.src != nil {
		what = a.named(p.src, at)
	}
	a.wordContent(&f, st.doc, p, what)
	a.record(f, st)
}

// wordContent words what an action prints in a place where it does not belong.
func (a *analyzer) wordContent(f *finding, d *automaton.Doc, p part, what string) {
	switch f.rule {
	case ruleUnescaped:
		a.wordUnescaped(f, d, what)
	case ruleWrongEscaper:
		f.fixable = true
		f.message, f.bad = wrongEscaper(p.class)
		f.hint = a.instead(f.at)
	case ruleUnquoted:
		f.fixable = p.class == classText || p.class == classBody
		f.bad = []string{"a b", `"`}
		f.message = what + " is printed without quotes where a value belongs"
		if d.Mode == automaton.ModeKey || d.Mode == automaton.ModeFirstKey {
			f.message = what + " is printed without quotes where a key belongs"
		}
		f.hint = a.quoteHint(f.at)
	default:
		f.bad = []string{"a"}
		f.message = what + " is printed " + placeWords(d)
		if d.Mode != automaton.ModeDone && d.Mode != automaton.ModeColon {
			f.hint = onePair
		}
		if strings.HasSuffix(strings.TrimRight(a.source[:f.at.start], "{- "), `"`) {
			f.hint = cmp.Or(keyHint(a.source[:f.at.start]), escapeQuote)
		}
	}
}

// wordUnescaped words a text that is printed into a string as it is.
func (a *analyzer) wordUnescaped(f *finding, d *automaton.Doc, what string) {
	f.bad = []string{`"`, `\`, "\n"}
	if d.Esc != automaton.EscNone {
		f.message = what + " is printed after a backslash"
		if d.Esc == automaton.EscBackslash {
			f.hint = jsonwords.Backslash
		}
		return
	}
	where := "a JSON string"
	if d.Mode == automaton.ModeKeyString {
		where = "a JSON key"
	}
	f.fixable = true
	f.message = what + " goes into " + where + " without escaping: a quote or a backslash in it breaks the JSON"
	f.hint = a.escapeHint(f.at)
}

// named returns what an action prints as its author wrote it: .Application for what
// text/template prints by calling String.
func (a *analyzer) named(src *path, at span) string {
	name := src.String()
	if name == "" {
		return "the event"
	}
	if whole, ok := strings.CutSuffix(name, ".String"); ok && !strings.Contains(a.source[at.start:min(at.end, len(a.source))], ".String") {
		return whole
	}
	return name
}

// wrongEscaper describes the character for which an escaper fails.
func wrongEscaper(c class) (message string, bad []string) {
	switch c {
	case classJS:
		return `js escapes for JavaScript: an apostrophe becomes \', which is not valid in JSON`, []string{"can't start"}
	case classHTML:
		return "html does not escape for JSON: a backslash or a line break in the text breaks it", []string{`C:\data`, "one\ntwo"}
	}
	return `printf "%q" escapes for Go: a control character becomes \x1b or the like, which is not valid in JSON`, []string{"\x1b[31mfailed", "\x00"}
}

// placeWords describes a place where something is not allowed.
func placeWords(d *automaton.Doc) string {
	switch d.Mode {
	case automaton.ModeDone:
		return "after the end of the JSON document"
	case automaton.ModeAfter:
		return "after a value, where a comma or a bracket belongs"
	case automaton.ModeColon:
		return "between a key and its colon"
	}
	return "within a number or a word"
}

// inQuotes records a JSON value inside quotes.
func (a *analyzer) inQuotes(st *state, at span, parts []part) {
	f := finding{rule: ruleInQuotes, at: at, path: a.pool.Path(st.doc), harm: true, fixable: true, root: st.doc.Stack == nil}
	f.message = "json writes its own quotes, but is already inside quotes"
	f.hint = a.quotesHint(at)
	for _, p := range parts {
		if p.src != nil {
			f.src = p.src
		}
		if p.goQuote {
			f.rule = ruleWrongEscaper
			f.message = `printf "%q" writes its own quotes, but is already inside quotes`
			f.hint = a.goQuoteHint(at)
		}
		if p.class == classJSON {
			f.message = "json writes a list or an object here, and its quotes end the string around it"
			f.hint = dropQuotes
			f.fixable = false
		}
	}
	f.bad = []string{"a"}
	a.record(f, st)
}

// quoteHint says how to write an action so that it prints a value.
func (a *analyzer) quoteHint(at span) string {
	if calledJSON().MatchString(a.source[at.start:min(at.end, len(a.source))]) {
		return jsonLast
	}
	if _, end := delimiters(a.source, at); strings.IndexAny(a.source[end:], ",]} \t\r\n") != 0 && end < len(a.source) && !strings.HasPrefix(a.source[end:], "{{") {
		return wholeText
	}
	return "write " + jsonOf(a.source[at.start:min(at.end, len(a.source))]) + ", which prints valid JSON"
}
