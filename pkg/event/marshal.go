package event

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Marshal writes an event as an event file holds it: what {{ json . }} prints in
// Coroot, but with <, > and & unescaped, and custom fields after the built-in ones in
// the order of their keys. Document.Decode reads it back.
func Marshal(ev Event) ([]byte, error) {
	values := ev.Values()
	if values == nil {
		return nil, fmt.Errorf("the event is empty")
	}
	object, err := marshalPlain(values)
	if err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(ev.CustomFields)) {
		member, err := marshalPlain(map[string]string{key: ev.CustomFields[key]})
		if err != nil {
			return nil, err
		}
		object = slices.Concat(object[:len(object)-1], []byte(","), member[1:])
	}
	return object, nil
}

// MarshalIndent is like Marshal, indented by two spaces per level.
func MarshalIndent(ev Event) ([]byte, error) {
	object, err := Marshal(ev)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, object, "", "  "); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// marshalPlain marshals without the escapes that only HTML needs.
func marshalPlain(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
