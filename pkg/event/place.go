package event

import (
	"iter"
	"reflect"
	"slices"
	"strconv"
)

// Place is a value within an event: the event itself, a field, or an element of a list.
// It reads and changes events where the name of a field is data: for --set, for trial
// events, for proofs. The zero Place is no place.
//
// A place in a cloned event changes only the clone.
type Place struct {
	Path string // as Event.Set takes it: reports[0].message

	field *Field // shared; nil for no place
	value reflect.Value
	app   *ApplicationID // the application that it is part of
}

// New returns an event of a kind with no field filled.
func New(kind Kind) Event {
	switch kind {
	case KindIncident:
		return Event{Incident: &Incident{}}
	case KindDeployment:
		return Event{Deployment: &Deployment{}}
	case KindAlert:
		return Event{Alert: &Alert{}}
	}
	return Event{}
}

// Root returns the place of the event itself. For the zero Event it is the zero Place.
func (e Event) Root() Place {
	value, _ := e.data()
	if !value.IsValid() {
		return Place{}
	}
	return Place{field: rootField(e.Kind()), value: value}
}

// rootField describes events themselves, which have nothing but fields.
var rootField = OncePerKind(func(kind Kind) *Field { return &Field{Fields: Fields(kind)} })

// Field returns the schema of a place: for the event itself only the Fields, and for no
// place an empty one. It must not be changed.
func (p Place) Field() *Field {
	if p.field == nil {
		return &noField
	}
	return p.field
}

var noField Field

// data returns the struct with the event, which is invalid for the zero Event, and its
// fields.
func (e Event) data() (reflect.Value, []Field) {
	switch {
	case e.Incident != nil:
		return reflect.ValueOf(e.Incident).Elem(), incidentFields()
	case e.Deployment != nil:
		return reflect.ValueOf(e.Deployment).Elem(), deploymentFields()
	case e.Alert != nil:
		return reflect.ValueOf(e.Alert).Elem(), alertFields()
	}
	return reflect.Value{}, nil
}

// Elements returns how many elements the lists of the event have.
func (e Event) Elements() int {
	n := 0
	value, fields := e.data()
	for i := range fields {
		if list := value.Field(fields[i].index); list.Kind() == reflect.Slice {
			n += list.Len()
		}
	}
	return n
}

// Differing returns the names, as templates write them, of the fields in which two
// events of a kind differ, except custom fields.
func (e Event) Differing(other Event) []string {
	x, y := e.Root(), other.Root()
	if !x.Exists() || !y.Exists() || x.value.Type() != y.value.Type() {
		return nil
	}
	var names []string
	for i := range x.Field().Fields {
		field := &x.Field().Fields[i]
		a, b := x.value.Field(field.index), y.value.Field(field.index)
		if field.IsText() && a.String() != b.String() || !field.IsText() && !reflect.DeepEqual(a.Interface(), b.Interface()) {
			names = append(names, field.Name)
		}
	}
	return names
}

// Texts yields the place of each text of the event except custom fields, in the order
// of the schema: enumerated ones, the parts of an application, and those in lists
// included.
func (e Event) Texts() iter.Seq[Place] {
	return func(yield func(Place) bool) { e.Root().texts(yield) }
}

func (p Place) texts(yield func(Place) bool) bool {
	if p.Field().IsText() {
		return yield(p)
	}
	for part := range p.Parts() {
		if !part.texts(yield) {
			return false
		}
	}
	return true
}

// Exists reports whether this is a place.
func (p Place) Exists() bool { return p.value.IsValid() }

// Parts yields the fields of an event, an application or an element, or the
// elements of a list.
func (p Place) Parts() iter.Seq[Place] {
	return func(yield func(Place) bool) {
		if !p.Exists() {
			return
		}
		if p.Field().IsList() {
			for i := range p.value.Len() {
				if !yield(p.Element(i)) {
					return
				}
			}
			return
		}
		for i := range p.Field().Fields {
			if !yield(p.part(&p.Field().Fields[i])) {
				return
			}
		}
	}
}

// Part returns the field with a name as templates write it.
func (p Place) Part(name string) Place {
	if !p.Exists() || p.Field().IsList() {
		return Place{}
	}
	for i := range p.Field().Fields {
		if field := &p.Field().Fields[i]; field.Name == name {
			return p.part(field)
		}
	}
	return Place{}
}

