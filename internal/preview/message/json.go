package message

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ValueType is the type of a JSON value.
type ValueType int

// The types of JSON values. Invalid is that of a nil Value.
const (
	Invalid ValueType = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is a JSON value with its members in the order of the text.
type Value struct {
	Type       ValueType
	Text       string // of a string, decoded; of a number or a word, as it stands
	Members    []Member
	Items      []*Value
	Start, End int // byte offsets in the text
}

// Member is a member of an object. A key may be there twice.
type Member struct {
	Key        string
	Start, End int // byte offsets of the key in its quotes
	Value      *Value
}

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset  int // byte offset
	Message string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte offset %d", e.Message, e.Offset) }

// maxDepth bounds how deep values nest. No destination takes more.
const maxDepth = 100

// ParseJSON reads a JSON text as far as it can be read. With an error it returns
// what stands before the place of the error, with lists and objects closed: what
// a lenient receiver goes by, and what a person wants to see of a broken body.
// Raw control characters in strings are kept and reading goes on; the first of
// them is the error if there is no worse one. The value is nil for a text that
// does not begin with one.
func ParseJSON(text []byte) (*Value, *SyntaxError) {
	p := &jsonParser{text: string(text)}
	p.space()
	v := p.value(0)
	if p.fatal == nil {
		p.space()
		if p.pos < len(p.text) {
			p.fail("text after the end of the JSON value")
		}
	}
	if p.fatal != nil {
		return v, p.fatal
	}
	return v, p.control
}

type jsonParser struct {
	text    string
	pos     int
	fatal   *SyntaxError // nothing is read behind it
	control *SyntaxError // the first raw control character
}

func (p *jsonParser) fail(format string, args ...any) {
	if p.fatal == nil {
		p.fatal = &SyntaxError{Offset: p.pos, Message: fmt.Sprintf(format, args...)}
	}
}

func (p *jsonParser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// found describes what stands where something else should, for messages.
func (p *jsonParser) found() string {
	if p.pos >= len(p.text) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return fmt.Sprintf("%q", r)
}

func (p *jsonParser) value(depth int) *Value {
	if depth > maxDepth {
		p.fail("the values nest deeper than %d", maxDepth)
		return nil
	}
	if p.pos >= len(p.text) {
		p.fail("expected a value, found the end of the text")
		return nil
	}
	v := &Value{Start: p.pos}
	switch c := p.text[p.pos]; {
	case c == '{':
		v.Type = Object
		p.object(v, depth)
	case c == '[':
		v.Type = Array
		p.array(v, depth)
	case c == '"':
		v.Type = String
		v.Text = p.string()
	case c == '-' || c >= '0' && c <= '9':
		v.Type = Number
		v.Text = p.number()
	default:
		if !p.word(v) {
			p.fail("expected a value, found %s", p.found())
			return nil
		}
	}
	v.End = p.pos
	return v
}

// list reads what stands between brackets, one element at a time.
func (p *jsonParser) list(end byte, element func()) {
	p.pos++
	p.space()
	if p.pos < len(p.text) && p.text[p.pos] == end {
		p.pos++
		return
	}
	for p.fatal == nil {
		element()
		if p.fatal != nil {
			return
		}
		p.space()
		switch {
		case p.pos < len(p.text) && p.text[p.pos] == ',':
			p.pos++
			p.space()
		case p.pos < len(p.text) && p.text[p.pos] == end:
			p.pos++
			return
		default:
			p.fail("expected ',' or %q, found %s", end, p.found())
		}
	}
}

func (p *jsonParser) array(v *Value, depth int) {
	p.list(']', func() {
		if item := p.value(depth + 1); item != nil {
			v.Items = append(v.Items, item)
		}
	})
}

func (p *jsonParser) object(v *Value, depth int) {
	p.list('}', func() {
		start := p.pos
		if p.pos >= len(p.text) || p.text[p.pos] != '"' {
			p.fail("expected a key in quotes, found %s", p.found())
			return
		}
		key := p.string()
		end := p.pos
		p.space()
		if p.fatal == nil && (p.pos >= len(p.text) || p.text[p.pos] != ':') {
			p.fail("expected ':' after a key, found %s", p.found())
		}
		if p.fatal != nil {
			return
		}
		p.pos++
		p.space()
		if member := p.value(depth + 1); member != nil {
			v.Members = append(v.Members, Member{Key: key, Start: start, End: end, Value: member})
		}
	})
}

// word reads true, false or null.
func (p *jsonParser) word(v *Value) bool {
	for _, word := range []string{"true", "false", "null"} {
		if p.skip(word) {
			v.Type, v.Text = Bool, word
			if word == "null" {
				v.Type = Null
			}
			return true
		}
	}
	return false
}

// number reads a number of RFC 8259: [-] int [frac] [exp].
func (p *jsonParser) number() string {
	start := p.pos
	p.skip("-")
	if !p.skip("0") {
		p.digits()
	}
	if p.skip(".") {
		p.digits()
	}
	if p.skip("e") || p.skip("E") {
		if !p.skip("+") {
			p.skip("-")
		}
		p.digits()
	}
	return p.text[start:p.pos]
}

func (p *jsonParser) skip(s string) bool {
	if !strings.HasPrefix(p.text[p.pos:], s) {
		return false
	}
	p.pos += len(s)
	return true
}

func (p *jsonParser) digits() {
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		p.pos++
	}
	if p.pos == start {
		p.fail("expected a digit, found %s", p.found())
	}
}

// string reads a string and decodes it. One without an end is taken up to the
// end of the text.
func (p *jsonParser) string() string {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != '"' && p.text[p.pos] != '\\' && p.text[p.pos] >= ' ' {
		p.pos++
	}
	if p.pos < len(p.text) && p.text[p.pos] == '"' { // nothing to decode
		p.pos++
		return validUTF8(p.text[start : p.pos-1])
	}
	var b strings.Builder
	b.WriteString(p.text[start:p.pos])
	for p.pos < len(p.text) && p.fatal == nil {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			return validUTF8(b.String())
		case c == '\\':
			p.escape(&b)
		default:
			if c < ' ' && p.control == nil {
				p.control = &SyntaxError{Offset: p.pos, Message: fmt.Sprintf("raw control character %q in a string", c)}
			}
			b.WriteByte(c)
			p.pos++
		}
	}
	p.fail("a string has no end")
	return validUTF8(b.String())
}

