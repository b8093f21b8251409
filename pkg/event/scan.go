package event

import (
	"errors"
	"strings"

	"github.com/buger/jsonparser"
)

// scanner reads the JSON of an event in one pass. It accepts exactly what encoding/json
// accepts, which a fuzz test checks. It does not say why a text is not JSON:
// encoding/json is asked for that.
type scanner struct {
	text string
	at   int
}

// errSyntax stands for any syntax error.
var errSyntax = errors.New("invalid JSON")

// peek returns the next byte that is not white space, 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// take consumes the next byte that is not white space if it is c.
func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// word consumes a literal such as null.
func (s *scanner) word(word string) bool {
	if s.peek(); !strings.HasPrefix(s.text[s.at:], word) {
		return false
	}
	s.at += len(word)
	return true
}

// string reads a string. Without escapes the result shares the memory of the
// text.
func (s *scanner) string() (string, error) {
	if !s.take('"') {
		return "", errSyntax
	}
	rest, escaped := s.text[s.at:], false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			s.at += i + 1
			if escaped {
				return unescape(rest[:i])
			}
			return rest[:i], nil
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			return "", errSyntax
		}
	}
	return "", errSyntax
}

// unescape replaces the escapes of a JSON string.
func unescape(raw string) (string, error) {
	out, err := jsonparser.Unescape([]byte(raw), nil)
	if err != nil || strings.Contains(raw, `\u`) {
		return unescapeUnicode(raw) // surrogates, for which encoding/json has its own rules
	}
	return string(out), nil
}

// valueKind names the kind of the next value, for messages.
func (s *scanner) valueKind() string {
	switch c := s.peek(); {
	case c == '"':
		return "a string"
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == 't', c == 'f':
		return "true or false"
	case c == 'n':
		return "null"
	case c == '-', '0' <= c && c <= '9':
		return "a number"
	}
	return "something else"
}
