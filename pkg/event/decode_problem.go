package event

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/buger/jsonparser"

	"github.com/hooktool/hooktool/internal/suggest"
)

// bytesPath copies a path, because the slice that is passed down while decoding
// is used again.
func bytesPath(path []any) []any { return slices.Clone(path) }

func wrongType(v value, path []any, want string) error {
	name := "the event"
	if len(path) > 0 {
		name = pathString(path)
	}
	return &fault{path: bytesPath(path), message: fmt.Sprintf("%s must be %s, not %s", name, want, typeName(v.kind))}
}

func typeName(kind jsonparser.ValueType) string {
	switch kind {
	case jsonparser.String:
		return "a string"
	case jsonparser.Number:
		return "a number"
	case jsonparser.Object:
		return "an object"
	case jsonparser.Array:
		return "a list"
	case jsonparser.Boolean:
		return "true or false"
	case jsonparser.Null:
		return "null"
	}
	return "something else"
}

func (d *decoding) warn(path []any, message, hint string) {
	d.warnings = append(d.warnings, &fault{path: bytesPath(path), message: message, hint: hint})
}

// unknown takes a key that is no field: a custom field when it is a string at
// the top level, an error otherwise.
func (d *decoding) unknown(key string, v value, path []any, known []string) error {
	here := append(path, key)
	nearest := suggest.Nearest(key, known)
	if len(path) == 0 && v.kind == jsonparser.String {
		if _, twice := d.custom[key]; twice {
			return &fault{path: bytesPath(here), atKey: true, message: fmt.Sprintf("the key %q appears twice", key)}
		}
		if d.custom == nil {
			d.custom = make(map[string]string)
		}
		d.custom[key] = unquote(v.raw)
		if nearest != "" {
			d.warnings = append(d.warnings, &fault{
				path: bytesPath(here), atKey: true, message: fmt.Sprintf("the key %q is taken as a custom field", key),
				hint: fmt.Sprintf("did you mean %q?", nearest),
			})
		}
		return nil
	}
	f := &fault{path: bytesPath(here), atKey: true, message: fmt.Sprintf("unknown key %q", key)}
	switch other := kindWithKey(key, d.kind); {
	case nearest != "":
		f.hint = fmt.Sprintf("did you mean %q?", nearest)
	case len(path) == 0 && other != "":
		f.hint = fmt.Sprintf("it belongs to events of kind %s, but this one is read as %s", other, d.kind)
	case len(path) == 0:
		f.hint = "custom fields are strings; the keys of this kind are " + strings.Join(known, ", ")
	default:
		f.hint = "the keys are " + strings.Join(known, ", ")
	}
	return f
}

// kindWithKey returns another kind that has a key at its top level.
func kindWithKey(key string, not Kind) Kind {
	for _, kind := range Kinds() {
		if kind == not {
			continue
		}
		for _, field := range Fields(kind) {
			if field.JSON == key {
				return kind
			}
		}
	}
	return ""
}

func fieldNames[T any](fields []codec[T]) []string {
	names := make([]string, len(fields))
	for i := range fields {
		names[i] = fields[i].name
	}
	return names
}

// pathString writes a path the way --set takes it: reports[0].message.
func pathString(path []any) string {
	var b strings.Builder
	for _, step := range path {
		switch step := step.(type) {
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		}
	}
	return b.String()
}

func (d *decoding) problems() []*Problem {
	var problems []*Problem
	for _, warning := range d.warnings {
		problems = append(problems, d.problem(warning))
	}
	return problems
}

// problem finds the position of a fault.
func (d *decoding) problem(f *fault) *Problem {
	offset := offsetOf(d.doc.Raw, f.path, f.atKey)
	return &Problem{Path: d.doc.Path, Pos: advance(d.doc.Pos, d.doc.Raw[:offset]), Message: f.message, Hint: f.hint}
}

// offsetOf returns where the value at a path begins in a valid JSON text, or
// its key. Of a key that appears twice it is the last one.
func offsetOf(raw []byte, path []any, atKey bool) int {
	dec := json.NewDecoder(bytes.NewReader(raw))
	found := 0
	var walk func(depth int, on bool)
	walk = func(depth int, on bool) {
		if on && depth == len(path) && !atKey {
			found = nextToken(raw, int(dec.InputOffset()))
		}
		token, err := dec.Token()
		if err != nil {
			return
		}
		delim, ok := token.(json.Delim)
		if !ok {
			return
		}
		for i := 0; dec.More(); i++ {
			step := any(i)
			if delim == '{' {
				start := nextToken(raw, int(dec.InputOffset()))
				key, err := dec.Token()
				if err != nil {
					return
				}
				step = key
				if on && atKey && depth == len(path)-1 && path[depth] == step {
					found = start
				}
			}
			walk(depth+1, on && depth < len(path) && path[depth] == step)
		}
		_, _ = dec.Token() // the closing bracket
	}
	walk(0, true)
	return found
}

// nextToken passes over what may stand between two tokens.
func nextToken(raw []byte, offset int) int {
	for offset < len(raw) && bytes.IndexByte([]byte(" \t\r\n,:"), raw[offset]) >= 0 {
		offset++
	}
	return offset
}
