package typecheck

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Survey describes the parts of a template, for assistance while it is being written.
type Survey struct {
	Parts []Part // in the order of the text
	Calls []Call // in the order of the text, outer calls before inner ones
	Names []Name // in the order of declaration

	// What can be used at the requested position; zero if it is not in an action.
	Dot       Type
	Variables []Variable // innermost first, $ last
}

// Type describes the possible types of a value.
type Type struct {
	Text    string // a description, such as a string; empty if unknown
	Values  []string
	Members []Member // its fields and methods, in the order of the schema
}

// Member is a field or method of a type.
type Member struct {
	Name   string
	Type   string        // in words
	Field  *event.Field  // nil if the event schema does not describe it
	Method *event.Method // nil for a field
	Custom bool          // a custom field of the webhook
}

// Variable is a variable that is in scope at a position.
type Variable struct {
	Name string
	Type
}

// Part is a variable, or a field or method in a chain, such as .Name in
// .Application.Name.
type Part struct {
	Start, End int
	Name       string // without the dot
	Receiver   Type   // what it is a field of; zero for a variable
	Type       Type
}

// Call is a function call.
type Call struct {
	Function   string
	Start, End int // the range of the function's name
	Arguments  []Argument
}

// Argument is an argument of a function.
type Argument struct {
	Start, End int // both 0 for what comes through |
	Type       Type
}

// Name is a variable or a defined template, with all its occurrences.
type Name struct {
	Text     string // such as $x, or the name of the template
	Template bool
	At       []Place // in the order of the text, the declaration first
}

// Place is the byte range of a name.
type Place struct{ Start, End int }

