package jsonflow

import (
	"reflect"
	"text/template/parse"
)

// result is one outcome of an expression: its value and the state in which it has that
// value.
type result struct {
	st  *state
	val *value
}

func one(st *state, v *value) []result { return []result{{st, v}} }

// eachResult applies next to every result and returns all outcomes.
func eachResult(in []result, next func(result) []result) []result {
	if len(in) == 1 {
		return next(in[0])
	}
	var out []result
	for _, r := range in {
		out = append(out, next(r)...)
	}
	return out
}

// unknownValue returns a value about which nothing is known.
func unknownValue() *value {
	return (&value{sort: sortOther, parts: []part{{class: classText}}}).named()
}

// pipe evaluates a pipeline and sets its variables.
func (a *analyzer) pipe(st *state, pipe *parse.PipeNode) []result {
	results := []result{{st: st}}
	for _, cmd := range pipe.Cmds {
		if a.stopped() {
			return nil
		}
		results = eachResult(results, func(r result) []result { return a.command(r.st, cmd, r.val) })
		if len(results) > a.limits.Split {
			results = one(st, unknownValue())
		}
	}
	if len(pipe.Decl) == 0 {
		return results
	}
	for i, r := range results {
		next := *r.st
		for _, variable := range pipe.Decl {
			next.env = a.declare(next.env, variable.Ident[0], r.val, pipe.IsAssign)
		}
		results[i] = result{&next, r.val}
	}
	return results
}

// declare declares a variable, or sets it if assign is true.
func (a *analyzer) declare(e *env, name string, v *value, assign bool) *env {
	if a.limits.decide.declares(a, e, name, assign) {
		return a.push(e, name, v)
	}
	if target := a.find(e, name); target != nil {
		return a.set(e, target, v)
	}
	return e // text/template fails here and prints nothing
}

// command evaluates one command of a pipeline. final is the value of the preceding
// command, or nil for the first.
func (a *analyzer) command(st *state, cmd *parse.CommandNode, final *value) []result {
	a.steps++
	if len(cmd.Args) == 0 {
		return one(st, unknownValue())
	}
	if function, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return a.call(st, function.Ident, cmd.Args[1:], final)
	}
	if len(cmd.Args) > 1 || final != nil { // methods have no parameters, and nothing else accepts arguments
		return one(st, unknownValue())
	}
	return a.operand(st, cmd.Args[0])
}

// operand evaluates a node that stands for a value.
func (a *analyzer) operand(st *state, node parse.Node) []result {
	switch node := node.(type) {
	case *parse.DotNode:
		return one(st, narrowed(st, a.dot(st)))
	case *parse.FieldNode:
		return one(st, narrowed(st, a.fields(a.dot(st), node.Ident)))
	case *parse.VariableNode:
		if e := a.find(st.env, node.Ident[0]); e != nil {
			return one(st, narrowed(st, a.fields(e.value, node.Ident[1:])))
		}
	case *parse.ChainNode:
		return eachResult(a.operand(st, node.Node), func(r result) []result {
			return one(r.st, narrowed(r.st, a.fields(r.val, node.Field)))
		})
	case *parse.PipeNode:
		if len(node.Decl) > 0 {
			a.doubt("a variable is set inside an expression", a.place)
		}
		return a.pipe(st, node)
	case *parse.IdentifierNode:
		return a.call(st, node.Ident, nil, nil)
	case *parse.StringNode:
		return one(st, literal(node.Text))
	case *parse.BoolNode:
		return one(st, newBool(verdictOf(node.True)))
	case *parse.NumberNode:
		if v := numberConstant(node); v != nil {
			return one(st, v)
		}
		return nil // it overflows; nothing is printed
	case *parse.NilNode:
		return one(st, (&value{sort: sortNil}).named())
	}
	return one(st, unknownValue())
}

