package destination

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// SchemaFaults returns what the keywords of JSON Schema find in a body, each as the
// JSON Pointer of the value and the keyword. It ignores what a destination does with
// null, which JSON Schema cannot express.
func (d *Destination) SchemaFaults(body []byte) []string {
	tree := jsontree.Parse(body)
	if tree.Fault != nil {
		return []string{"syntax"}
	}
	schema, err := plainSchema(d)
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for _, f := range schema.faults(tree.Root) {
		all = append(all, pointer(f.at)+" "+f.keyword)
	}
	return all
}

// plainSchema compiles a schema without the keywords that JSON Schema does not
// have.
func plainSchema(d *Destination) (*schema, error) {
	if s, ok := plainSchemas.Load(d); ok {
		return s.(*schema), nil //nolint:forcetypeassert // nothing else is stored
	}
	tree := jsontree.Parse(d.Schema())
	if tree.Fault != nil {
		return nil, tree.Fault
	}
	tree.Root.Walk(func(_ string, v *Value) {
		v.Members = slices.DeleteFunc(v.Members, func(m jsontree.Member) bool { return strings.HasPrefix(m.Key, "x-") })
	})
	s, err := newCompiler(tree.Root, "").schema(tree.Root)
	plainSchemas.Store(d, s)
	return s, err
}

var plainSchemas sync.Map // from *Destination to *schema

func pointer(v *Value) string {
	var steps []string
	for ; v.Parent() != nil; v = v.Parent() {
		step := strconv.Itoa(slices.Index(v.Parent().Elements, v))
		for _, m := range v.Parent().Members {
			if m.Value == v {
				step = m.Key
			}
		}
		steps = append([]string{step}, steps...)
	}
	return strings.Join(append([]string{""}, steps...), "/")
}