// SurveyTemplate describes the parts of a template and what can be used in the action
// at a byte offset.
func SurveyTemplate(kind event.Kind, t *source.Template, customFields []string, offset int) *Survey {
	c := newChecker(kind, t, customFields)
	c.survey = &survey{
		probe: offset, parts: map[span]*seen{}, calls: map[span]*surveyedCall{}, variables: map[string]typeSet{}, domains: map[string]*domain{},
	}
	c.checkTypes()
	s := &Survey{Names: c.names()}
	for at, seen := range c.survey.parts {
		s.Parts = append(s.Parts, Part{
			Start: at.start, End: at.end, Name: seen.name, Receiver: c.typeOf(seen.receiver, nil), Type: c.typeOf(seen.types, seen.domain),
		})
	}
	for at, seen := range c.survey.calls {
		call := Call{Function: seen.name, Start: at.start, End: at.end}
		for i, arg := range seen.args {
			call.Arguments = append(call.Arguments, Argument{arg.start, arg.end, c.typeOf(seen.types[i], seen.domains[i])})
		}
		s.Calls = append(s.Calls, call)
	}
	slices.SortFunc(s.Parts, func(a, b Part) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	slices.SortFunc(s.Calls, func(a, b Call) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	s.Dot = c.typeOf(c.survey.dot, nil)
	for _, name := range slices.Backward(c.survey.order) {
		s.Variables = append(s.Variables, Variable{name, c.typeOf(c.survey.variables[name], c.survey.domains[name])})
	}
	return s
}

// survey collects observations of a walk. Its methods do nothing on a nil survey, which
// is used if no survey is wanted.
type survey struct {
	probe int
	parts map[span]*seen
	calls map[span]*surveyedCall

	at        span // the pipeline around probe that the fields below describe
	dot       typeSet
	order     []string
	variables map[string]typeSet
	domains   map[string]*domain
}

// seen combines the observations of a part from all walks over it.
type seen struct {
	name            string
	receiver, types typeSet
	domain          *domain
	element         bool // the variable holds the elements of a range
}

// surveyedCall is a call with the observations of its arguments from all walks over it.
type surveyedCall struct {
	name    string
	args    []span
	types   []typeSet
	domains []*domain
}

func (s *survey) part(at span, name string, receiver typeSet, val value) {
	if s == nil {
		return
	}
	p := s.parts[at]
	if p == nil {
		p = &seen{name: name}
		s.parts[at] = p
	}
	p.receiver |= receiver
	p.types |= val.types
	p.domain = val.domain
}

// declared records a variable that a pipeline sets.
func (s *survey) declared(at span, name string, val value) {
	if s != nil && (s.parts[at] == nil || !s.parts[at].element) {
		s.part(at, name, 0, val)
	}
}

// element records the element type of a range variable, replacing the list type
// recorded for the pipeline.
func (s *survey) element(at span, val value) {
	if s == nil || s.parts[at] == nil {
		return
	}
	if p := s.parts[at]; !p.element {
		p.types, p.element = 0, true
	}
	s.part(at, "", 0, val)
}

// pipeline records what can be used in the pipeline around the requested position.
func (s *survey) pipeline(at span, dot value, vars *variables) {
	if s == nil || s.probe < at.start || s.probe > at.end {
		return
	}
	if at != s.at {
		s.at, s.dot = at, 0
		clear(s.variables)
	}
	s.dot |= dot.types
	s.order = s.order[:0]
	for _, v := range vars.stack {
		if i := slices.Index(s.order, v.name); i >= 0 {
			s.order = slices.Delete(s.order, i, i+1)
		}
		s.order = append(s.order, v.name)
	}
	for _, name := range s.order {
		val := vars.stack[vars.find(name)].value
		s.variables[name] |= val.types
		s.domains[name] = val.domain
	}
}

func (c *checker) surveyCall(in invocation) {
	if c.survey == nil {
		return
	}
	at := c.spanOf(in.node)
	seen := c.survey.calls[at]
	if seen == nil {
		seen = &surveyedCall{name: in.name(), args: make([]span, len(in.operands)), types: make([]typeSet, len(in.operands)), domains: make([]*domain, len(in.operands))}
		c.survey.calls[at] = seen
	}
	for i, operand := range in.operands {
		if i == len(seen.args) {
			break
		}
		if operand.node != nil {
			seen.args[i] = span{c.spanOf(operand.node).start, c.argumentEnd(operand.node)}
		}
		seen.types[i] |= operand.types
		seen.domains[i] = operand.domain
	}
}

// surveyLogic records a call of and or or, which do not evaluate all their arguments.
func (c *checker) surveyLogic(in invocation, args []parse.Node) {
	for _, arg := range args {
		in.operands = append(in.operands, operand{node: arg})
	}
	c.surveyCall(in)
}

// typeOf describes a set of types. An unknown type in one of several walks does not
// hide what the other walks found.
func (c *checker) typeOf(types typeSet, d *domain) Type {
	types &^= unknown
	if types == 0 {
		return Type{}
	}
	t := Type{Text: c.universe.describe(types)}
	if d != nil {
		t.Values = d.values
	}
	for _, m := range c.universe.members(types) {
		if m.kind() == reflect.Struct {
			t.Members = append(t.Members, c.membersOf(m.typ)...)
		}
	}
	return t
}

// membersOf returns what can follow the dot of a type.
func (c *checker) membersOf(typ reflect.Type) []Member {
	var members []Member
	fields := c.fieldsOf(typ)
	for i := range typ.NumField() {
		field := typ.Field(i)
		if !field.IsExported() {
			continue
		}
		m := Member{Name: field.Name, Type: c.universe.describeType(field.Type)}
		if described, ok := fields[field.Name]; ok {
			m.Field = &described
		} else {
			m.Custom = typ == c.universe.dot
		}
		members = append(members, m)
	}
	for _, method := range event.ApplicationMethods() {
		if _, ok := typ.MethodByName(method.Name); ok {
			members = append(members, Member{Name: method.Name, Type: method.Result, Method: &method})
		}
	}
	return members
}

// fieldsOf returns the descriptions of a struct's fields by name.
func (c *checker) fieldsOf(typ reflect.Type) map[string]event.Field {
	fields := map[string]event.Field{}
	for _, field := range event.Fields(c.kind) {
		if typ == c.universe.dot {
			fields[field.Name] = field
			continue
		}
		inner, _ := event.Type(c.kind).FieldByName(field.Name)
		owner := inner.Type
		if field.IsList() {
			owner = owner.Elem()
		}
		if owner == typ {
			for _, part := range field.Fields {
				fields[part.Name] = part
			}
		}
	}
	return fields
}

// names returns all variables and defined templates.
func (c *checker) names() []Name {
	var names []Name
	for _, name := range slices.Sorted(maps.Keys(c.trees)) {
		s := &scopes{checker: c, byName: map[string][]*declaration{}}
		s.list(c.trees[name].Root)
		for _, d := range s.declared {
			text := d.node.Ident[0]
			n := Name{Text: text}
			for _, start := range append(append([]int{source.NodeStart(d.node)}, d.reads...), d.writes...) {
				n.At = append(n.At, Place{start, start + len(text)})
			}
			slices.SortFunc(n.At, func(a, b Place) int { return a.Start - b.Start })
			names = append(names, n)
		}
	}
	names = append(names, c.definitions()...)
	slices.SortStableFunc(names, func(a, b Name) int { return a.At[0].Start - b.At[0].Start })
	return names
}

// definitions returns the defined templates.
func (c *checker) definitions() []Name {
	var names []Name
	for name, tree := range c.trees {
		if name == c.root || tree.Root == nil {
			continue
		}
		before := strings.LastIndex(c.text[:min(int(tree.Root.Position()), len(c.text))], "{{")
		if before < 0 {
			continue
		}
		at := c.quotedIn(before)
		if at.start == at.end {
			continue
		}
		names = append(names, Name{Text: name, Template: true, At: append([]Place{{at.start, at.end}}, c.callsOf(name, at)...)})
	}
	return names
}

// callsOf returns the places where a template is called, except for the block action
// that defines it.
func (c *checker) callsOf(name string, but span) []Place {
	var places []Place
	for _, tree := range c.trees {
		source.Inspect(tree.Root, func(node parse.Node) bool {
			if called, ok := node.(*parse.TemplateNode); ok && called.Name == name {
				if at := c.quotedSpan(int(called.Position())); at != but {
					places = append(places, Place{at.start, at.end})
				}
			}
			return true
		})
	}
	slices.SortFunc(places, func(a, b Place) int { return a.Start - b.Start })
	return places
}

// quotedIn returns the span of the first quoted string in an action.
func (c *checker) quotedIn(action int) span {
	i := strings.IndexAny(c.text[action:], "\"`")
	if i < 0 {
		return span{}
	}
	return c.quotedSpan(action + i)
}
