package jsontree

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string and decodes it. A string without an end extends to the end of
// the text.
func (p *parser) string() string {
	p.pos++
	start := p.pos
	p.pos += plain(p.text[start:])
	if p.at('"') { // nothing to decode
		p.pos++
		return validUTF8(p.text[start : p.pos-1])
	}
	var b strings.Builder
	b.Grow(max(strings.IndexByte(p.text[p.pos:], '"'), 0) + p.pos - start) // a guess that mostly holds
	b.WriteString(p.text[start:p.pos])
	for p.pos < len(p.text) && p.fatal == nil {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			return validUTF8(b.String())
		case c == '\\':
			p.escape(&b)
		default:
			if c < ' ' && len(p.tree.Controls) < MaxControls {
				p.tree.Controls = append(p.tree.Controls, p.pos)
			}
			end := p.pos + 1 + plain(p.text[p.pos+1:])
			b.WriteString(p.text[p.pos:end])
			p.pos = end
		}
	}
	p.fail("a string has no end")
	return validUTF8(b.String())
}

// plain returns how many bytes of a string come before a quote, a backslash or a control
// character.
func plain(text string) int {
	for i := range len(text) {
		if c := text[i]; c == '"' || c == '\\' || c < ' ' {
			return i
		}
	}
	return len(text)
}

// validUTF8 replaces each byte that is not valid UTF-8, as encoding/json does.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// escape decodes the escape at the current offset.
func (p *parser) escape(b *strings.Builder) {
	size, r := unescape(p.text[p.pos:])
	switch {
	case p.pos+1 >= len(p.text):
		p.fail("a string has no end")
	case size == 0:
		_, next := utf8.DecodeRuneInString(p.text[p.pos+1:])
		p.fail("invalid escape %q in a string", p.text[p.pos:p.pos+1+next])
	default:
		b.WriteRune(r)
		p.pos += size
	}
}

// unescape decodes the escape with which a text begins, and returns its length, or 0 if
// it is not valid. Half of a surrogate pair becomes U+FFFD.
func unescape(text string) (size int, r rune) {
	if len(text) < 2 {
		return 0, 0
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if i := strings.IndexByte(from, text[1]); i >= 0 {
		return 2, rune(to[i])
	}
	unit, ok := unicodeEscape(text)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(unit) {
		return 6, unit
	}
	if low, ok := unicodeEscape(text[6:]); ok {
		if r := utf16.DecodeRune(unit, low); r != utf8.RuneError {
			return 12, r
		}
	}
	return 6, utf8.RuneError
}

// unicodeEscape reads the escape \uXXXX with which a text begins.
func unicodeEscape(text string) (unit rune, ok bool) {
	if len(text) < 6 || text[:2] != `\u` {
		return 0, false
	}
	for _, c := range []byte(text[2:6]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		unit = unit<<4 | rune(digit)
	}
	return unit, true
}

// Offset returns the offset in the text of a byte of a string's value. For other values
// it is where they begin.
func (v *Value) Offset(text []byte, offset int) int {
	if v.raw {
		return min(offset, v.End)
	}
	if v.Kind != String {
		return v.Start
	}
	pos, end := v.Start+1, v.End-1
	for done := 0; pos < end; {
		size, says := 1, 1
		if c := text[pos]; c == '\\' {
			var r rune
			if size, r = unescape(string(text[pos:min(pos+12, end)])); size == 0 { // an escape that was not read
				return pos
			}
			says = utf8.RuneLen(r)
		} else if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(text[pos:end])
			if r == utf8.RuneError && n == 1 { // it was replaced
				says = utf8.RuneLen(r)
			} else if done+n > offset { // within a character
				return pos + offset - done
			} else {
				size, says = n, n
			}
		}
		if done+says > offset {
			return pos
		}
		done += says
		pos += size
	}
	return end
}
