package typecheck

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// domain is the set of texts that a field can have.
type domain struct {
	field  string
	values []string
	closed bool // no other values occur; otherwise values only show the right case
}

// fieldKey identifies a field of a type.
type fieldKey struct {
	owner typeSet
	name  string
}

// newSchema returns the fields of a kind of event whose possible texts are known.
func newSchema(u *universe, kind event.Kind, dot reflect.Type) map[fieldKey]*domain {
	schema := map[fieldKey]*domain{}
	for _, field := range event.Fields(kind) {
		add(schema, u.of(dot), "."+field.Name, field)
		if len(field.Fields) == 0 {
			continue
		}
		inner, _ := event.Type(kind).FieldByName(field.Name)
		owner, path := inner.Type, "."+field.Name+"."
		if field.IsList() {
			owner, path = owner.Elem(), "."+field.Name+"[]."
		}
		for _, part := range field.Fields {
			add(schema, u.of(owner), path+part.Name, part)
		}
	}
	kinds := &domain{field: ".Application.Kind"}
	for _, kind := range event.ApplicationKinds() {
		kinds.values = append(kinds.values, string(kind))
	}
	schema[fieldKey{typeFor[event.ApplicationID](u), "Kind"}] = kinds
	return schema
}

func add(schema map[fieldKey]*domain, owner typeSet, path string, field event.Field) {
	d := &domain{field: path, values: field.Values, closed: true}
	if d.values == nil {
		d.values, d.closed = field.SentBy(event.Version{}), false
	}
	if d.values != nil {
		schema[fieldKey{owner, field.Name}] = d
	}
}

func (c *checker) domainOf(receiver value, name string) *domain {
	return c.schema[fieldKey{receiver.types, name}]
}

// impossible reports the comparison of a field with a text that the field never has.
func (c *checker) impossible(in invocation, field, constant value, node parse.Node) {
	d := field.domain
	if d == nil || !constant.literal || slices.Contains(d.values, constant.text) {
		return
	}
	nearest := ""
	for _, v := range d.values {
		if strings.EqualFold(v, constant.text) {
			nearest = v
		}
	}
	hint := fmt.Sprintf("write %q: case matters", nearest)
	if nearest == "" {
		if !d.closed {
			return
		}
		hint = "it is one of " + words.Or(d.values)
		if meant := foreign.Status(constant.text, d.values); meant != "" {
			hint = meant + "; " + d.field + " is one of " + words.Or(d.values)
		} else if nearest = words.Nearest(constant.text, d.values); nearest != "" {
			hint = words.DidYouMean(strconv.Quote(nearest)) + " " + hint
		}
	}
	effect := "this comparison is always false"
	switch {
	case in.name() == "ne":
		effect = "this comparison is always true"
	case slices.ContainsFunc(in.operands[1:], func(o operand) bool { return !o.value.literal || slices.Contains(d.values, o.value.text) }) && len(in.operands) > 2:
		effect = "comparing with it changes nothing"
	}
	c.report(ImpossibleComparison, c.spanOf(node), fmt.Sprintf("%s is never %q, so %s", d.field, constant.text, effect), hint)
}
