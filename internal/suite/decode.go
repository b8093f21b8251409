package suite

import (
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// maxNodes limits the number of values in a file; aliased values count every time they
// are used.
const maxNodes = 1 << 18

// decode fills a struct from a mapping whose keys are the struct's tags. It reports
// unknown keys and values of the wrong type.
func (l *loader) decode(node *yaml.Node, into reflect.Value) {
	node = l.resolve(node)
	if node == nil || isNull(node) {
		return
	}
	if node.Kind != yaml.MappingNode {
		l.problem(node, "", "this must be a mapping, not %s", kindOf(node))
		return
	}
	for key, value := range pairs(node) {
		if key.Value == "<<" { // overridden by the keys beside it
			l.merge(value, into)
		}
	}
	seen := map[string]bool{}
	for key, value := range pairs(node) {
		field := fieldOf(into, key.Value)
		switch {
		case key.Value == "<<":
		case !field.IsValid():
			keys := knownKeys(reflect.TypeFor[spec]())
			l.problem(key, words.Suggest(key.Value, keys, "the keys are "+strings.Join(keys, ", ")), "unknown key %q", key.Value)
		case seen[key.Value]:
			l.problem(key, "remove one of them", "the key %q appears twice", key.Value)
		default:
			l.value(key.Value, value, field)
		}
		seen[key.Value] = true
	}
}

// merge fills a struct from the mapping of a merge key, or from a list of mappings, of
// which the first takes precedence.
func (l *loader) merge(node *yaml.Node, into reflect.Value) {
	if node = l.resolve(node); node == nil {
		return
	}
	if node.Kind != yaml.SequenceNode {
		l.decode(node, into)
		return
	}
	for _, each := range slices.Backward(node.Content) {
		l.decode(each, into)
	}
}

// value fills a field.
func (l *loader) value(key string, node *yaml.Node, field reflect.Value) {
	if node = l.resolve(node); node == nil || isNull(node) {
		return
	}
	switch into := field.Addr().Interface().(type) {
	case *string:
		*into = l.text(key, node)
	case **string:
		text := l.text(key, node)
		*into = &text
	case *[]string:
		for _, item := range l.list(key, node) {
			*into = append(*into, l.text("each item of "+key, item))
		}
	case *map[string]string:
		*into = map[string]string{}
		for name, item := range l.mapping(key, node) {
			(*into)[name.Value] = l.text(name.Value, item)
		}
	case *[]change:
		for path, item := range l.mapping(key, node) {
			*into = append(*into, change{path.Value, scalar(l.any(item))})
		}
	case *any:
		*into = l.any(node)
	case *[]testSpec:
		for _, item := range l.list(key, node) {
			test := testSpec{node: l.resolve(item)}
			l.decode(item, reflect.ValueOf(&test).Elem())
			*into = append(*into, test)
		}
	}
}

// text returns a string, or another scalar such as a number as written.
func (l *loader) text(key string, node *yaml.Node) string {
	if node = l.resolve(node); node == nil || isNull(node) || !l.is(yaml.ScalarNode, "text", key, node) {
		return ""
	}
	return node.Value
}

func (l *loader) list(key string, node *yaml.Node) []*yaml.Node {
	if !l.is(yaml.SequenceNode, "a list", key, node) {
		return nil
	}
	return node.Content
}

func (l *loader) mapping(key string, node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	if !l.is(yaml.MappingNode, "a mapping", key, node) {
		return pairs(&yaml.Node{})
	}
	return pairs(node)
}

// is reports whether a node has the wanted kind, and records a problem if it does not.
func (l *loader) is(kind yaml.Kind, want, key string, node *yaml.Node) bool {
	if node.Kind != kind {
		l.problem(node, "", "%s must be %s, not %s", key, want, kindOf(node))
	}
	return node.Kind == kind
}

// any converts a value to JSON types: numbers as written, where JSON allows that, and
// times as text.
func (l *loader) any(node *yaml.Node) any {
	if node = l.resolve(node); node == nil {
		return nil
	}
	switch node.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for key, value := range pairs(node) {
			if key.Value != "<<" {
				object[key.Value] = l.any(value)
			} else if merged, ok := l.any(value).(map[string]any); ok {
				for key, value := range merged {
					if _, own := object[key]; !own {
						object[key] = value
					}
				}
			}
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range node.Content {
			list = append(list, l.any(item))
		}
		return list
	}
	switch node.Tag {
	case "!!timestamp":
		return node.Value
	case "!!int", "!!float":
		if json.Valid([]byte(node.Value)) {
			return json.Number(node.Value)
		}
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return node.Value
	}
	return value
}

// resolve follows an alias. It returns nil, and reports this once, if a file has too
// many values, as nested aliases can produce.
func (l *loader) resolve(node *yaml.Node) *yaml.Node {
	if l.nodes++; l.nodes > maxNodes {
		if l.nodes == maxNodes+1 {
			l.problem(node, "", "the file has more than %d values", maxNodes)
		}
		return nil
	}
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// pairs yields the keys and values of a mapping.
func pairs(node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(key, value *yaml.Node) bool) {
		for pair := range slices.Chunk(node.Content, 2) {
			if !yield(pair[0], pair[1]) {
				return
			}
		}
	}
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }

func kindOf(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return "text"
}

// fieldOf returns the field of a struct, or of the structs within it, whose tag is key.
func fieldOf(v reflect.Value, key string) reflect.Value {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			if found := fieldOf(v.Field(i), key); found.IsValid() {
				return found
			}
		} else if key != "" && field.Tag.Get("yaml") == key {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// knownKeys lists the keys allowed in a file, including those of its cases.
func knownKeys(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		field := t.Field(i)
		if key := field.Tag.Get("yaml"); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		more := field.Type
		if more == reflect.TypeFor[[]testSpec]() {
			more = more.Elem()
		}
		if field.Anonymous || more != field.Type {
			for _, key := range knownKeys(more) {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// position returns where a value begins; for a mapping, that is its first key.
func position(node *yaml.Node) source.Position {
	switch {
	case node == nil:
		return source.Position{}
	case node.Kind == yaml.MappingNode && len(node.Content) > 0:
		node = node.Content[0]
	}
	return source.Position{Line: node.Line, Column: node.Column}
}

// scalar formats a value of set in the syntax of --set.
func scalar(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case string:
		return v
	case []any, map[string]any:
		if text, err := json.Marshal(v); err == nil {
			return string(text)
		}
	}
	return fmt.Sprint(value)
}
