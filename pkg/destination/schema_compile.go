package destination

import (
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/internal/jsontree"
)

// schema is a compiled schema object of JSON Schema (draft 2020-12): one check for each
// of its keywords. The available libraries either report only the first fault, as a
// string, or compile the metaschemas each time the program starts; here every fault is
// needed, with its place and with the schema object's words for it. An unknown keyword
// is an error, so none is ever ignored.
type schema struct {
	own    *Value // the object itself, or true or false
	checks []check
}

// check is a keyword of a schema object.
type check struct {
	faults   func(v *Value) []fault
	decisive bool // if it fails, the keywords after it are not checked
}

// fault is a keyword of the schema that a value does not satisfy.
type fault struct {
	own     *Value // the schema object
	at      *Value
	keyword string
	message string
	hint    string
	names   []string // for required and additionalProperties: the members that are missing or unknown
	causes  []fault  // for anyOf: the faults of each choice
	passed  Limit    // for maxLength and maxItems: the limit that is exceeded
	count   int      // and by how many
}

// faults returns all the faults that the schema finds in a value.
func (s *schema) faults(v *Value) []fault {
	var all []fault
	for _, c := range s.checks {
		found := c.faults(v)
		for i := range found {
			if found[i].own == nil {
				found[i].own = s.own
			}
		}
		all = append(all, found...)
		if c.decisive && len(found) > 0 {
			break
		}
	}
	return all
}

// accepts reports whether the schema finds no fault in a value.
func (s *schema) accepts(v *Value) bool { return len(s.faults(v)) == 0 }

// parseSchema compiles the text of a schema.
func parseSchema(text []byte, null NullRule) (*schema, error) {
	tree := jsontree.Parse(text)
	if tree.Fault != nil {
		return nil, tree.Fault
	}
	return newCompiler(tree.Root, null).schema(tree.Root)
}

// compiler compiles schema objects, each once, so that they may refer to each other.
type compiler struct {
	root     *Value
	null     NullRule // the default for schema objects without a rule of their own
	keywords []keyword
	done     map[*Value]*schema
}

func newCompiler(root *Value, null NullRule) *compiler {
	return &compiler{root: root, null: null, keywords: keywords(), done: map[*Value]*schema{}}
}

// present returns the function that says whether a member counts as present in an
// object that a schema object describes.
func (c *compiler) present(object *Value) func(*Value) bool {
	rule := c.null
	if own := object.Get(wordNull); own != nil {
		rule = NullRule(own.Str())
	}
	return func(v *Value) bool { return v != nil && (rule != NullTaken || v.Kind != Null) }
}

// keyword is a keyword that schemas use, with its compiler.
type keyword struct {
	name     string
	compile  func(c *compiler, object, value *Value) (func(v *Value) []fault, error)
	decisive bool
}

// keywords returns the keywords in the order in which they are checked.
func keywords() []keyword {
	return []keyword{
		{"type", compileType, true},
		{"const", compileConst, true},
		{"enum", compileEnum, true},
		{"format", compileFormat, true},
		{"x-time", compileTime, true},
		{"x-url", compileURL, true},
		{"$ref", compileReference, false},
		{"minProperties", compileMinProperties, false},
		{"required", compileRequired, false},
		{"properties", compileProperties, false},
		{"additionalProperties", compileAdditional, false},
		{"propertyNames", compilePropertyNames, false},
		{"minItems", compileMinItems, false},
		{"maxItems", compileMaxItems, false},
		{"items", compileItems, false},
		{"minLength", compileMinLength, false},
		{"maxLength", compileMaxLength, false},
		{"pattern", compilePattern, false},
		{"minimum", compileMinimum, false},
		{"maximum", compileMaximum, false},
		{"not", compileNot, false},
		{"allOf", compileAllOf, false},
		{"anyOf", compileAnyOf, false},
		{"if", compileIf, false},
	}
}

// saysNothing lists the members of schema objects that demand nothing by themselves.
//
// nolint:gochecknoglobals // a table
var saysNothing = []string{
	"$schema", "$comment", "$defs", "title", "description", "then", "else",
	wordProblem, wordHint, wordSeverity, wordEffect, wordUnknown, wordNull,
}

// knows reports whether schema objects have such a member.
func (c *compiler) knows(member string) bool {
	return slices.Contains(saysNothing, member) || slices.ContainsFunc(c.keywords, func(k keyword) bool { return k.name == member })
}

func (c *compiler) schema(object *Value) (*schema, error) {
	if s := c.done[object]; s != nil {
		return s, nil
	}
	s := &schema{own: object}
	c.done[object] = s
	switch {
	case object.Is(Boolean):
		if object.Text == "false" {
			s.checks = []check{{faults: never}}
		}
		return s, nil
	case !object.Is(Object):
		return nil, fmt.Errorf("%s: a schema must be an object or a boolean", object.Path())
	}
	return s, c.fill(s)
}

// fill compiles the keywords of a schema object.
func (c *compiler) fill(s *schema) error {
	for _, k := range c.keywords {
		value := s.own.Get(k.name)
		if value == nil {
			continue
		}
		faults, err := k.compile(c, s.own, value)
		if err != nil {
			return err
		}
		s.checks = append(s.checks, check{faults, k.decisive})
	}
	for _, member := range s.own.Members {
		if !c.knows(member.Key) {
			return fmt.Errorf("%s: unknown keyword %q", s.own.Path(), member.Key)
		}
		if words := vocabulary(member.Key); words != nil && !slices.Contains(words, member.Value.Str()) {
			return fmt.Errorf("%s: it must be one of %q", member.Value.Path(), words)
		}
	}
	return nil
}

// list compiles an array of schemas.
func (c *compiler) list(array *Value) ([]*schema, error) {
	var list []*schema
	for _, element := range array.Elems() {
		s, err := c.schema(element)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}
