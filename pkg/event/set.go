package event

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
)

// Set changes one field of an event by its path, as --set PATH=VALUE does. A path is
// made of JSON names: status, reports[0].message, application.name. An index that
// equals the length of a list appends to it. For a string, the value is taken
// literally; for a list it is JSON, including null and [].
func (e *Event) Set(path, text string) error {
	root := e.Root()
	if !root.Exists() {
		return fmt.Errorf("the event is empty")
	}
	if err := root.set(path, text); err != nil {
		return fmt.Errorf("set %s: %w", path, err)
	}
	return nil
}

// set follows one step of the path.
func (p Place) set(path, text string) error {
	if path == "" {
		return p.assign(text)
	}
	if path[0] == '[' {
		return p.setElement(path, text)
	}
	path = strings.TrimPrefix(path, ".")
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		end = len(path)
	}
	name, rest := path[:end], path[end:]
	if p.Field().IsList() || len(p.Field().Fields) == 0 {
		return fmt.Errorf("%s has no field %q", p.Path, name)
	}
	var names []string
	for part := range p.Parts() {
		own := part.Path[strings.LastIndexByte(part.Path, '.')+1:]
		if own == name {
			return part.set(rest, text)
		}
		names = append(names, own)
	}
	if p.application() != nil {
		return fmt.Errorf("an application has no field %q; it has cluster_id, namespace, kind and name", name)
	}
	if nearest := words.Nearest(name, names); nearest != "" {
		return fmt.Errorf("there is no field %q; did you mean %q?", name, nearest)
	}
	return fmt.Errorf("there is no field %q; the fields are %s", name, strings.Join(names, ", "))
}

func (p Place) setElement(path, text string) error {
	number, rest, ok := strings.Cut(path[1:], "]")
	index, err := strconv.Atoi(number)
	switch {
	case !ok || err != nil || index < 0:
		return fmt.Errorf("%q is not an index such as [0]", path)
	case !p.Field().IsList():
		return fmt.Errorf("%s is not a list", p.Path)
	case index > p.Len():
		return p.beyond()
	}
	before := p.value.Interface()
	// A copy, because another event may share the list.
	list := reflect.MakeSlice(p.value.Type(), max(p.Len(), index+1), max(p.Len(), index+1))
	reflect.Copy(list, p.value)
	p.value.Set(list)
	if err := p.Element(index).set(rest, text); err != nil {
		p.value.Set(reflect.ValueOf(before))
		return err
	}
	return nil
}

// beyond is the error for an index past the one that appends an element.
func (p Place) beyond() error {
	switch n := p.Len(); n {
	case 0:
		return fmt.Errorf("%s is empty: [0] appends an element", p.Path)
	case 1:
		return fmt.Errorf("%s has 1 element: [0] changes it, and [1] appends one", p.Path)
	default:
		return fmt.Errorf("%s has %d elements: [%d] is the last, and [%d] appends one", p.Path, n, n-1, n)
	}
}

// assign sets a field to a value written as text.
func (p Place) assign(text string) error {
	if p.SetText(text) {
		return nil
	}
	if p.application() != nil {
		id, err := ParseApplicationID(text)
		if err == nil {
			p.SetApplication(id)
		}
		return err
	}
	if p.Field().Type == "bool" {
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", text)
		}
		p.SetBool(b)
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.DisallowUnknownFields()
	fresh := reflect.New(p.value.Type())
	if err := dec.Decode(fresh.Interface()); err != nil || dec.More() {
		return fmt.Errorf("%q is not JSON of the right shape: %v", text, err)
	}
	p.value.Set(fresh.Elem())
	return nil
}
