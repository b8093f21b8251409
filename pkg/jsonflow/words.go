package jsonflow

import (
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
