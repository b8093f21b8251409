package destination

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ValueKind is the kind of a JSON value.
type ValueKind string

// The kinds of JSON values, by the names that JSON Schema gives them.
const (
	Null    ValueKind = "null"
	Boolean ValueKind = "boolean"
	Number  ValueKind = "number"
	String  ValueKind = "string"
	Object  ValueKind = "object"
	Array   ValueKind = "array"
)

// Value is a JSON value and its place in the body. A nil Value is one that is
// not there; its methods return zero values.
type Value struct {
	Kind     ValueKind
	Start    int      // of its first byte in the body
	End      int      // behind its last byte
	Text     string   // what a string says, or the literal of a number, boolean or null
	Members  []Member // of an object, in the order of the body
	Elements []*Value // of an array

	parent *Value
	index  int  // in its parent
	raw    bool // Text is the body itself, which is no JSON
}

// Member is a member of an object.
type Member struct {
	Key      string
	KeyStart int // of the key's opening quote
	Value    *Value
}

// Get returns the value at the end of a chain of member names, nil if there is
// none. Of members with one name the last counts, as in encoding/json.
func (v *Value) Get(names ...string) *Value {
	for _, name := range names {
		v = v.member(name)
	}
	return v
}

func (v *Value) member(name string) *Value {
	if v == nil {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Key == name {
			return v.Members[i].Value
		}
	}
	return nil
}

// distinct returns the members that count: of those with one name the last.
func (v *Value) distinct() []Member {
	if len(v.Members) < 2 {
		return v.Members
	}
	last := make(map[string]int, len(v.Members))
	for i, member := range v.Members {
		last[member.Key] = i
	}
	if len(last) == len(v.Members) {
		return v.Members
	}
	var members []Member
	for i, member := range v.Members {
		if last[member.Key] == i {
			members = append(members, member)
		}
	}
	return members
}

// Str returns what a string says, and "" for every other value.
func (v *Value) Str() string {
	if v == nil || v.Kind != String {
		return ""
	}
	return v.Text
}

// Parent returns the object or array that the value is in, nil for the root.
func (v *Value) Parent() *Value {
	if v == nil {
		return nil
	}
	return v.parent
}

// Elems returns the elements of an array.
func (v *Value) Elems() []*Value {
	if v == nil {
		return nil
	}
	return v.Elements
}

// Is reports whether the value is there and of a kind.
func (v *Value) Is(kind ValueKind) bool { return v != nil && v.Kind == kind }

// Path returns the JSON path of the value, such as $.embeds[0].title.
func (v *Value) Path() string {
	if v == nil || v.parent == nil {
		return "$"
	}
	if v.parent.Kind == Array {
		return v.parent.Path() + "[" + strconv.Itoa(v.index) + "]"
	}
	return v.parent.Path() + pathStep(v.parent.Members[v.index].Key)
}

// pathStep writes the name of a member as a step of a JSON path.
func pathStep(key string) string {
	plain := key != "" && strings.IndexFunc(key, func(r rune) bool {
		return r != '_' && r != '@' && r != '$' && (r < '0' || '9' < r) && (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r)
	}) < 0
	if plain {
		return "." + key
	}
	quoted, _ := json.Marshal(key) // a string cannot fail
	return "[" + string(quoted) + "]"
}

// plainValue returns the value as encoding/json would decode it with UseNumber.
func (v *Value) plainValue() any {
	switch v.Kind {
	case Object:
		m := make(map[string]any, len(v.Members))
		for _, member := range v.Members {
			m[member.Key] = member.Value.plainValue()
		}
		return m
	case Array:
		list := make([]any, len(v.Elements))
		for i, element := range v.Elements {
			list[i] = element.plainValue()
		}
		return list
	case String:
		return v.Text
	case Number:
		return json.Number(v.Text)
	case Boolean:
		return v.Text == "true"
	}
	return nil
}

// syntaxFault is where and why a body is no JSON.
type syntaxFault struct {
	offset  int
	message string
}

// parseValue reads a body as JSON (RFC 8259).
func parseValue(body []byte) (*Value, *syntaxFault) {
	if !json.Valid(body) {
		var whole json.RawMessage
		err := json.Unmarshal(body, &whole)
		fault := &syntaxFault{len(body), err.Error()}
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			fault.offset = int(syntax.Offset)
			if fault.offset > 0 && syntax.Error() != "unexpected end of JSON input" {
				fault.offset-- // the offset is behind the byte
			}
		}
		fault.offset = min(max(fault.offset, 0), len(body))
		return nil, fault
	}
	b := &builder{body: body}
	b.space()
	return b.value(nil, 0), nil
}

// builder makes values of a body that is known to be valid JSON.
type builder struct {
	body []byte
	pos  int
}

