package typecheck

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// chain is a sequence of fields and methods, as in .Application.Name.
type chain struct {
	node  parse.Node
	names []string
	first int // the part of the node that names[0] corresponds to
}

// chain evaluates a chain on a receiver. Arguments belong to its last part.
func (c *checker) chain(dot, receiver value, ch chain, args []parse.Node, final *value) value {
	var given []parse.Node
	if len(args) > 1 {
		given = args[1:]
	}
	for _, arg := range given {
		if _, bare := arg.(*parse.IdentifierNode); !bare { // as in {{ .Status eq "OK" }}
			c.argument(dot, arg)
		}
	}
	starts := source.PartStarts(ch.node)
	for i, name := range ch.names {
		start := starts[ch.first+i]
		at := span{start, min(start+len(".")+len(name), len(c.text))}
		owner := receiver
		receiver = c.field(receiver, name, at)
		c.survey.part(at, name, owner.types, receiver)
		if i == len(ch.names)-1 && (len(given) > 0 || final != nil) {
			receiver = c.rejectArguments(receiver, name, at, given)
		}
	}
	return receiver
}

// rejectArguments reports arguments to a field or method, because no method of an
// event's values accepts any. If there is no value, text/template accepts anything.
func (c *checker) rejectArguments(result value, name string, at span, given []parse.Node) value {
	if result.unknown() || result.types == noValue {
		return result
	}
	hint := "a function must follow |"
	if len(given) > 0 {
		at.end = c.argumentEnd(given[len(given)-1])
		hint = c.adviseArguments(at, given)
	}
	c.report(BadCall, at, fmt.Sprintf(".%s takes no arguments", name), hint)
	return value{types: unknown}
}

// adviseArguments suggests a replacement for a field with arguments: if they begin with
// a function, the function goes before the field.
func (c *checker) adviseArguments(at span, given []parse.Node) string {
	name, ok := given[0].(*parse.IdentifierNode)
	if _, known := arityOf(nameOf(name)); !ok || !known || at.end > len(c.text) {
		if ok && len(given) == 2 && name.Ident == "as" && at.end <= len(c.text) {
			start := strings.LastIndexAny(c.text[:at.start], " ({") + 1
			return "give it a name: write $" + strings.Trim(given[1].String(), "$|") + " := " + strings.TrimSpace(c.text[start:int(name.Pos)])
		}
		if ok && len(given) == 1 && foreign.Leaves(name.Ident) {
			return name.Ident + " belongs to other languages: leave it out"
		}
		return "put parentheses around what belongs together, or remove the rest"
	}
	after := int(name.Pos) + len(name.Ident)
	start := strings.LastIndexAny(c.text[:at.start], " ({") + 1
	call := name.Ident + " " + strings.TrimSpace(c.text[start:int(name.Pos)]) + c.text[after:at.end]
	return "a function comes before its arguments: write " + call
}

func nameOf(node *parse.IdentifierNode) string {
	if node == nil {
		return ""
	}
	return node.Ident
}

// field returns the value of a field or of a method without arguments.
func (c *checker) field(receiver value, name string, at span) value {
	return c.each(receiver, func(m member) (typeSet, bool) {
		if m.typ == nil {
			c.misses("." + name)
			return noValue, true // .X of no value is no value, not an error
		}
		types, _, ok := c.universe.lookup(m.typ, name)
		return types, ok
	}, func(bad typeSet) {
		message, advice := c.unknownField(bad, name)
		if p := c.reportUse(UnknownField, receiver, bad, at, message, advice.hint); p.Rule == UnknownField {
			p.Instead = c.sameName(bad, name)
			if strings.HasPrefix(advice.meant, "$") && c.beginsOperand(at) {
				p.Instead = advice.meant
			}
			p.Meant, p.Whole = cmp.Or(p.Instead, advice.meant), advice.whole && p.Instead == ""
			p.OfEvent = bad == c.dot
		}
	}).withDomain(c.domainOf(receiver, name))
}

func (v value) withDomain(d *domain) value {
	v.domain = d
	return v
}

// lookup returns the types of a method or field of a type.
func (u *universe) lookup(t reflect.Type, name string) (types typeSet, method, ok bool) {
	if m, ok := t.MethodByName(name); ok {
		result := m.Type.Out(0)
		if result.Kind() == reflect.Interface { // Value returns text as any
			result = reflect.TypeFor[string]()
		}
		return u.of(result), true, true
	}
	if t.Kind() != reflect.Struct {
		return 0, false, false
	}
	field, ok := t.FieldByName(name)
	if !ok || !field.IsExported() {
		return 0, false, false
	}
	return u.of(field.Type), false, true
}

// advice says how to correct a field that does not exist.
type advice struct {
	hint  string
	meant string // what the hint says to write in place of the field and its dot; empty: nothing that could
	whole bool   // also in place of what follows in the chain
}

