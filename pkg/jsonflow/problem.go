package jsonflow

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/foreign"
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
	bracket automaton.Error // ErrBracket: it closes the wrong one; ErrKeyUnquoted: it opens the next element in an object that is not closed
	follows bool            // every path to it passes an error after which the rest is ambiguous
	ways    []*trace
	proof   *Counterexample
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
	known.follows = st.faulty && (known.follows || !ok)
	if n := len(known.ways); n < maxWays && (n == 0 || known.ways[n-1] != st.trace) {
		known.ways = append(known.ways, st.trace)
	}
	a.faults++
}

// contentProblem records that an action prints something not allowed in its place.
func (a *analyzer) contentProblem(st *state, at span, p part, rule string) {
	f := finding{rule: rule, at: at, path: st.doc.Path(), src: p.src, harm: true, root: st.doc.Stack == nil}
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
		f.hint = "escape it with json, which writes the quotes as well"
		if st.doc.Esc != automaton.EscNone {
			f.fixable = false
			f.message = what + " is printed after a backslash"
			f.hint = ""
			if st.doc.Esc == automaton.EscBackslash {
				f.hint = `write \\ for a backslash`
			}
		}
	case ruleWrongEscaper:
		f.fixable = true
		f.message, f.bad = wrongEscaper(p.class)
		f.hint = "escape it with json instead"
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
			f.hint = `write \" for a quote within a text`
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
	f := finding{rule: ruleInQuotes, at: at, path: st.doc.Path(), harm: true, fixable: true, root: st.doc.Stack == nil}
	f.message = "json writes its own quotes, but is already inside quotes"
	f.hint = "remove the quotes around it, or the json"
	for _, p := range parts {
		if p.src != nil {
			f.src = p.src
		}
		if p.goQuote {
			f.rule = ruleWrongEscaper
			f.message = `printf "%q" writes its own quotes, but is already inside quotes`
		}
		if p.class == classJSON {
			f.message = "json writes a list or an object here, and its quotes end the string around it"
			f.fixable = false
		}
	}
	f.bad = []string{"a"}
	a.record(f, st)
}

// syntaxProblem records an error of the automaton.
func (a *analyzer) syntaxProblem(st *state, e textError, at span, src *path) {
	f := finding{rule: ruleStructure, at: at, path: e.doc.Path(), src: src, harm: true, root: e.doc.Stack == nil && e.doc.Mode != automaton.ModeDone}
	switch {
	case !e.action:
		f.at = wholeWord(a.source, at, e)
	case e.char == '[' && src != nil && src.typ != nil && src.typ.Kind() == reflect.Struct: // see deepest
		e.char = '{'
	}
	f.message, f.hint = syntaxWords(e, a.source, f.at)
	if a.loopAsValue(at.start) && (e.err == automaton.ErrKeyUnquoted || e.err == automaton.ErrMissingColon || e.err == automaton.ErrUnexpected || e.err == automaton.ErrMissingComma && e.action && !e.doc.Stack.InArray()) {
		f.hint = listHint
		a.record(f, st)
		return
	}
	switch {
	case e.err == automaton.ErrBracket:
		f.bracket = automaton.ErrBracket
	case f.hint == closeBefore:
		f.bracket = automaton.ErrKeyUnquoted
	}
	if missing(e) || a.keyAsValue(e, at.start) {
		f.message, f.hint = "the value of "+f.path+" is missing", "write a value, such as null"
		if !missing(e) {
			f.message = "the value before this key is missing"
		}
		if hint := a.emptyLoopHint(a.memberStart(e, at.start)); hint != "" {
			f.hint = hint
		}
		if when := a.when(st); when != "" {
			f.message, f.hint, f.fixable = f.message+when, "print a value in every branch, such as null", true
		}
		a.record(f, st)
		return
	}
	if word, start, ok := badWord(a.source, e, at.start); ok {
		f.at = span{start, start + len(word)}
		f.message, f.hint = BadValue(word)
		f.fixable = e.doc.Stack != nil
		a.record(f, st)
		return
	}
	switch e.err {
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
	case automaton.ErrTrailingComma:
		f.fixable = true
		if comma := int(e.doc.Comma); comma > 0 && a.inLoop(comma) {
			f.rule, f.fixable = ruleSeparator, true
			f.at = span{comma, comma + 1}
			f.message = "this comma is printed after the last element too"
			f.hint = a.separatorHint(comma)
		} else if hint := a.commaHint(e, at.start); hint != "" {
			f.at = span{comma, comma + 1}
			f.message = "nothing follows this comma in some cases"
			f.hint = hint
		}
	case automaton.ErrMissingComma, automaton.ErrExtraComma:
		f.comma, f.fixable = true, true
		if a.inLoop(at.start) || a.afterLoop(at.start) {
			f.rule, f.fixable = ruleSeparator, true
		}
		if e.err == automaton.ErrMissingComma && f.hint == "" {
			f.hint = "put a comma after the value before it"
			if a.beginsTurn(at.start) {
				f.hint = a.separatorHint(at.start)
				break
			}
		}
		if hint := a.commaHint(e, at.start); hint != "" {
			f.hint = hint
		}
	case automaton.ErrSurrogateKey:
		a.doubt(surrogateDoubt, at)
		return
	}
	a.record(f, st)
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
	return "write {{ json ... }}, which puts it in quotes"
}

