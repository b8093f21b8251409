package event

import (
	"encoding/binary"
	"maps"
	"reflect"
	"slices"
)

// AppendKey appends a text that is the same for events that are equal in some fields, and
// for no others; has tells which, by their names in templates. Custom fields always
// count. A list of no elements does not equal a missing one, because JSON tells them apart.
func (e Event) AppendKey(key []byte, has func(field string) bool) []byte {
	key = appendText(key, e.Kind().String())
	value, fields := e.data()
	for i := range fields {
		if has(fields[i].Name) {
			key = appendValue(key, value.Field(fields[i].index))
		}
	}
	if len(e.CustomFields) == 0 {
		return key
	}
	for _, name := range slices.Sorted(maps.Keys(e.CustomFields)) {
		key = appendText(appendText(key, name), e.CustomFields[name])
	}
	return key
}

// appendValue appends the value of a field, so that it ends where it ends.
func appendValue(key []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		return appendText(key, v.String())
	case reflect.Slice:
		if v.IsNil() {
			return append(key, 0)
		}
		key = binary.AppendUvarint(key, uint64(v.Len())+1)
		for i := range v.Len() {
			key = appendValue(key, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			key = appendValue(key, v.Field(i))
		}
	case reflect.Bool:
		if v.Bool() {
			return append(key, 1)
		}
		return append(key, 0)
	}
	return key
}

func appendText(key []byte, text string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(text))), text...)
}