// unknownField returns the message for a field that does not exist, and advice about
// what may have been intended.
func (c *checker) unknownField(bad typeSet, name string) (message string, a advice) {
	message = fmt.Sprintf("there is no .%s in %s", name, c.universe.describe(bad))
	names := c.namesIn(bad)
	if hint := foreign.Field(c.kind, name, ""); hint != "" && bad == c.dot && !hasFold(names, name) && c.within(name) == "" {
		meant := foreign.FieldFor(c.kind, name)
		if !strings.HasSuffix(hint, " is "+meant+" here") {
			meant = ""
		}
		return message, advice{hint, meant, true}
	}
	if nearest := words.Nearest(name, names); nearest != "" {
		return message, advice{hint: words.DidYouMean("." + nearest), meant: "." + nearest}
	}
	if bad&c.dot == 0 {
		if _, _, ok := c.universe.lookup(c.universe.dot, name); ok {
			return message, c.ofEvent(name)
		}
		if inside := c.within(name); inside != "" && bad == typeFor[string](c.universe) && c.reachesEvent() {
			return message, advice{hint: fmt.Sprintf("a string has no fields; the event has this one: $.%s", inside)}
		}
	} else if inside := c.within(name); inside != "" {
		a := advice{hint: fmt.Sprintf(".%s has it", inside)}
		if !strings.Contains(inside, "{{") {
			a.meant = "." + inside
		}
		return message, a
	}
	if c.isList(bad) && foreign.SameFunction(strings.ToLower(name)) == "len" {
		return message, advice{hint: "the function is len, before the list: {{ len " + foreign.SomeList(c.kind) + " }}"}
	}
	if c.isList(bad) {
		return message, advice{hint: "use range to reach its elements"}
	}
	if alike := words.Alike(name, names); len(alike) > 0 {
		return message, advice{hint: words.DidYouMean("." + strings.Join(alike, " or ."))}
	}
	if len(names) == 0 {
		return message, advice{hint: c.universe.describe(bad) + " has no fields"}
	}
	a.hint = "there are " + list(names, 12)
	if bad == c.dot {
		a.hint += "; define a custom field in the configuration or with --custom-field"
	}
	return message, a
}

// ofEvent is the advice for a field that the event has, and the dot does not.
func (c *checker) ofEvent(name string) advice {
	if !c.reachesEvent() {
		return advice{hint: fmt.Sprintf("the event has it, but template %q is not called with the event", c.current)}
	}
	return advice{hint: fmt.Sprintf("the event has it: $.%s", name), meant: "$." + name}
}

// beginsOperand reports whether nothing comes before a field in a chain such as $d.Name.
func (c *checker) beginsOperand(at span) bool {
	return at.start > 0 && strings.IndexByte(" \t\r\n({|-=,", c.text[at.start-1]) >= 0
}

// reachesEvent reports whether $ is the event: in a defined template, it is what that is
// called with.
func (c *checker) reachesEvent() bool {
	at := c.vars.find("$")
	return at >= 0 && c.vars.stack[at].value.types == c.dot
}

// sameName returns the only field whose name differs from another one in nothing but
// case and underscores, with its dot; it is empty if there is none, or more than one.
func (c *checker) sameName(types typeSet, name string) string {
	plain := func(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }
	same := ""
	for _, own := range c.namesIn(types) {
		if plain(own) == plain(name) {
			if same != "" && same != "."+own {
				return ""
			}
			same = "." + own
		}
	}
	return same
}

// hasFold reports whether names contains name, ignoring case.
func hasFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(own string) bool { return strings.EqualFold(own, name) })
}

// prefix returns what must precede a field of the event, given the current dot.
func (c *checker) prefix(dot value) string {
	if dot.types == c.dot {
		return ""
	}
	return "$"
}

// isList reports whether all types in a set are lists.
func (c *checker) isList(types typeSet) bool {
	members := c.universe.members(types)
	for _, m := range members {
		if m.kind() != reflect.Slice {
			return false
		}
	}
	return len(members) > 0
}

// within returns the path, below another field of the event, of a field with this name.
func (c *checker) within(name string) string {
	dot := c.universe.dot
	for i := range dot.NumField() {
		field := dot.Field(i)
		if _, _, ok := c.universe.lookup(field.Type, name); ok {
			return field.Name + "." + name
		}
		if field.Type.Kind() == reflect.Slice {
			if _, _, ok := c.universe.lookup(field.Type.Elem(), name); ok {
				return fmt.Sprintf("%s: {{ range $.%s }}{{ .%s }}{{ end }}", field.Name, field.Name, name)
			}
		}
	}
	return ""
}

// namesIn returns the fields and methods of the types in a set, without the dot that
// precedes them in lists.
func (c *checker) namesIn(types typeSet) []string {
	var names []string
	for _, m := range c.universe.members(types) {
		if m.kind() != reflect.Struct {
			continue
		}
		for i := range m.typ.NumField() {
			if field := m.typ.Field(i); field.IsExported() {
				names = append(names, field.Name)
			}
		}
		for i := range m.typ.NumMethod() {
			if method := m.typ.Method(i).Name; method != "MarshalText" {
				names = append(names, method)
			}
		}
	}
	return names
}