const closeBefore = "close the object before it with }"

// openHint says what to do about a bracket in an object, where a key belongs.
func openHint(object *automaton.Frame) string {
	if object.Parent != nil && object.Parent.Array {
		return closeBefore
	}
	return "write a key and a colon before it"
}

// bracketWords describes a closing bracket of the wrong kind or without an opening one.
func bracketWords(e textError, char string) (message, hint string) {
	switch {
	case e.doc.Stack == nil:
		return char + " closes nothing: no bracket is open here", "remove it"
	case e.doc.Stack.InArray():
		return char + " inside a list, which must end with ]", "close the list with ] before it, or remove it"
	}
	return char + " inside an object, which must end with }", "close the object with } before it, or remove it"
}

// strange describes syntax from other languages where a key or value is expected.
func strange(source string, at span) (what, hint string) {
	rest := source[min(at.start, len(source)):]
	switch {
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || strings.HasPrefix(rest, "# "):
		return "a comment", "JSON has no comments: write it as {{/* … */}}"
	case strings.HasPrefix(rest, "&quot;"):
		return "&quot;", `this is HTML for a quote: write "`
	}
	if r := lookalike(source, at); r != 0 {
		return foreign.Name(r) + ",", foreign.Instead(r)
	}
	return "", ""
}

func syntaxWords(e textError, source string, at span) (message, hint string) {
	char := quotedChar(e.char)
	if e.action {
		_, after, _ := strings.Cut(source[at.end:], "}}")
		isKey := strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), ":")
		return actionWords(e, char, source[at.start:at.end], isKey)
	}
	return textWords(e, char, source, at)
}

// actionWords describes what an action prints where JSON does not allow it.
func actionWords(e textError, char, action string, isKey bool) (message, hint string) {
	switch {
	case e.err == automaton.ErrMissingComma && !e.doc.Stack.InArray() && !isKey:
		return "a second value for one key", "print both in one pair of quotes, or put a comma and a key before the second"
	case e.err == automaton.ErrUnexpected || e.err == automaton.ErrAfterDocument:
		message, hint = "this action prints "+char+" "+placeWords(e.doc), ""
		if calledJSON().MatchString(action) && e.doc.Mode == automaton.ModeAfter {
			hint = jsonLast
		} else if e.doc.Mode == automaton.ModeColon {
			hint = colonHint
		} else if e.err == automaton.ErrUnexpected {
			hint = onePair
		}
		return message, hint
	}
	return textWords(e, char, "", span{})
}

