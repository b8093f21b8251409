package event

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Set changes one field of an event by its path, as --set PATH=VALUE does. A
// path is made of JSON names: status, reports[0].message, application.name. An
// index that equals the length of a list appends to it. A value is taken as it
// stands for strings; for lists it is JSON, null or [] included.
func (e *Event) Set(path, text string) error {
	var target reflect.Value
	switch {
	case e.Incident != nil:
		target = reflect.ValueOf(e.Incident).Elem()
	case e.Deployment != nil:
		target = reflect.ValueOf(e.Deployment).Elem()
	case e.Alert != nil:
		target = reflect.ValueOf(e.Alert).Elem()
	default:
		return fmt.Errorf("the event is empty")
	}
	if err := set(target, path, text, ""); err != nil {
		return fmt.Errorf("set %s: %w", path, err)
	}
	return nil
}

// set walks down one step of the path, whose walked part is only for messages.
func set(target reflect.Value, path, text, walked string) error {
	if path == "" {
		return assign(target, text)
	}
	if path[0] == '[' {
		return setElement(target, path, text, walked)
	}
	path = strings.TrimPrefix(path, ".")
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		end = len(path)
	}
	name, rest := path[:end], path[end:]
	if id, ok := target.Addr().Interface().(*ApplicationID); ok {
		return setApplication(id, name+rest, text)
	}
	if target.Kind() != reflect.Struct {
		return fmt.Errorf("%s has no field %q", strings.TrimPrefix(walked, "."), name)
	}
	names := make([]string, target.NumField())
	for i := range target.NumField() {
		names[i], _, _ = strings.Cut(target.Type().Field(i).Tag.Get("json"), ",")
		if names[i] == name {
			return set(target.Field(i), rest, text, walked+"."+name)
		}
	}
	if nearest := words.Nearest(name, names); nearest != "" {
		return fmt.Errorf("there is no field %q; did you mean %q?", name, nearest)
	}
	return fmt.Errorf("there is no field %q; the fields are %s", name, strings.Join(names, ", "))
}

func setElement(target reflect.Value, path, text, walked string) error {
	number, rest, ok := strings.Cut(path[1:], "]")
	index, err := strconv.Atoi(number)
	switch {
	case !ok || err != nil || index < 0:
		return fmt.Errorf("%q is no index such as [0]", path)
	case target.Kind() != reflect.Slice:
		return fmt.Errorf("%s is no list", strings.TrimPrefix(walked, "."))
	case index > target.Len():
		return fmt.Errorf("%s has %d elements, so the highest index is [%d]", strings.TrimPrefix(walked, "."), target.Len(), target.Len())
	}
	// A copy, because the list may belong to a sample.
	list := reflect.MakeSlice(target.Type(), max(target.Len(), index+1), max(target.Len(), index+1))
	reflect.Copy(list, target)
	if err := set(list.Index(index), rest, text, walked+"["+number+"]"); err != nil {
		return err
	}
	target.Set(list)
	return nil
}

// assign sets a field to a value written as text.
func assign(target reflect.Value, text string) error {
	switch v := target.Addr().Interface().(type) {
	case *string:
		*v = text
	case *bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		*v = b
	case *ApplicationID:
		id, err := ParseApplicationID(text)
		if err != nil {
			return err
		}
		*v = id
	default:
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		fresh := reflect.New(target.Type())
		if err := dec.Decode(fresh.Interface()); err != nil || dec.More() {
			return fmt.Errorf("%q is no JSON of the right shape: %v", text, err)
		}
		target.Set(fresh.Elem())
	}
	return nil
}

func setApplication(id *ApplicationID, name, text string) error {
	switch name {
	case "cluster_id":
		id.ClusterId, id.threeParts = text, false
	case "namespace":
		id.Namespace = text
	case "kind":
		id.Kind = ApplicationKind(text)
	case "name":
		id.Name = text
	default:
		return fmt.Errorf("an application has no field %q; it has cluster_id, namespace, kind and name", name)
	}
	return nil
}
