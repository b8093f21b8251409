package destination

import (
	"strconv"
	"strings"
)

// SchemaFaults returns what the schema of a destination finds in a body, each as
// the JSON Pointer of the value and the keyword.
func (d *Destination) SchemaFaults(body []byte) []string {
	root, syntax := parseValue(body)
	if syntax != nil {
		return []string{"syntax"}
	}
	var all []string
	for _, f := range d.compileSchema().faults(root) {
		all = append(all, f.at.pointer()+" "+f.keyword)
	}
	return all
}

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