// calledJSON matches an action that calls json.
var calledJSON = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bjson\b`) })

const (
	jsonLast  = "let json come last: here its output is changed afterwards"
	listHint  = "a loop prints a list: write [ before it and ] after it"
	onePair   = "put both in one pair of quotes"
	colonHint = "a key and its value are separated by a colon"
)

// textWords describes an error in the template's text.
func textWords(e textError, char, source string, at span) (message, hint string) {
	switch e.err {
	case automaton.ErrControl:
		if e.char == '\n' {
			return "a line break within a string: Coroot repairs it only in strings at the top level of an object", `write \n`
		}
		return "a control character within a string", "write it as an escape, such as " + `\t`
	case automaton.ErrLostBackslash:
		return `a backslash in front of a line break: Coroot turns the line break into \n, so a backslash and the letter n are shown`, `remove the backslash, or write \n`
	case automaton.ErrEscape:
		return BadEscape(e.char)
	case automaton.ErrHex:
		return `\u must be followed by four hexadecimal digits, not ` + char, ""
	case automaton.ErrMissingComma:
		if e.char == '"' && at.start >= 2 && source[at.start-1] == '"' && source[at.start-2] == '"' {
			return "too many quotes", "put one pair of quotes around a text"
		}
		if e.char == '"' && !e.doc.Stack.InArray() && source != "" && !aKey().MatchString(source[at.start:]) {
			return "a second value for one key", "write one text in one pair of quotes"
		}
		return "a comma is missing before " + char, ""
	case automaton.ErrExtraComma:
		return "there is nothing before this comma", "remove it"
	case automaton.ErrTrailingComma:
		return "a comma directly before " + char, "remove the comma"
	case automaton.ErrMissingColon:
		return "a key is followed by " + char + ", not by a colon and a value", ""
	case automaton.ErrNumber:
		return char + " does not belong in a number", ""
	case automaton.ErrLiteral, automaton.ErrUnquoted:
		if what, hint := strange(source, at); what != "" {
			return what + " where a value belongs", hint
		}
		if word := wordOr(source, at, char); word != char {
			return BadValue(word)
		}
		return char + " where a value belongs", "put text in double quotes"
	case automaton.ErrKeyUnquoted:
		if what, hint := strange(source, at); what != "" {
			return what + " where a key in quotes belongs", hint
		}
		if e.char == '{' || e.char == '[' {
			return char + " where a key in quotes belongs", openHint(e.doc.Stack)
		}
		return quotedWordOr(source, at, char) + " where a key in quotes belongs", "put keys in double quotes"
	case automaton.ErrBracket:
		return bracketWords(e, char)
	case automaton.ErrAfterDocument:
		if what, hint := strange(source, at); what != "" {
			return what + " after the end of the JSON document", hint
		}
		return quotedWordOr(source, at, char) + " after the end of the JSON document", "remove it: the body must be JSON and nothing else"
	case automaton.ErrDepth:
		return "arrays and objects are nested too deeply", ""
	}
	word := quotedWordOr(source, at, char)
	if what, instead := strange(source, at); what != "" {
		word, hint = what, instead
	}
	switch {
	case e.doc.Mode == automaton.ModeAfter && strings.ContainsAny(char, "+~&") && len(char) == 1:
		hint = "JSON cannot join texts: write one text in one pair of quotes"
	case e.doc.Mode == automaton.ModeColon:
		hint = colonHint
	case e.doc.Mode == automaton.ModeAfter && e.char == ':' && e.doc.Stack.InArray():
		return "a key in a list", "begin the object with { before the key, and end it with }"
	case e.doc.Mode == automaton.ModeAfter && e.char == ':':
		return "a second colon after one key", "put a comma between two members, or the whole text in one pair of quotes"
	case e.doc.Mode == automaton.ModeAfter && e.char == '{':
		hint = openHint(e.doc.Stack)
	case hint == "" && inWord(e.char):
		hint = joinHint(strings.TrimRight(source[:at.start], " \t\r\n"))
	}
	return word + " " + placeWords(e.doc), hint
}

// aKey matches a key and its colon.
var aKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^"(?:[^"\\\n]|\\.|\{\{.*?\}\})*"\s*[:=]`) })

