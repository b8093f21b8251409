package destination

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Shape is what a payload looks like that only one destination takes: every
// path must be there. A path that ends in =TEXT must be that string.
type Shape []string

// fits reports whether a payload has the shape.
func (s Shape) fits(root *Value) bool {
	for _, condition := range s {
		if condition == thin {
			continue
		}
		path, want, hasValue := cutValue(condition)
		p, err := patternOf(path)
		if err != nil {
			return false
		}
		found := false
		p.each(root, func(v *Value) { found = found || !hasValue || v.Str() == want })
		if !found {
			return false
		}
	}
	return true
}

// cutValue splits a condition of a Shape; an = within brackets belongs to the
// path.
func cutValue(condition string) (path, want string, hasValue bool) {
	i := strings.LastIndexByte(condition, '=')
	if i < 0 || i < strings.LastIndexByte(condition, ']') {
		return condition, "", false
	}
	return condition[:i], condition[i+1:], true
}

// Certain reports whether the shape is that of one destination alone, as far as is
// known: it is not a thin one.
func (s Shape) Certain() bool { return len(s) > 0 && s[0] != thin }

// thin is the first condition of a shape that other systems take as well. It tells
// the destination only of a payload of which nothing else is strange to it.
const thin = "thin"

// Thin returns a shape that is thin: other systems take such payloads as well, so
// that it only counts for a payload in which the schema finds nothing wrong.
func Thin(paths ...string) Shape { return append(Shape{thin}, paths...) }

// Fields returns the names of the members at the top that the shape asks for.
func (s Shape) Fields() []string {
	var names []string
	for _, condition := range s {
		path, _, _ := cutValue(condition)
		name, ok := strings.CutPrefix(path, "$.")
		if !ok {
			name = strings.TrimPrefix(path, "$[*].")
		}
		if i := strings.IndexAny(name, ".["); i > 0 {
			name = name[:i]
		}
		if path != thin && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// ByPayload returns the destination that takes payloads of this shape: see
// [ByShape].
func ByPayload(list []*Destination, body []byte) *Destination {
	d, _ := ByShape(list, body)
	return d
}

// ByShape returns the destination of whose shapes the longest fits a payload, and of
// several the first, with the shape. It returns nil if none does. Of a body that is
// broken JSON counts what is before the fault, for shapes that are not thin.
func ByShape(list []*Destination, body []byte) (*Destination, Shape) {
	tree := jsontree.Parse(body)
	if tree.Root == nil || tree.Depth == 0 {
		return nil, nil
	}
	var best *Destination
	var found Shape
	for _, d := range list {
		for _, shape := range d.Shapes {
			if shape.tellsMore(found) && shape.fits(tree.Root) && (shape.Certain() || tree.Fault == nil && d.knows(tree.Root)) {
				best, found = d, shape
			}
		}
	}
	return best, found
}

// tellsMore reports whether the shape counts more than another one, or than none.
func (s Shape) tellsMore(other Shape) bool {
	if s.Certain() != other.Certain() {
		return s.Certain() || len(other) == 0
	}
	return len(s) > len(other)
}

// knows reports whether there is nothing in a payload that the schema finds wrong.
func (d *Destination) knows(root *Value) bool {
	schema := d.compileSchema()
	return schema != nil && schema.accepts(root)
}

// IsJSON reports whether a body is JSON.
func IsJSON(body []byte) bool { return jsontree.Parse(body).Fault == nil }

// ByURL returns the destination that a URL belongs to, in the form that it has
// there, nil if it is none of theirs. Forms with a host of their own win over those that tell by the path.
func ByURL(list []*Destination, raw string) *Destination {
	var byPath *Destination
	for _, d := range list {
		form := d.Form(raw)
		if form != nil && !form.AnyHost {
			return d.At(raw)
		}
		if form != nil && byPath == nil {
			byPath = d.At(raw)
		}
	}
	return byPath
}