// validUTF8 replaces each byte that is no UTF-8, as encoding/json does.
func validUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// escape decodes the escape that begins here.
func (p *jsonParser) escape(b *strings.Builder) {
	if p.pos+1 >= len(p.text) {
		p.fail("a string has no end")
		return
	}
	const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	c := p.text[p.pos+1]
	if i := strings.IndexByte(from, c); i >= 0 {
		b.WriteByte(to[i])
		p.pos += 2
		return
	}
	unit, ok := p.unicode(p.pos)
	if !ok {
		p.fail("invalid escape %q in a string", p.text[p.pos:min(p.pos+2, len(p.text))])
		return
	}
	p.pos += 6
	if utf16.IsSurrogate(unit) {
		if low, ok := p.unicode(p.pos); ok {
			if r := utf16.DecodeRune(unit, low); r != utf8.RuneError {
				b.WriteRune(r)
				p.pos += 6
				return
			}
		}
		unit = utf8.RuneError
	}
	b.WriteRune(unit)
}

// unicode reads the escape \uXXXX at an offset.
func (p *jsonParser) unicode(at int) (unit rune, ok bool) {
	if at+6 > len(p.text) || p.text[at:at+2] != `\u` {
		return 0, false
	}
	for _, c := range []byte(p.text[at+2 : at+6]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		unit = unit<<4 | rune(digit)
	}
	return unit, true
}
