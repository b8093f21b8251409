package jsonflow

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// textWords describes an error in the template's text.
func textWords(e textError, char, source string, at span) (message, hint string) {
	switch e.err {
	case automaton.ErrControl, automaton.ErrLostBackslash, automaton.ErrEscape, automaton.ErrHex:
		return stringWords(e, char)
	case automaton.ErrMissingComma:
		return missingCommaWords(e, char, source, at)
	case automaton.ErrExtraComma:
		return jsonwords.ExtraComma(",")
	case automaton.ErrTrailingComma:
		return jsonwords.ExtraComma(char)
	case automaton.ErrMissingColon:
		return "a key is followed by " + char + ", not by a colon and a value", ""
	case automaton.ErrNumber:
		return char + " does not belong in a number", ""
	case automaton.ErrBracket:
		return bracketWords(e, char)
	case automaton.ErrDepth:
		return "arrays and objects are nested too deeply", ""
	case automaton.ErrLiteral, automaton.ErrUnquoted, automaton.ErrKeyUnquoted, automaton.ErrAfterDocument:
		return insteadWords(e, char, source, at)
	}
	return unexpectedWords(e, char, source, at)
}

// stringWords describes an error within a string.
func stringWords(e textError, char string) (message, hint string) {
	switch {
	case e.err == automaton.ErrLostBackslash:
		return `a backslash in front of a line break: Coroot turns the line break into \n, so a backslash and the letter n are shown`, `remove the backslash, or write \n`
	case e.err == automaton.ErrEscape:
		return jsonwords.BadEscape(e.char)
	case e.err == automaton.ErrHex:
		return `\u must be followed by four hexadecimal digits, not ` + char, ""
	case e.char == '\n':
		return "a line break within a string: Coroot repairs it only in strings at the top level of an object", `write \n`
	}
	return "a control character within a string", `write it as an escape, such as \t`
}

func missingCommaWords(e textError, char, source string, at span) (message, hint string) {
	switch {
	case e.char != '"':
	case at.start >= 2 && source[at.start-1] == '"' && source[at.start-2] == '"':
		return jsonwords.TooManyQuotes, "put one pair of quotes around a text"
	case !e.doc.Stack.InArray() && source != "" && !aKey().MatchString(source[at.start:]):
		return "a second value for one key", "write one text in one pair of quotes"
	}
	return "a comma is missing before " + char, ""
}

// insteadWords describes text in the place of a value or a key, or after the end.
func insteadWords(e textError, char, source string, at span) (message, hint string) {
	where := " where a value belongs"
	switch e.err {
	case automaton.ErrKeyUnquoted:
		where = " where a key in quotes belongs"
	case automaton.ErrAfterDocument:
		where = " after the end of the JSON document"
	}
	what, hint := strange(source, at)
	switch {
	case what != "":
		return what + where, hint
	case e.err == automaton.ErrKeyUnquoted && (e.char == '{' || e.char == '['):
		return char + where, openHint(e.doc.Stack)
	case e.err == automaton.ErrKeyUnquoted:
		return quotedWordOr(source, at, char) + where, jsonwords.QuoteKeys
	case e.err == automaton.ErrAfterDocument:
		return quotedWordOr(source, at, char) + where, jsonwords.OnlyJSON
	}
	if word := wordOr(source, at, char); word != char {
		return jsonwords.BadValue(word)
	}
	return char + where, jsonwords.QuoteText
}

// unexpectedWords describes text between the parts of the JSON.
func unexpectedWords(e textError, char, source string, at span) (message, hint string) {
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

// keyHint says how to close a key whose closing quote is missing, given the text before
// the mistake; it is empty for other texts.
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
