package destination

import (
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Shape is what a payload looks like that only one destination takes: every
// path must be there. A path that ends in =TEXT must be that string.
type Shape []string

// fits reports whether a payload has the shape.
func (s Shape) fits(root *Value) bool {
	for _, condition := range s {
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

// ByPayload returns the destination that takes payloads of this shape: the one
// of whose shapes the longest fits, and of several the first. It returns nil if
// none does, which also holds for a body that is no JSON.
func ByPayload(list []*Destination, body []byte) *Destination {
	tree := jsontree.Parse(body)
	if tree.Fault != nil {
		return nil
	}
	var best *Destination
	longest := 0
	for _, d := range list {
		for _, shape := range d.Shapes {
			if len(shape) > longest && shape.fits(tree.Root) {
				best, longest = d, len(shape)
			}
		}
	}
	return best
}

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
