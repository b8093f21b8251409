package jsontree

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Every is the step of a path to every element of an array.
const Every = "[]"

// Path returns the JSON path of the value, such as $.embeds[0].title.
func (v *Value) Path() string { return string(v.appendPath(nil, false)) }

// Place returns the path without the numbers of elements, such as $.embeds[].title. It
// is the same for all elements of an array.
func (v *Value) Place() string { return string(v.appendPath(nil, true)) }

func (v *Value) appendPath(b []byte, every bool) []byte {
	switch {
	case v == nil || v.parent == nil:
		return append(b, '$')
	case v.parent.Kind != Array:
		return AppendName(v.parent.appendPath(b, every), v.parent.Members[v.index].Key)
	case every:
		return append(v.parent.appendPath(b, every), Every...)
	}
	return appendIndex(v.parent.appendPath(b, every), v.index)
}

// AppendName appends the name of a member as a step of a path: .name if it consists of
// letters, digits, _, @ and $ and does not begin with a digit, and ["run-book"] otherwise.
func AppendName(b []byte, name string) []byte {
	if isPlain(name) {
		return append(append(b, '.'), name...)
	}
	quoted, _ := json.Marshal(name) // a string cannot fail
	return append(append(append(b, '['), quoted...), ']')
}

func isPlain(name string) bool {
	return name != "" && (name[0] < '0' || '9' < name[0]) && strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && r != '@' && r != '$' && (r < '0' || '9' < r) && (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r)
	}) < 0
}

// appendIndex appends the number of an element as a step of a path, such as [0].
func appendIndex(b []byte, i int) []byte {
	return append(strconv.AppendInt(append(b, '['), int64(i), 10), ']')
}

// Step writes the name of a member as AppendName does.
func Step(name string) string { return string(AppendName(nil, name)) }
