package destination

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// Field is a top-level member of a payload.
type Field struct {
	Name     string
	Type     string // in the words of JSON Schema, such as "string or null"
	Required bool
	Doc      string // may be empty
}

// Fields returns the top-level members of the payload in the order of the schema; for
// an array, those of its elements. There are none if any JSON will do.
func (d *Destination) Fields() []Field {
	root := jsontree.Parse(d.Schema()).Root
	if items := root.Get("items"); items != nil {
		root = deref(root, items)
	}
	required := map[string]bool{}
	for _, name := range root.Get("required").Elems() {
		required[name.Str()] = true
	}
	properties := root.Get("properties")
	if properties == nil && root.Get("else") != nil {
		root = deref(root, root.Get("else"))
		properties = root.Get("properties")
		for _, name := range root.Get("required").Elems() {
			required[name.Str()] = true
		}
	}
	if properties == nil {
		return nil
	}
	var fields []Field
	for _, member := range properties.Members {
		fields = append(fields, Field{
			Name: member.Key, Type: typeOf(member.Value), Required: required[member.Key], Doc: member.Value.Get("description").Str(),
		})
	}
	return fields
}

// deref follows a reference within the schema.
func deref(root, v *Value) *Value {
	ref, ok := strings.CutPrefix(v.Get("$ref").Str(), "#/")
	if !ok {
		return v
	}
	return root.Get(strings.Split(ref, "/")...)
}

// typeOf describes the type that a schema demands.
func typeOf(schema *Value) string {
	var words []string
	switch t := schema.Get("type"); {
	case t.Is(String):
		words = append(words, t.Text)
	case t.Is(Array):
		for _, element := range t.Elements {
			words = append(words, element.Str())
		}
	}
	for _, choice := range schema.Get("enum").Elems() {
		if !slices.Contains(words, choice.Text) { // 2 and "2" are the same to people
			words = append(words, choice.Text)
		}
	}
	for _, choice := range schema.Get("anyOf").Elems() {
		if name := choice.Get("type").Str(); name != "" && !slices.Contains(words, name) { // others are conditions
			words = append(words, name)
		}
	}
	if constant := schema.Get("const"); constant != nil {
		words = append(words, constant.Text)
	}
	if ref := schema.Get("$ref").Str(); ref != "" {
		words = append(words, "object")
	}
	return strings.Join(words, " or ")
}

// AllLimits returns every limit, including those of texts.
func (d *Destination) AllLimits() []Limit {
	var limits []Limit
	for _, rule := range d.Visible {
		if l, ok := rule.limit(); ok {
			limits = append(limits, l)
		}
	}
	return append(limits, d.Limits...)
}
