// Package jsonwords words mistakes in JSON, so that the proof that finds one and the
// repair that mends it say the same.
package jsonwords

import (
	"strconv"

	"github.com/hooktool/hooktool/internal/foreign"
)

// Mistakes, and what to do about them.
const (
	TooManyQuotes = "too many quotes"
	TooDeep       = "templates call each other too deeply"

	NoComments  = "JSON has no comments: write it as {{/* … */}}"
	OnlyJSON    = "remove it: the body must be JSON and nothing else"
	Colon       = "a key and its value are separated by a colon"
	Commas      = "members are separated by commas"
	QuoteKeys   = "put keys in double quotes"
	QuoteText   = "put text in double quotes"
	Backslash   = `write \\ for a backslash`
	EveryBranch = "print a value in every branch, such as null"
)

// ExtraComma words a comma that nothing belongs before or after. char is where it shows:
// at the comma itself, or at the bracket after it.
func ExtraComma(char string) (message, hint string) {
	if char == "," {
		return "there is nothing before this comma", "remove it"
	}
	return "a comma directly before " + char, "remove the comma"
}

// ContinuedLine words a backslash at the end of a line.
func ContinuedLine() (what, hint string) {
	return "a backslash at the end of a line", "remove it: JSON goes on over line breaks"
}

// BadEscape words a backslash before a character with which it forms no escape of JSON.
func BadEscape(char byte) (message, hint string) {
	message = "a backslash followed by " + Char(char) + ", which is not an escape in JSON"
	if char == '\n' || char == '\r' {
		return message, `write \n`
	}
	if Superfluous(char) {
		return message, "remove the backslash: JSON does not escape it"
	}
	return message, Backslash
}

// Superfluous reports whether a backslash before a character belongs to the syntax of
// another language, and is no part of the text.
func Superfluous(char byte) bool { return char == '\'' || char == '`' }

// BadValue words a word where a value belongs, such as True.
func BadValue(word string) (message, hint string) {
	hint = QuoteText
	if literal, ok := foreign.Literal(word); ok {
		hint = "write " + literal
	}
	return strconv.Quote(word) + " where a value belongs", hint
}

// Char names a character.
func Char(c byte) string {
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
