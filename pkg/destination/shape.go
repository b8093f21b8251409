package destination

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Shape is the look of a payload that only one destination accepts: every path must be
// present. A path that ends in =TEXT must be that string.
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

// Certain reports whether the shape is, as far as is known, that of one destination
// alone: it is not a thin one.
func (s Shape) Certain() bool { return len(s) > 0 && s[0] != thin }

// thin is the first condition of a shape that other systems accept as well. It only
// identifies the destination of a payload that has nothing else strange to it.
const thin = "thin"

// Thin returns a thin shape: other systems accept such payloads as well, so it only
// counts for a payload in which the schema finds no fault.
func Thin(paths ...string) Shape { return append(Shape{thin}, paths...) }

// Fields returns the names of the top-level members that the shape asks for.
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

// ByShape returns the destination whose longest shape fits a payload, with the shape;
// of equals, the first. It returns nil if none fits. Of a broken JSON body, the part
// before the fault counts, for shapes that are not thin.
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

// tellsMore reports whether the shape outranks another one, or none.
func (s Shape) tellsMore(other Shape) bool {
	if s.Certain() != other.Certain() {
		return s.Certain() || len(other) == 0
	}
	return len(s) > len(other)
}

// knows reports whether the schema finds no fault in a payload.
func (d *Destination) knows(root *Value) bool {
	schema := d.compileSchema()
	return schema != nil && schema.accepts(root)
}

// IsJSON reports whether a body is JSON.
func IsJSON(body []byte) bool { return jsontree.Parse(body).Fault == nil }

// ByURL returns the destination that a URL belongs to, in the form that it has there,
// nil if it is none of theirs. Forms with their own host win over those that are
// recognised by path, and those that fit exactly over others.
func ByURL(list []*Destination, raw string) *Destination {
	at := addressOf(raw)
	var byPath, byHost *Destination
	for _, d := range list {
		match := d.match(at)
		switch {
		case match == nil:
		case match.loose:
			if byHost == nil {
				byHost = d.At(raw)
			}
		case !match.form.AnyHost:
			return d.At(raw)
		case byPath == nil:
			byPath = d.At(raw)
		}
	}
	if byPath != nil {
		return byPath
	}
	return byHost
}
