package destination

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// SchemaFaults returns what the keywords of JSON Schema find in a body, each as the
// JSON Pointer of the value and the keyword. What a destination does with null is
// left out, since JSON Schema cannot say it.
func (d *Destination) SchemaFaults(body []byte) []string {
	root, syntax := parseValue(body)
	if syntax != nil {
		return []string{"syntax"}
	}
	schema, err := plainSchema(d)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for _, f := range schema.faults(root) {
		all = append(all, f.at.pointer()+" "+f.keyword)
	}
	return all
}

// plainSchema compiles a schema without the keywords that JSON Schema does not
// have.
func plainSchema(d *Destination) (*schema, error) {
	if s, ok := plainSchemas.Load(d); ok {
		return s.(*schema), nil //nolint:forcetypeassert // nothing else is stored
	}
	root, syntax := parseValue(d.Schema())
	if syntax != nil {
		return nil, errors.New(syntax.message)
	}
	root.walk("", func(_ string, v *Value) {
		v.Members = slices.DeleteFunc(v.Members, func(m Member) bool { return strings.HasPrefix(m.Key, "x-") })
	})
	c := &compiler{root: root, done: map[*Value]*schema{}}
	s, err := c.schema(root)
	plainSchemas.Store(d, s)
	return s, err
}

var plainSchemas sync.Map // of *Destination to *schema

func (v *Value) pointer() string {
	var steps []string
	for ; v.parent != nil; v = v.parent {
		step := strconv.Itoa(v.index)
		if v.parent.Kind == Object {
			step = v.parent.Members[v.index].Key
		}
		steps = append([]string{step}, steps...)
	}
	return strings.Join(append([]string{""}, steps...), "/")
}