// narrowed restricts a text from the event to what the facts allow: after {{ if eq
// .Version "1" }}, .Version is exactly that text.
func narrowed(st *state, v *value) *value {
	if v.sort != sortText || v.path == nil || v.path.values != nil || len(st.facts.all) == 0 {
		return v
	}
	d, ok := st.facts.domainOf(subject{path: v.path})
	if !ok || d.not {
		return v
	}
	w := *v
	texts := d.texts()
	w.parts = []part{{class: classSet, set: texts, src: v.path}}
	if len(texts) == 1 {
		w.parts = newText([]part{{class: classLit, lit: texts[0]}}).parts
	}
	return w.named()
}

func (a *analyzer) dot(st *state) *value {
	if e := a.find(st.env, "."); e != nil {
		return e.value
	}
	return unknownValue()
}

func (a *analyzer) fields(v *value, names []string) *value {
	for _, name := range names {
		v = a.field(v, name)
	}
	return v
}

// field returns a field of a value, or the result of a method.
func (a *analyzer) field(v *value, name string) *value {
	switch {
	case v.sort == sortNil: // a field of no value is no value
		return v
	case v.sort != sortStruct || v.typ == nil:
		return unknownValue()
	}
	if method, ok := v.typ.MethodByName(name); ok {
		result := method.Type.Out(0)
		if result.Kind() == reflect.Interface { // Value returns a text as any
			result = reflect.TypeFor[string]()
		}
		p := a.part(v, name, result)
		if p != nil {
			p.method = true
		}
		return a.data(p, result)
	}
	if field, ok := v.typ.FieldByName(name); ok && field.IsExported() {
		return a.data(a.part(v, name, field.Type), field.Type)
	}
	return unknownValue()
}

// part returns the path of a field, or nil if its struct has no such field.
func (a *analyzer) part(v *value, name string, typ reflect.Type) *path {
	if v.path == nil {
		return nil
	}
	return a.child(v.path, name, turn{}, typ)
}

// data returns the value at a path of the event. The path may be nil.
func (a *analyzer) data(p *path, typ reflect.Type) *value {
	if p == nil || p.data != nil && p.data.typ != typ {
		return newData(p, typ)
	}
	if p.data == nil {
		p.data = newData(p, typ)
	}
	return p.data
}

func newData(p *path, typ reflect.Type) *value {
	v := &value{typ: typ, path: p}
	switch typ.Kind() {
	case reflect.String:
		v.sort = sortText
		v.parts = []part{{class: classText, src: p}}
		if p != nil && p.values != nil {
			v.parts = []part{{class: classSet, set: p.values, path: p, src: p, nonEmpty: true}}
		}
	case reflect.Bool:
		v.sort = sortBool
		v.truth = either
		if p != nil {
			v.truth = is(subject{path: p}, boolean(kindBool, true))
		}
	case reflect.Slice:
		if typ.Elem().Kind() == reflect.Uint8 {
			return unknownValue()
		}
		v.sort = sortList
		v.num = number{hi: noMaximum}
		if p != nil {
			v.num.form, v.num.base = formLen, p
		}
	case reflect.Struct:
		v.sort = sortStruct
	default:
		return unknownValue()
	}
	return v.named()
}

// truthOf returns the condition under which text/template considers a value true.
func (a *analyzer) truthOf(v *value) *formula {
	switch v.sort {
	case sortBool, sortOther:
		if v.truth != nil {
			return v.truth
		}
		return either
	case sortStruct:
		return always
	case sortNil:
		return never
	case sortList:
		return compareNumbers("gt", v.num, number{})
	case sortNumber:
		return compareNumbers("ne", v.num, number{})
	case sortConstant:
		return verdictOf(!reflect.ValueOf(v.constant).IsZero())
	}
	if len(v.parts) == 0 {
		return never
	}
	if neverEmpty(v.parts) {
		return always
	}
	if v.path != nil {
		return is(subject{path: v.path}, textSet(true, ""))
	}
	return either
}

// split returns the states in which a result is true and those in which it is false.
func (a *analyzer) split(r result) (yes, no []*state) {
	f := a.truthOf(r.val)
	return a.assume(r.st, f, true), a.assume(r.st, f, false)
}
