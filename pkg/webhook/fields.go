package webhook

import (
	"errors"
	"fmt"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// CustomFieldError reports a custom field that would crash Coroot's notifier:
// reflect.StructOf panics there, and nothing recovers.
type CustomFieldError struct {
	Key    string // the key as the user wrote it
	Reason string // why it crashes
	Hint   string // what would be right
}

func (e *CustomFieldError) Error() string {
	return fmt.Sprintf("custom field %q would crash Coroot: %s", e.Key, e.Reason)
}

// Problem returns the error with its hint.
func (e *CustomFieldError) Problem() *source.Problem {
	return &source.Problem{Message: e.Error(), Hint: e.Hint, Err: e}
}

// Data returns the dot that Coroot passes to the template of an event: the
// event's values, and when there are custom fields a struct that has them
// after the built-in fields.
//
// The rules are Coroot's (notifications/webhook.go, since 1.19.1): the first byte of a
// key is upper-cased to make the field's name; a key whose name is that of a built-in
// field is dropped (the built-in field wins); a key that equals the JSON name of a
// built-in field but not its Go name hides both from {{ json . }}; the empty key is
// ignored. A key that is not an exported Go identifier, or two keys that give one name,
// are a *CustomFieldError.
//
// Coroot appends the fields in no fixed order. Data sorts them by key.
func Data(ev event.Event) (any, error) {
	values := ev.Values()
	if values == nil {
		return nil, fmt.Errorf("the event is empty")
	}
	if len(ev.CustomFields) == 0 {
		return values, nil
	}
	builtin := reflect.ValueOf(values)
	typ, names, err := DataType(ev.Kind(), slices.Collect(maps.Keys(ev.CustomFields)))
	if err != nil {
		return nil, err
	}
	data := reflect.New(typ).Elem()
	for i := range builtin.NumField() {
		data.Field(i).Set(builtin.Field(i))
	}
	for i, key := range names {
		data.Field(builtin.NumField() + i).SetString(ev.CustomFields[key])
	}
	return data.Interface(), nil
}

// DataType returns the Go type of the dot for events of a kind with custom fields of
// these keys, and the keys that become fields, sorted. The errors are those of Data.
func DataType(kind event.Kind, keys []string) (reflect.Type, []string, error) {
	base := event.Type(kind)
	if base == nil {
		return nil, nil, fmt.Errorf("unknown kind %q", kind)
	}
	if len(keys) == 0 {
		return base, nil, nil
	}
	keys = slices.Sorted(slices.Values(keys))
	id := dataTypeID{kind, len(keys), strings.Join(keys, "\x00")} // with their number, because a wrong key can contain anything
	if known, ok := dataTypes.Load(id); ok {
		d := known.(dataType)
		return d.typ, slices.Clip(d.used), nil
	}
	names := NewFieldNames(kind)
	var used []string
	for _, key := range keys {
		field, err := names.Add(key)
		if err != nil {
			return nil, nil, err
		}
		if field {
			used = append(used, key)
		}
	}
	fields := reflect.VisibleFields(base)
	for _, key := range used {
		fields = append(fields, reflect.StructField{
			Name: FieldName(key), Type: reflect.TypeFor[string](), Tag: reflect.StructTag(fmt.Sprintf("json:%q", key)),
		})
	}
	d := dataType{reflect.StructOf(fields), used}
	dataTypes.Store(id, d)
	return d.typ, slices.Clip(d.used), nil
}

// dataTypes remembers the types with custom fields, because making one takes longer than
// executing a small template. Package reflect keeps them, too.
var dataTypes sync.Map // from dataTypeID to dataType

type (
	dataTypeID struct {
		kind   event.Kind
		number int
		keys   string // sorted
	}
	dataType struct {
		typ  reflect.Type
		used []string
	}
)

// FieldNames are the names of the fields of the dot, to which the keys of custom fields
// are added one by one.
type FieldNames struct {
	known bool
	taken map[string]string // from the field's name to the key that it was made from
}

// NewFieldNames returns the names of the built-in fields of a kind.
func NewFieldNames(kind event.Kind) *FieldNames {
	base := event.Type(kind)
	n := &FieldNames{base != nil, map[string]string{}}
	if n.known {
		for i := range base.NumField() {
			n.taken[base.Field(i).Name] = ""
		}
	}
	return n
}

// Try reports whether a key would become a field, with the errors of Data.
func (n *FieldNames) Try(key string) (field bool, err error) {
	if !n.known {
		return false, errors.New("unknown kind of event")
	}
	if key == "" {
		return false, nil
	}
	name := FieldName(key)
	other, ok := n.taken[name]
	if ok && other == "" {
		return false, nil // the built-in field wins
	}
	return true, checkFieldName(key, name, other)
}

// Add is Try, and adds the key if it becomes a field.
func (n *FieldNames) Add(key string) (field bool, err error) {
	field, err = n.Try(key)
	if field && err == nil {
		n.taken[FieldName(key)] = key
	}
	return field, err
}

// UsableKeys returns those keys of custom fields that do not crash Coroot together with
// the ones before them.
func UsableKeys(kind event.Kind, keys []string) []string {
	names := NewFieldNames(kind)
	var usable []string
	for _, key := range keys {
		if _, err := names.Add(key); err == nil {
			usable = append(usable, key)
		}
	}
	return usable
}

// FieldName returns the name by which a template reaches the custom field of a
// key: the key with its first byte in upper case.
func FieldName(key string) string {
	if key == "" {
		return ""
	}
	return strings.ToUpper(key[:1]) + key[1:]
}

// checkFieldName finds what would make reflect.StructOf panic for a field name made
// from a key. other is the key that already has this name.
func checkFieldName(key, name, other string) error {
	fail := func(reason, hint string) error {
		return &CustomFieldError{Key: key, Reason: reason, Hint: hint}
	}
	switch {
	case other != "":
		return fail(fmt.Sprintf("it has the same field name as %q: %q", other, name), "rename one of the two")
	case !token.IsIdentifier(name):
		return fail(fmt.Sprintf("%q is not a Go identifier", name), "use letters, digits and _ only, and begin with an ASCII letter, such as "+suggestKey(key))
	case !token.IsExported(name):
		return fail(fmt.Sprintf("%q is not exported", name), "begin with an ASCII letter, such as "+suggestKey(key))
	}
	return nil
}

// suggestKey turns a key into one that Coroot accepts, quoted.
func suggestKey(key string) string {
	var b strings.Builder
	for _, r := range key {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	name := strings.TrimRight(b.String(), "_")
	if name == "" || unicode.IsDigit(rune(name[0])) {
		name = "field_" + name
	}
	return fmt.Sprintf("%q", strings.TrimRight(name, "_"))
}
