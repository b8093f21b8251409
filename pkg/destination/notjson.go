package destination

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/jsontree"
)

// writeJSON is the hint if a text of the event has broken the JSON.
const writeJSON = "write every text value with the function json, such as {{ json .Summary }}"

// bareWord returns the text without quotes with which a text begins.
func bareWord(text []byte) string {
	const inWord = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_#.+-"
	return string(text[:len(text)-len(bytes.TrimLeft(text, inWord))])
}

// isForeign reports whether a text begins with a character that only looks like one of
// JSON, or is invisible.
func isForeign(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	_, ok := foreign.Plain(r)
	return ok
}

// hintFor says what to do about the fault of a body that is not JSON.
func hintFor(body []byte, fault *jsontree.SyntaxError) string {
	at := min(max(fault.Offset, 0), len(body))
	rest := body[at:]
	before := bytes.TrimRight(body[:at], " \t\r\n")
	word := bareWord(rest)
	closes := len(rest) > 0 && (rest[0] == '}' || rest[0] == ']')
	switch {
	case fault.Control, strings.Contains(fault.Message, "escape"):
		return writeJSON
	case strings.HasPrefix(fault.Message, "text after the end"):
		return "the body must be JSON and nothing else: remove what follows it"
	case strings.Contains(fault.Message, "end of the text"):
		return "close every open bracket and brace, for each event"
	case strings.HasPrefix(fault.Message, "expected") && isForeign(rest):
		r, _ := utf8.DecodeRune(rest)
		return "here is " + foreign.Name(r) + ": " + foreign.Instead(r)
	case strings.HasPrefix(fault.Message, "a string has no end"):
		return "close the text with a double quote; " + writeJSON
	case closes && bytes.HasSuffix(before, []byte(",")):
		return "remove the comma before it"
	case strings.HasPrefix(fault.Message, "expected a value") && len(rest) > 0 && (closes || rest[0] == ','):
		return "write a value for every event, or null"
	case strings.HasPrefix(fault.Message, "expected a key") && word != "":
		return fmt.Sprintf("put keys in double quotes, followed by a colon and a value: %q is neither", word)
	case strings.HasPrefix(fault.Message, "expected a key") && len(rest) > 0 && (rest[0] == '\'' || rest[0] == '`'):
		return "put keys in double quotes"
	case strings.HasPrefix(fault.Message, "expected a value") && word != "":
		return fmt.Sprintf("put the text %q in double quotes, or print it with json if it comes from the event", word)
	case strings.HasPrefix(fault.Message, "expected a value") && len(rest) > 0 && (rest[0] == '\'' || rest[0] == '`'):
		return "put texts in double quotes"
	case strings.HasPrefix(fault.Message, "expected ',' or") && len(rest) > 0 && strings.IndexByte("\"{[", rest[0]) >= 0:
		return "put a comma between members; " + writeJSON
	}
	return writeJSON
}
