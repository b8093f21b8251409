package typecheck

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// each maps the types of a value one by one. If result returns false for any of them,
// each passes all such types to report and returns an unknown value.
func (c *checker) each(val value, result func(member) (typeSet, bool), report func(bad typeSet)) value {
	if val.unknown() {
		return value{types: unknown}
	}
	var good, bad typeSet
	for _, m := range c.universe.members(val.types) {
		if types, ok := result(m); ok {
			good |= types
		} else {
			bad |= m.set
		}
	}
	if bad != 0 {
		report(bad)
		return value{types: unknown}
	}
	return value{types: good}
}

// reportUse reports a use that some types of a value do not allow. If the value comes
// from a variable that also has types which allow it, the problem is the variable's
// change of type.
func (c *checker) reportUse(rule string, val value, bad typeSet, at span, message, hint string) *Problem {
	good := val.types &^ bad
	if val.variable == "" || good == 0 {
		return c.report(rule, at, message, hint)
	}
	return c.report(VariableTypeChange, at,
		fmt.Sprintf("%s; %s is %s on one path and %s on another", message, val.variable, c.universe.describe(bad), c.universe.describe(good)),
		"use two variables, or test for it first: {{ if "+val.variable+" }}")
}

// describe describes a set of types in words.
func (u *universe) describe(s typeSet) string {
	var types []string
	for _, m := range u.members(s) {
		described := u.describeType(m.typ)
		if len(types) == 0 || types[len(types)-1] != described {
			types = append(types, described)
		}
	}
	return words.Or(types)
}

func (u *universe) describeType(t reflect.Type) string {
	switch t {
	case nil:
		return "no value"
	case u.dot:
		return words.WithArticle(u.kind.String())
	case reflect.TypeFor[event.ApplicationID]():
		return "an application"
	case reflect.TypeFor[event.ApplicationKind]():
		return "an application's kind"
	case reflect.TypeFor[event.ReportName]():
		return "the name of a report, which has its own type"
	}
	switch t.Kind() {
	case reflect.Slice:
		return "a list of " + strings.TrimPrefix(strings.TrimPrefix(u.describeType(t.Elem()), "a "), "an ") + "s"
	case reflect.Struct:
		return words.WithArticle(strings.ToLower(t.Name()))
	case reflect.Int:
		return "a number"
	case reflect.Float64:
		return "a decimal number"
	case reflect.Complex128:
		return "a complex number"
	case reflect.Uint8:
		return "a byte"
	case reflect.Bool:
		return "true or false"
	}
	return words.WithArticle(t.Kind().String())
}

// list joins up to most names, each preceded by a dot.
func list(names []string, most int) string {
	dotted := make([]string, 0, most)
	for _, name := range names[:min(len(names), most)] {
		dotted = append(dotted, "."+name)
	}
	if len(names) > most {
		return strings.Join(dotted, ", ") + ", …"
	}
	return words.And(dotted)
}

// iterableHint returns a hint about what range can iterate over.
func (c *checker) iterableHint(bad typeSet) string {
	var lists []string
	for i := range c.universe.dot.NumField() {
		if field := c.universe.dot.Field(i); field.Type.Kind() == reflect.Slice {
			lists = append(lists, field.Name)
		}
	}
	if len(lists) == 0 {
		return ""
	}
	hint := fmt.Sprintf("the list of this event is $.%s", words.And(lists))
	if bad&c.dot == 0 {
		hint += "; to test for a value that may be empty, write {{ with … }}"
	}
	return hint
}
