package jsonflow

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// path names a place in the event: a field of the dot, an element of a list, or the
// result of a method. Two values with the same path are equal, so a test of one is a
// fact about the other.
//
// Paths are interned. An element of a range is named by the loop and the call depth of
// its template. It must be forgotten when its turn ends, because in the next turn the
// same path names another element.
type path struct {
	id     int
	parent *path
	name   string // the field or method, "[0]" for an element by index, "[]" for the element of a loop
	turn   turn   // the loop, for "[]"
	typ    reflect.Type
	values []string // the possible texts; nil for any text
	live   names    // names that keep a fact about the path relevant while they are still mentioned
	method bool
	data   *value // see analyzer.data; nil if it was not needed yet
}

// turn is a loop at a call depth of its template.
type turn struct {
	loop  int // the offset of the range in the text
	depth int
}

type pathKey struct {
	parent *path
	name   string
	turn   turn
}

// within reports whether p is the element of a loop or a part of it.
func (p *path) within(t turn) bool {
	for ; p != nil; p = p.parent {
		if p.name == "[]" && p.turn == t {
			return true
		}
	}
	return false
}

// in reports whether p is q or a part of it.
func (p *path) in(q *path) bool {
	for ; p != nil; p = p.parent {
		if p == q {
			return true
		}
	}
	return false
}

// String returns the path as written in a template: .Reports[].Message.
func (p *path) String() string {
	if p == nil || p.parent == nil {
		return ""
	}
	var names []string
	for ; p.parent != nil; p = p.parent {
		names = append(names, p.name)
	}
	var b []byte
	for _, name := range slices.Backward(names) {
		if name[0] == '[' { // an element
			b = append(b, name...)
		} else {
			b = jsontree.AppendName(b, name)
		}
	}
	return string(b)
}

// child returns the path of a part of parent.
func (a *analyzer) child(parent *path, name string, t turn, typ reflect.Type) *path {
	key := pathKey{parent, name, t}
	if p, ok := a.paths[key]; ok {
		return p
	}
	p := &path{id: len(a.paths) + 1, parent: parent, name: name, turn: t, typ: typ}
	switch {
	case parent == nil:
	case name[0] == '[':
		p.live = parent.live
	default:
		p.live = a.nameBit(name)
	}
	if name[0] != '[' && parent != nil && parent.parent == nil {
		p.values = a.enums[name]
	}
	a.paths[key] = p
	return p
}

func elementName(i int) string { return "[" + strconv.Itoa(i) + "]" }