// joinHint says how to print a word after a value as one text with it.
func joinHint(before string) string {
	if inner, ok := strings.CutSuffix(before, `"`); ok && strings.HasSuffix(strings.TrimRight(inner, " \t\r\n"), ",") {
		return `close the text before it: put " before the comma`
	}
	last := strings.LastIndex(before, "{{")
	if strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "}}") && last >= 0 && calledJSON().MatchString(before[last:]) {
		return "put the text inside the quotes"
	}
	return "put the whole text in double quotes"
}

// BadEscape words a backslash before a character with which it forms no escape of JSON.
func BadEscape(char byte) (message, hint string) {
	message = "a backslash followed by " + quotedChar(char) + ", which is not an escape in JSON"
	if char == '\n' || char == '\r' {
		return message, `write \n`
	}
	if Superfluous(char) {
		return message, "remove the backslash: JSON does not escape it"
	}
	return message, `write \\ for a backslash`
}

// Superfluous reports whether a backslash before a character belongs to the syntax of
// another language, and is no part of the text.
func Superfluous(char byte) bool { return char == '\'' || char == '`' }

// BadValue words a word where a value belongs, such as True.
func BadValue(word string) (message, hint string) {
	hint = "put text in double quotes"
	if literal, ok := foreign.Literal(word); ok {
		hint = "write " + literal
	}
	return strconv.Quote(word) + " where a value belongs", hint
}

// badWord returns the text in place of a value that an error is in, if only a part of it
// was read as a value, as in 1_000, or if it is a number or word of another language.
func badWord(source string, e textError, at int) (word string, start int, ok bool) {
	const ends = ",[]{} \t\r\n\""
	switch e.err {
	case automaton.ErrLiteral, automaton.ErrUnquoted, automaton.ErrUnexpected, automaton.ErrNumber:
	default:
		return "", 0, false
	}
	if e.action || at >= len(source) {
		return "", 0, false
	}
	start = strings.LastIndexAny(source[:at], ends+":") + 1
	word = source[start:]
	if n := strings.IndexAny(word, ends); n >= 0 {
		word = word[:n]
	}
	_, literal := foreign.Literal(word)
	return word, start, word != "" && (literal || start < at) && !strings.HasPrefix(source[start+len(word):], "{{")
}

// wholeWord returns the span of the word in the template's text that contains an error.
// The automaton may only detect the error at the second letter.
func wholeWord(source string, at span, e textError) span {
	switch e.err {
	case automaton.ErrLiteral, automaton.ErrUnquoted, automaton.ErrKeyUnquoted, automaton.ErrAfterDocument, automaton.ErrUnexpected:
	default:
		return at
	}
	if at.start < len(source) && source[at.start] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(source[at.start:])
		return span{at.start, at.start + size}
	}
	if at.start >= len(source) || !inWord(source[at.start]) {
		return at
	}
	for at.start > 0 && inWord(source[at.start-1]) {
		at.start--
	}
	at.end = at.start
	for at.end < len(source) && inWord(source[at.end]) {
		at.end++
	}
	return at
}

func inWord(b byte) bool {
	return b == '_' || b == '#' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// wordOr returns the word at a place; if there is none, it returns char.
func wordOr(source string, at span, char string) string {
	if at.end > at.start+1 && at.end <= len(source) && at.end-at.start <= 40 && inWord(source[at.start]) {
		return source[at.start:at.end]
	}
	return char
}

// quotedWordOr is like wordOr, with the word in quotes.
func quotedWordOr(source string, at span, char string) string {
	if word := wordOr(source, at, ""); word != "" {
		return strconv.Quote(word)
	}
	return char
}

// lookalike returns the character at a place if it resembles another one or is
// invisible, otherwise 0.
func lookalike(source string, at span) rune {
	if at.start >= len(source) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(source[at.start:])
	if _, ok := foreign.Plain(r); !ok {
		return 0
	}
	return r
}

func quotedChar(c byte) string {
	switch {
	case c == '"':
		return "a quote"
	case c == '\n':
		return "a line break"
	case c < ' ' || c >= 0x7f:
		return "a character"
	}
	return string(rune(c))
}
