package jsonflow

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

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
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || strings.HasPrefix(rest, "# ") || strings.HasPrefix(rest, "<!--"):
		return "a comment", jsonwords.NoComments
	}
	if field := bareField().FindString(rest); field != "" {
		return field, "a field needs braces: write {{ json " + field + " }}"
	}
	if foreign.LineContinues(rest) > 0 {
		return jsonwords.ContinuedLine()
	}
	if quote := foreign.EscapedQuote(rest); quote != "" {
		return quote, "this is " + foreign.EscapedIs(quote) + `: write "`
	}
	if r := lookalike(source, at); r != 0 {
		return foreign.Name(r) + ",", foreign.Instead(r)
	}
	return "", ""
}

// bareField matches a field without its action.
var bareField = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\$?(?:\.[A-Z]\w*)+`) })

func syntaxWords(e textError, source string, at span) (message, hint string) {
	char := jsonwords.Char(e.char)
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
			hint = jsonwords.Colon
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
	jsonLast = "let json come last: here its output is changed afterwards"
	listHint = "a loop prints a list: write [ before it and ] after it"
	onePair  = "put both in one pair of quotes"

	dropQuotes  = "remove the quotes around it"
	escapeQuote = `write \" for a quote within a text`
	wholeText   = "put the whole text in double quotes"
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
		return jsonwords.BadEscape(e.char)
	case automaton.ErrHex:
		return `\u must be followed by four hexadecimal digits, not ` + char, ""
	case automaton.ErrMissingComma:
		if e.char == '"' && at.start >= 2 && source[at.start-1] == '"' && source[at.start-2] == '"' {
			return jsonwords.TooManyQuotes, "put one pair of quotes around a text"
		}
		if e.char == '"' && !e.doc.Stack.InArray() && source != "" && !aKey().MatchString(source[at.start:]) {
			return "a second value for one key", "write one text in one pair of quotes"
		}
		return "a comma is missing before " + char, ""
	case automaton.ErrExtraComma:
		return jsonwords.ExtraComma(",")
	case automaton.ErrTrailingComma:
		return jsonwords.ExtraComma(char)
	case automaton.ErrMissingColon:
		return "a key is followed by " + char + ", not by a colon and a value", ""
	case automaton.ErrNumber:
		return char + " does not belong in a number", ""
	case automaton.ErrLiteral, automaton.ErrUnquoted:
		if what, hint := strange(source, at); what != "" {
			return what + " where a value belongs", hint
		}
		if word := wordOr(source, at, char); word != char {
			return jsonwords.BadValue(word)
		}
		return char + " where a value belongs", jsonwords.QuoteText
	case automaton.ErrKeyUnquoted:
		if what, hint := strange(source, at); what != "" {
			return what + " where a key in quotes belongs", hint
		}
		if e.char == '{' || e.char == '[' {
			return char + " where a key in quotes belongs", openHint(e.doc.Stack)
		}
		return quotedWordOr(source, at, char) + " where a key in quotes belongs", jsonwords.QuoteKeys
	case automaton.ErrBracket:
		return bracketWords(e, char)
	case automaton.ErrAfterDocument:
		if what, hint := strange(source, at); what != "" {
			return what + " after the end of the JSON document", hint
		}
		return quotedWordOr(source, at, char) + " after the end of the JSON document", jsonwords.OnlyJSON
	case automaton.ErrDepth:
		return "arrays and objects are nested too deeply", ""
	}
	word := quotedWordOr(source, at, char)
	if what, instead := strange(source, at); what != "" {
		word, hint = what, instead
	}
	switch {
	case e.doc.Mode == automaton.ModeAfter && strings.ContainsAny(char, "+~&%") && len(char) == 1:
		hint = "JSON cannot join texts: write one text in one pair of quotes"
	case e.doc.Mode == automaton.ModeAfter && e.char == ';':
		hint = jsonwords.Commas
	case e.doc.Mode == automaton.ModeColon:
		hint = cmp.Or(hint, keyHint(source[:at.start]), jsonwords.Colon)
	case e.doc.Mode == automaton.ModeAfter && e.char == ':' && e.doc.Stack.InArray():
		return "a key in a list", "begin the object with { before the key, and end it with }"
	case e.doc.Mode == automaton.ModeAfter && e.char == ':':
		return "a second colon after one key", "put a comma between two members, or the whole text in one pair of quotes"
	case e.doc.Mode == automaton.ModeAfter && e.char == '{':
		hint = openHint(e.doc.Stack)
	case hint == "" && (inWord(e.char) || strings.HasSuffix(source[:at.start], `"`)):
		hint = joinHint(source[:at.start])
	}
	return word + " " + placeWords(e.doc), hint
}

// aKey matches a key and its colon.
var aKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^"(?:[^"\\\n]|\\.|\{\{.*?\}\})*"\s*[:=]`) })

// keyHint says how to close a key whose closing quote is missing, given the text up to the
// next quote and what follows it; it is empty for other texts.
func keyHint(before string) string {
	if last := strings.LastIndexByte(before, '"'); last > 0 {
		if key := before[strings.LastIndexByte(before[:last], '"')+1 : last]; openKey().MatchString(key) {
			return `close the key: put " before its colon`
		}
	}
	return ""
}

// openKey matches a text that begins with a key and a colon.
var openKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w.@$-]+:`) })

// joinHint says how to print a word after a value as one text with it.
func joinHint(before string) string {
	adjacent := strings.TrimRight(before, " \t\r\n") == before
	before = strings.TrimRight(before, " \t\r\n")
	if inner, ok := strings.CutSuffix(before, `"`); ok && strings.HasSuffix(strings.TrimRight(inner, " \t\r\n"), ",") {
		return `close the text before it: put " before the comma`
	}
	if adjacent && strings.HasSuffix(before, `"`) {
		return escapeQuote
	}
	last := strings.LastIndex(before, "{{")
	if strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "}}") && last >= 0 && calledJSON().MatchString(before[last:]) {
		return "put the text inside the quotes"
	}
	return wholeText
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
