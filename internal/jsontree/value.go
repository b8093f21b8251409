package jsontree

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Kind is the kind of a JSON value.
type Kind string

// The kinds of JSON values, by the names that JSON Schema gives them.
const (
	Null    Kind = "null"
	Boolean Kind = "boolean"
	Number  Kind = "number"
	String  Kind = "string"
	Object  Kind = "object"
	Array   Kind = "array"
)

// Value is a JSON value and its place in the text. A nil Value is an absent one; its
// methods return zero values.
type Value struct {
	Kind     Kind
	Start    int      // of its first byte in the text
	End      int      // after its last byte
	Text     string   // the value of a string, or the literal of a number, boolean or null
	Members  []Member // of an object, in the order of the text; keys may repeat
	Elements []*Value // of an array

	parent *Value
	index  int  // in its parent
	raw    bool // the value is the text itself, which is not JSON
}

// Member is a member of an object.
type Member struct {
	Key              string
	KeyStart, KeyEnd int // of the key in its quotes
	Value            *Value
}

// Raw returns a text that is not JSON as one string, without quotes and escapes.
func Raw(text []byte) *Value {
	return &Value{Kind: String, End: len(text), Text: string(text), raw: true}
}

// Get returns the value at the end of a chain of member names, or nil if there is none.
// Of members with the same name the last counts, as in encoding/json.
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

// First returns the first of several members that is present.
func (v *Value) First(names ...string) *Value {
	for _, name := range names {
		if found := v.member(name); found != nil {
			return found
		}
	}
	return nil
}

// Distinct returns the members that count: of those with the same name, the last.
func (v *Value) Distinct() []Member {
	if v == nil {
		return nil
	}
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

// Elems returns the elements of an array.
func (v *Value) Elems() []*Value {
	if v == nil {
		return nil
	}
	return v.Elements
}

// Parent returns the object or array that the value is in, nil for the root.
func (v *Value) Parent() *Value {
	if v == nil {
		return nil
	}
	return v.parent
}

// Is reports whether the value is present and of a kind.
func (v *Value) Is(kind Kind) bool { return v != nil && v.Kind == kind }

// True reports whether the value is the literal true.
func (v *Value) True() bool { return v.Is(Boolean) && v.Text == "true" }

// Str returns the value of a string, and "" for every other value.
func (v *Value) Str() string {
	if !v.Is(String) {
		return ""
	}
	return v.Text
}

// Scalar returns the value of a string or the literal of a number, and "" for every
// other value.
func (v *Value) Scalar() string {
	if v.Is(String) || v.Is(Number) {
		return v.Text
	}
	return ""
}

// Walk calls visit for the value and everything below it, each with the name of the
// member that it is in, or "" if it is in none.
func (v *Value) Walk(visit func(key string, v *Value)) {
	if v != nil {
		v.walk("", visit)
	}
}

func (v *Value) walk(key string, visit func(key string, v *Value)) {
	visit(key, v)
	for _, member := range v.Members {
		member.Value.walk(member.Key, visit)
	}
	for _, element := range v.Elements {
		element.walk(key, visit)
	}
}

// Plain returns the value as encoding/json decodes it into an any with UseNumber.
func (v *Value) Plain() any {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case Object:
		m := make(map[string]any, len(v.Members))
		for _, member := range v.Members {
			m[member.Key] = member.Value.Plain()
		}
		return m
	case Array:
		list := make([]any, len(v.Elements))
		for i, element := range v.Elements {
			list[i] = element.Plain()
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

// AppendJSON appends the value as JSON. A number that was cut off is null.
func (v *Value) AppendJSON(b []byte) []byte {
	switch v.Kind {
	case Object:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.Key), ':')
			b = m.Value.AppendJSON(b)
		}
		return append(b, '}')
	case Array:
		b = append(b, '[')
		for i, element := range v.Elements {
			if i > 0 {
				b = append(b, ',')
			}
			b = element.AppendJSON(b)
		}
		return append(b, ']')
	case String:
		return appendString(b, v.Text)
	}
	if !json.Valid([]byte(v.Text)) {
		return append(b, "null"...)
	}
	return append(b, v.Text...)
}

// AppendIndented appends the value as JSON with one member or element a line.
func (v *Value) AppendIndented(b []byte, indent string) []byte {
	var buf bytes.Buffer
	if err := json.Indent(&buf, v.AppendJSON(nil), "", indent); err != nil { // the literal is valid
		return v.AppendJSON(b)
	}
	return append(b, buf.Bytes()...)
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string cannot fail
	return append(b, quoted...)
}

// Equal reports whether two values are the same, ignoring the order of members. equal
// compares numbers.
func Equal(a, b *Value, equal func(a, b *Value) bool) bool {
	if a == nil || b == nil || a.Kind != b.Kind {
		return a == b
	}
	switch a.Kind {
	case Number:
		return equal(a, b)
	case Array:
		return slices.EqualFunc(a.Elements, b.Elements, func(x, y *Value) bool { return Equal(x, y, equal) })
	case Object:
		members := a.Distinct()
		return len(members) == len(b.Distinct()) && !slices.ContainsFunc(members, func(m Member) bool {
			return !Equal(m.Value, b.member(m.Key), equal)
		})
	}
	return a.Text == b.Text
}
