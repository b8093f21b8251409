package typecheck

import (
	"reflect"

	"github.com/hooktool/hooktool/pkg/event"
)

// typeSet is the set of types that a value can have, one bit per type. A universe
// assigns the bits to Go types. A set that contains unknown carries no information.
type typeSet uint64

// Sets with one member. Empty literals are members separate from other strings, numbers
// and bools: they are never true, so a variable initialised with one has another type
// after {{ if $x }}.
const (
	unknown typeSet = 1 << iota
	noValue         // the dot of {{ template "x" }}, nil, and every field of no value
	emptyString
	zeroInt
	falseBool
)

// universe numbers the types that values of a template can have. There are about a
// dozen: those of event fields, literals, and results of functions and methods.
type universe struct {
	kind  event.Kind
	dot   reflect.Type
	types []reflect.Type // indexed by bit
	bits  map[reflect.Type]int
}

func newUniverse(kind event.Kind, dot reflect.Type) *universe {
	u := &universe{kind: kind, dot: dot, bits: map[reflect.Type]int{}}
	u.types = []reflect.Type{nil, nil, reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[bool]()}
	return u
}

// of returns the set that contains one Go type.
func (u *universe) of(t reflect.Type) typeSet {
	bit, ok := u.bits[t]
	if !ok {
		bit = len(u.types)
		u.types = append(u.types, t)
		u.bits[t] = bit
	}
	return 1 << bit
}

// typeFor returns the set that contains the type T.
func typeFor[T any](u *universe) typeSet { return u.of(reflect.TypeFor[T]()) }

// member is one type of a set. typ is nil for no value.
type member struct {
	set typeSet
	typ reflect.Type
}

func (m member) kind() reflect.Kind {
	if m.typ == nil {
		return reflect.Invalid
	}
	return m.typ.Kind()
}

// members returns the types in a known set.
func (u *universe) members(s typeSet) []member {
	var all []member
	for bit := 1; bit < len(u.types); bit++ {
		if set := typeSet(1) << bit; s&set != 0 {
			all = append(all, member{set, u.types[bit]})
		}
	}
	return all
}

// whenTrue returns the part of a set whose values can be true in an if.
func (u *universe) whenTrue(s typeSet) typeSet {
	return s &^ (noValue | emptyString | zeroInt | falseBool)
}

// whenFalse returns the part of a set whose values can be false in an if: of strings,
// numbers and bools only the empty ones, and no structs.
func (u *universe) whenFalse(s typeSet) typeSet {
	for full, empty := range map[typeSet]typeSet{typeFor[string](u): emptyString, typeFor[int](u): zeroInt, typeFor[bool](u): falseBool} {
		if s&full != 0 {
			s = s&^full | empty
		}
	}
	for _, m := range u.members(s) {
		if m.kind() == reflect.Struct {
			s &^= m.set
		}
	}
	return s
}

// value is what is known about a value.
type value struct {
	types    typeSet
	domain   *domain // the texts it can have; nil if any text can occur
	text     string  // the value of a string literal
	literal  bool    // text is set
	always   bool    // a literal that is true in an if
	variable string  // the variable that the value was read from
}

func (v value) unknown() bool { return v.types&unknown != 0 }

// join returns what is known about a value that is either a or b.
func join(a, b value) value {
	joined := value{types: a.types | b.types, always: a.always && b.always}
	if a.domain == b.domain {
		joined.domain = a.domain
	}
	if a.literal && b.literal && a.text == b.text {
		joined.text, joined.literal = a.text, true
	}
	return joined
}