func (p *Place) part(field *Field) Place {
	path := field.JSON
	if path == "" {
		path = applicationKey(field.Name)
	}
	if p.Path != "" {
		path = p.Path + "." + path
	}
	return Place{field: field, Path: path, value: p.value.Field(field.index), app: p.application()}
}

// application returns the application at a place, or nil.
func (p *Place) application() *ApplicationID {
	if p.Field().Type != "ApplicationID" || !p.Exists() {
		return nil
	}
	app, _ := p.value.Addr().Interface().(*ApplicationID)
	return app
}

// Len returns the number of elements of a list.
func (p Place) Len() int {
	if !p.Exists() || !p.Field().IsList() {
		return 0
	}
	return p.value.Len()
}

// Element returns an element of a list.
func (p Place) Element(i int) Place {
	if i < 0 || i >= p.Len() {
		return Place{}
	}
	return Place{field: p.Field().element, Path: p.Path + "[" + strconv.Itoa(i) + "]", value: p.value.Index(i)}
}

// Resize gives a list n elements by repeating those that it has. A list without any is
// filled with the examples of the schema. A list of no elements is null.
func (p Place) Resize(n int) {
	if !p.Exists() || !p.Field().IsList() {
		return
	}
	if n <= 0 {
		p.value.SetZero()
		return
	}
	old := p.value.Len()
	list := reflect.MakeSlice(p.value.Type(), n, n)
	for i := range n {
		if old > 0 {
			list.Index(i).Set(p.value.Index(i % old))
		} else {
			(Place{field: p.Field().element, value: list.Index(i)}).fill(i)
		}
	}
	p.value.Set(list)
}

// fill sets the texts at a place to the examples of the schema.
func (p Place) fill(n int) {
	if known := p.Field().Known(); p.Field().IsText() && len(known) > 0 {
		p.SetText(known[n%len(known)])
	}
	for part := range p.Parts() {
		part.fill(n)
	}
}

// Settle empties the fields that Coroot leaves empty in the event's status, except those
// with the given names.
func (e Event) Settle(keep ...string) {
	for part := range e.Root().Parts() {
		if f := part.Field(); f.Filled != nil && !slices.Contains(f.Filled, e.Status()) && !slices.Contains(keep, f.Name) {
			part.value.SetZero()
		}
	}
}

// Remove removes one element from a list. A list that becomes empty is null.
func (p Place) Remove(i int) {
	if i < 0 || i >= p.Len() {
		return
	}
	if p.Len() == 1 {
		p.value.SetZero()
		return
	}
	p.value.Set(reflect.AppendSlice(p.value.Slice3(0, i, i), p.value.Slice(i+1, p.value.Len())))
}

// Text returns the text at a place, and whether there is one.
func (p Place) Text() (string, bool) {
	if !p.Exists() || !p.Field().IsText() {
		return "", false
	}
	return p.value.String(), true
}

// SetText sets the text at a place, and reports whether it can hold one.
func (p Place) SetText(text string) bool {
	if !p.Exists() || !p.Field().IsText() {
		return false
	}
	p.value.SetString(text)
	if p.app != nil && p.Field().Name == "ClusterId" {
		p.app.threeParts = false
	}
	return true
}

// Set sets a place to the value of the same place in another event, and reports whether
// it can hold it. Both then share the elements of a list.
func (p Place) Set(other Place) bool {
	if !p.Exists() || !other.Exists() || p.value.Type() != other.value.Type() {
		return false
	}
	p.value.Set(other.value)
	return true
}

// SetBool sets a boolean, and reports whether the place can hold one.
func (p Place) SetBool(b bool) bool {
	if !p.Exists() || p.Field().Type != "bool" {
		return false
	}
	p.value.SetBool(b)
	return true
}

// SetApplication sets an application, and reports whether the place can hold one.
func (p Place) SetApplication(id ApplicationID) bool {
	app := p.application()
	if app != nil {
		*app = id
	}
	return app != nil
}

// Application returns the application at a place, and whether there is one.
func (p Place) Application() (ApplicationID, bool) {
	if app := p.application(); app != nil {
		return *app, true
	}
	return ApplicationID{}, false
}