func (b *builder) space() {
	for b.pos < len(b.body) {
		switch b.body[b.pos] {
		case ' ', '\t', '\r', '\n':
			b.pos++
		default:
			return
		}
	}
}

func (b *builder) value(parent *Value, index int) *Value {
	v := &Value{Start: b.pos, parent: parent, index: index}
	switch b.body[b.pos] {
	case '{':
		b.object(v)
	case '[':
		b.array(v)
	case '"':
		v.Kind, v.Text = String, b.str()
	default:
		b.literal(v)
	}
	v.End = b.pos
	b.space()
	return v
}

func (b *builder) object(v *Value) {
	v.Kind = Object
	b.pos++
	for b.space(); b.body[b.pos] != '}'; {
		member := Member{KeyStart: b.pos, Key: b.str()}
		b.space()
		b.pos++ // the colon
		b.space()
		v.Members = append(v.Members, member)
		last := len(v.Members) - 1
		v.Members[last].Value = b.value(v, last)
		b.comma()
	}
	b.pos++
}

func (b *builder) array(v *Value) {
	v.Kind = Array
	b.pos++
	for b.space(); b.body[b.pos] != ']'; {
		v.Elements = append(v.Elements, b.value(v, len(v.Elements)))
		b.comma()
	}
	b.pos++
}

func (b *builder) comma() {
	if b.body[b.pos] == ',' {
		b.pos++
		b.space()
	}
}

func (b *builder) str() string {
	start := b.pos
	escapes := false
	for b.pos++; b.body[b.pos] != '"'; b.pos++ {
		if b.body[b.pos] == '\\' {
			b.pos++
			escapes = true
		}
	}
	b.pos++
	if inner := b.body[start+1 : b.pos-1]; utf8.Valid(inner) { // otherwise it is replaced
		if !escapes {
			return string(inner)
		}
		if text, ok := unescape(inner); ok {
			return text
		}
	}
	return decodeString(b.body[start:b.pos])
}

// unescape decodes what stands within quotes, not ok when there is an escape of
// more than one letter.
func unescape(inner []byte) (string, bool) {
	text := make([]byte, 0, len(inner))
	for i := 0; i < len(inner); i++ {
		if inner[i] != '\\' {
			text = append(text, inner[i])
			continue
		}
		i++
		escape := strings.IndexByte(`"\/bfnrt`, inner[i])
		if escape < 0 {
			return "", false
		}
		text = append(text, "\"\\/\b\f\n\r\t"[escape])
	}
	return string(text), true
}

// decodeString decodes a quoted string. Raw control characters in it stand for
// themselves.
func decodeString(quoted []byte) string {
	var text string
	if json.Unmarshal(quoted, &text) == nil {
		return text
	}
	escaped := make([]byte, 0, len(quoted)+16)
	for _, c := range quoted {
		if c < ' ' {
			escaped = fmt.Appendf(escaped, "\\u%04x", c)
		} else {
			escaped = append(escaped, c)
		}
	}
	_ = json.Unmarshal(escaped, &text) // known to be valid
	return text
}

func (b *builder) literal(v *Value) {
	for b.pos < len(b.body) && !strings.ContainsRune(" \t\r\n,]}", rune(b.body[b.pos])) {
		b.pos++
	}
	v.Text = string(b.body[v.Start:b.pos])
	switch v.Text[0] {
	case 't', 'f':
		v.Kind = Boolean
	case 'n':
		v.Kind = Null
	default:
		v.Kind = Number
	}
}

// bodyOffset returns where in the body the byte of a string's text is that lies
// at an offset from the text's beginning.
func bodyOffset(body []byte, v *Value, offset int) int {
	if v.raw {
		return min(offset, v.End)
	}
	if v.Kind != String {
		return v.Start
	}
	pos, end := v.Start+1, v.End-1
	for done := 0; pos < end; {
		next := pos + 1
		switch {
		case body[pos] != '\\':
		case body[pos+1] != 'u':
			next = pos + 2
		case isSurrogatePair(body[pos:end]):
			next = pos + 12
		default:
			next = pos + 6
		}
		size := next - pos
		if size > 1 {
			var text string
			_ = json.Unmarshal([]byte(`"`+string(body[pos:next])+`"`), &text) // a part of a valid string
			size = len(text)
		}
		if done+size > offset {
			return pos
		}
		done += size
		pos = next
	}
	return end
}

func isSurrogatePair(raw []byte) bool {
	if len(raw) < 12 || raw[6] != '\\' || raw[7] != 'u' {
		return false
	}
	high, err1 := strconv.ParseUint(string(raw[2:6]), 16, 16)
	low, err2 := strconv.ParseUint(string(raw[8:12]), 16, 16)
	return err1 == nil && err2 == nil && 0xD800 <= high && high < 0xDC00 && 0xDC00 <= low && low < 0xE000
}
