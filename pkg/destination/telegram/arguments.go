package telegram

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/destination"
)

// parameters are the arguments of a call by name. If a name appears more than once, the
// first counts.
type parameters map[string]string

func (p parameters) add(name, value string) {
	if _, ok := p[name]; !ok {
		p[name] = value
	}
}

func (p parameters) size() int {
	n := 0
	for name, value := range p {
		n += len(name) + len(value)
	}
	return n
}

// parametersOf reads the arguments of a call: those of the query, and those of a body
// with a content type that the server knows.
func parametersOf(c *destination.Call) parameters {
	p := parameters{}
	for name, values := range c.Query {
		p.add(name, values[0])
	}
	switch media := c.ContentType(); {
	case strings.Contains(media, "application/json"):
		p.readJSON(c.Body)
	case strings.Contains(media, "application/x-www-form-urlencoded"):
		form, _ := url.ParseQuery(string(c.Body))
		for name, values := range form {
			p.add(name, values[0])
		}
	}
	return p
}

// readJSON reads an object as TDLib does: strings may contain raw control characters,
// other values are kept as they are, and what comes before a fault counts.
func (p parameters) readJSON(body []byte) {
	r := &reader{text: string(body)}
	if !r.take('{') || r.take('}') {
		return
	}
	for {
		r.space()
		name, ok := r.str()
		if !ok || !r.take(':') {
			return
		}
		value, ok := r.value()
		if !ok {
			return
		}
		p.add(name, value)
		if !r.take(',') {
			return
		}
	}
}

// reader reads JSON from left to right.
type reader struct {
	text string
	i    int
}

func (r *reader) space() {
	for r.i < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.i]) >= 0 {
		r.i++
	}
}

// take skips the spaces before a character, and the character.
func (r *reader) take(c byte) bool {
	r.space()
	if r.i == len(r.text) || r.text[r.i] != c {
		return false
	}
	r.i++
	return true
}

// value returns a string decoded, and any other value as it is.
func (r *reader) value() (string, bool) {
	r.space()
	if r.i < len(r.text) && r.text[r.i] == '"' {
		return r.str()
	}
	start := r.i
	if !r.skip() {
		return "", false
	}
	return r.text[start:r.i], true
}

// skip skips a number, a word, an object or an array.
func (r *reader) skip() bool {
	depth := 0
	for start := r.i; r.i < len(r.text); {
		switch c := r.text[r.i]; c {
		case '"':
			if _, ok := r.str(); !ok {
				return false
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return r.i > start
			}
			if depth--; depth == 0 {
				r.i++
				return true
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return r.i > start
			}
		}
		r.i++
	}
	return false
}

// str returns a string, decoded.
func (r *reader) str() (string, bool) {
	if r.i == len(r.text) || r.text[r.i] != '"' {
		return "", false
	}
	r.i++
	var b strings.Builder
	for r.i < len(r.text) {
		c := r.text[r.i]
		r.i++
		switch c {
		case '"':
			return b.String(), true
		case '\\':
			if !r.escape(&b) {
				return "", false
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}

func (r *reader) escape(b *strings.Builder) bool {
	if r.i == len(r.text) {
		return false
	}
	c := r.text[r.i]
	r.i++
	switch c {
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		char, ok := r.unit()
		if !ok {
			return false
		}
		if utf16.IsSurrogate(char) && strings.HasPrefix(r.text[r.i:], `\u`) {
			r.i += 2
			low, ok := r.unit()
			if !ok {
				return false
			}
			char = utf16.DecodeRune(char, low)
		}
		if utf16.IsSurrogate(char) {
			char = utf8.RuneError
		}
		b.WriteRune(char)
		return true
	}
	b.WriteByte(c)
	return true
}

// unit reads the four digits of \uXXXX.
func (r *reader) unit() (rune, bool) {
	if len(r.text)-r.i < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(r.text[r.i:r.i+4], 16, 16)
	r.i += 4
	return rune(n), err == nil
}
