package jsonflow

import (
	"cmp"
	"reflect"
	"strings"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// The rules, as named by validate and explain.
const (
	ruleStructure    = "json-structure"
	ruleUnescaped    = "json-unescaped"
	ruleUnquoted     = "json-unquoted"
	ruleInQuotes     = "json-in-quotes"
	ruleWrongEscaper = "json-wrong-escaper"
	ruleControl      = "json-control-character"
	ruleSeparator    = "json-separator"
	ruleDuplicateKey = "json-duplicate-key"
	ruleMixed        = "json-mixed"
	ruleNotJSON      = "not-json"
)

// finding is a problem under investigation.
type finding struct {
	rule    string
	at      span
	path    string
	message string
	hint    string
	fixable bool
	root    bool            // in a string that is the whole document, or in plain text that begins with a quote
	harm    bool            // makes the JSON invalid; otherwise only the text is wrong
	src     *path           // the field whose text causes it; nil if no field's text matters
	bad     []string        // texts that break it, the most believable first
	comma   bool            // a comma is missing or superfluous
	before  bool            // the ways to it break the JSON in front of it
	bracket automaton.Error // ErrBracket: it closes the wrong one; ErrKeyUnquoted: it opens the next element in an object that is not closed
	follows bool            // every path to it passes an error after which the rest is ambiguous
	ways    []*trace
	proof   *Counterexample
	shrink  func()  // makes the event of the proof small; nil if it is
	quality quality // of the proof
	fails   bool    // the template fails for an event that would show it
}

// maxWays limits the paths to a problem that are tried.
const maxWays = 6

type findingKey struct {
	rule  string
	start int
}

// record adds a problem, or another path to a known one.
func (a *analyzer) record(f finding, st *state) {
	key := findingKey{f.rule, f.at.start}
	known, ok := a.found[key]
	if !ok {
		known = &f
		a.found[key] = known
		a.findings = append(a.findings, known)
	}
	if known.src == nil {
		known.src = f.src
	}
	if known.before && !f.before {
		known.before, known.ways = false, nil // a way that breaks the JSON there shows it better
	}
	known.follows = st.faulty && (known.follows || !ok)
	if n := len(known.ways); n < maxWays && (n == 0 || known.ways[n-1] != st.trace) {
		known.ways = append(known.ways, st.trace)
	}
	a.faults++
}

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
	where := "a JSON string"
	if st.doc.Mode == automaton.ModeKeyString {
		where = "a JSON key"
	}
	switch rule {
	case ruleUnescaped:
		f.fixable = true
		f.bad = []string{`"`, `\`, "\n"}
		f.message = what + " goes into " + where + " without escaping: a quote or a backslash in it breaks the JSON"
		f.hint = a.escapeHint(at)
		if st.doc.Esc != automaton.EscNone {
			f.fixable = false
			f.message = what + " is printed after a backslash"
			f.hint = ""
			if st.doc.Esc == automaton.EscBackslash {
				f.hint = jsonwords.Backslash
			}
		}
	case ruleWrongEscaper:
		f.fixable = true
		f.message, f.bad = wrongEscaper(p.class)
		f.hint = a.instead(at)
	case ruleUnquoted:
		f.fixable = p.class == classText || p.class == classBody
		f.bad = []string{"a b", `"`}
		f.message = what + " is printed without quotes where a value belongs"
		if st.doc.Mode == automaton.ModeKey || st.doc.Mode == automaton.ModeFirstKey {
			f.message = what + " is printed without quotes where a key belongs"
		}
		f.hint = a.quoteHint(at)
	default:
		f.bad = []string{"a"}
		f.message = what + " is printed " + placeWords(st.doc)
		if st.doc.Mode != automaton.ModeDone && st.doc.Mode != automaton.ModeColon {
			f.hint = onePair
		}
		if strings.HasSuffix(strings.TrimRight(a.source[:at.start], "{- "), `"`) {
			f.hint = cmp.Or(keyHint(a.source[:at.start]), escapeQuote)
		}
	}
	a.record(f, st)
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

// syntaxProblem records an error of the automaton.
func (a *analyzer) syntaxProblem(st *state, e textError, at span, src *path) {
	f := finding{rule: ruleStructure, at: at, path: a.pool.Path(e.doc), src: src, harm: true, root: e.doc.Stack == nil && e.doc.Mode != automaton.ModeDone}
	switch {
	case !e.action:
		f.at = wholeWord(a.source, at, e)
	case e.char == '[' && src != nil && src.typ != nil && src.typ.Kind() == reflect.Struct: // see deepest
		e.char = '{'
	}
	f.message, f.hint = syntaxWords(e, a.source, f.at)
	if a.misplaced(&f, e, at, st) {
		a.record(f, st)
		return
	}
	switch e.err {
	case automaton.ErrBracket:
		f.bracket = automaton.ErrBracket
	case automaton.ErrControl:
		f.rule, f.fixable = ruleControl, true
	case automaton.ErrLostBackslash:
		f.rule, f.fixable, f.harm = ruleControl, true, false
	case automaton.ErrUnquoted, automaton.ErrLiteral, automaton.ErrKeyUnquoted:
		if e.action {
			a.unquoted(&f, e)
		} else {
			f.fixable = e.err != automaton.ErrKeyUnquoted && e.doc.Stack != nil // a word or a missing value
		}
	case automaton.ErrEscape, automaton.ErrHex:
		f.rule, f.fixable = ruleStructure, e.err == automaton.ErrEscape && src == nil
		if src != nil {
			f.rule = ruleUnescaped
		}
	case automaton.ErrTrailingComma, automaton.ErrMissingComma, automaton.ErrExtraComma:
		a.comma(&f, e, at)
	case automaton.ErrSurrogateKey:
		a.doubt(surrogateDoubt, at)
		return
	}
	if f.hint == closeBefore {
		f.bracket = automaton.ErrKeyUnquoted
	}
	a.record(f, st)
}

// misplaced words an error whose cause is not where it shows: a loop in place of a
// value, a value that is missing, or a word of which the first part is a value. It
// reports whether there is such a cause.
func (a *analyzer) misplaced(f *finding, e textError, at span, st *state) bool {
	switch word, start, wrong := badWord(a.source, e, at.start); {
	case a.loopAsValue(at.start) && (e.err == automaton.ErrKeyUnquoted || e.err == automaton.ErrMissingColon || e.err == automaton.ErrUnexpected || e.err == automaton.ErrMissingComma && e.action && !e.doc.Stack.InArray()):
		f.hint = listHint
	case missing(e) || a.keyAsValue(e, at.start):
		f.message, f.hint = "the value of "+f.path+" is missing", "write a value, such as null"
		if !missing(e) {
			f.message = "the value before this key is missing"
		}
		if hint := a.emptyLoopHint(a.memberStart(e, at.start)); hint != "" {
			f.hint = hint
		} else if missing(e) && a.sometimes(at.start) {
			f.message, f.hint = f.message+" in some cases", jsonwords.EveryBranch
		}
		if when := a.when(st); when != "" {
			f.message, f.hint, f.fixable = strings.TrimSuffix(f.message, " in some cases")+when, jsonwords.EveryBranch, true
		}
	case wrong:
		f.at = span{start, start + len(word)}
		f.message, f.hint = jsonwords.BadValue(word)
		f.fixable = e.doc.Stack != nil
	default:
		return false
	}
	return true
}

// comma words an error about a comma. What is wrong with one in front of a bracket does
// not depend on what is before it.
func (a *analyzer) comma(f *finding, e textError, at span) {
	f.fixable = true
	if bracket := a.closing(at); e.err == automaton.ErrExtraComma && bracket.start > 0 {
		f.at, f.comma, f.before = bracket, true, true
		f.message, f.hint = textWords(textError{err: automaton.ErrTrailingComma}, a.source[bracket.start:bracket.end], a.source, bracket)
		return
	}
	hint := a.commaHint(e, at.start)
	if e.err == automaton.ErrTrailingComma {
		comma := int(e.doc.Comma)
		switch {
		case comma > 0 && a.closing(span{comma, comma + 1}).start == at.start: // of each element
		case comma > 0 && a.inLoop(comma):
			f.rule, f.at = ruleSeparator, span{comma, comma + 1}
			f.message, f.hint = "this comma is printed after the last element too", a.separatorHint(comma)
		case hint != "":
			f.at = span{comma, comma + 1}
			f.message, f.hint = "nothing follows this comma in some cases", hint
		}
		return
	}
	f.comma = true
	if a.inLoop(at.start) || a.afterLoop(at.start) {
		f.rule = ruleSeparator
	}
	switch {
	case e.err == automaton.ErrMissingComma && f.hint != "": // a second value for one key
	case e.err == automaton.ErrMissingComma && a.beginsTurn(at.start):
		f.hint = a.separatorHint(at.start)
	case hint != "":
		f.hint = hint
	case e.err == automaton.ErrMissingComma:
		f.hint = "put a comma after the value before it"
	}
}

// closing returns the bracket that follows a comma in the text; zero if none does.
func (a *analyzer) closing(comma span) span {
	rest := strings.TrimLeft(a.source[comma.end:], " \t\r\n")
	if at := len(a.source) - len(rest); a.source[comma.start:comma.end] == "," && rest != "" && (rest[0] == ']' || rest[0] == '}') {
		return span{at, at + 1}
	}
	return span{}
}

const surrogateDoubt = "half a surrogate pair in a key, which Coroot's newline repair does not take"

// unquoted words an error about unquoted output of an action.
func (a *analyzer) unquoted(f *finding, e textError) {
	f.rule, f.fixable = ruleUnquoted, true
	what := "the text"
	if f.src != nil {
		what = a.named(f.src, f.at)
	}
	f.message = what + " is printed without quotes where a value belongs"
	if e.err == automaton.ErrKeyUnquoted {
		f.message = what + " is printed without quotes where a key belongs"
	}
	f.hint = a.quoteHint(f.at)
	f.src = nil // any text causes it
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
