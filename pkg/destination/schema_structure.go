package destination

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/hooktool/hooktool/internal/words"
)

func compileMinProperties(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	least, err := strconv.Atoi(value.Text)
	return func(v *Value) []fault {
		if !v.Is(Object) || len(v.Distinct()) >= least {
			return nil
		}
		return []fault{{at: v, keyword: "minProperties", message: tooFew(len(v.Distinct()), least, "members")}}
	}, err
}

func compileRequired(c *compiler, object, value *Value) (func(*Value) []fault, error) {
	present := c.present(object)
	return func(v *Value) []fault {
		if !v.Is(Object) {
			return nil
		}
		var missing []string
		for _, name := range value.Elems() {
			if !present(v.Get(name.Str())) {
				missing = append(missing, name.Str())
			}
		}
		if missing == nil {
			return nil
		}
		return []fault{{at: v, keyword: keywordRequired, names: missing}}
	}, nil
}

// keywordRequired is the keyword whose faults are only worded when they are reported:
// most come from a condition that does not hold.
const keywordRequired = "required"

// missing words a fault of this keyword.
func (f fault) missing() (message, hint string) {
	return fmt.Sprintf("%s %s required", words.And(words.Quote(f.names)), words.IsOrAre(len(f.names))), misspelt(f.at, f.names)
}

// misspelt finds a member that was probably meant to be a missing one.
func misspelt(v *Value, missing []string) string {
	var keys []string
	for _, member := range v.Members {
		keys = append(keys, member.Key)
	}
	for _, name := range missing {
		if nearest := words.Nearest(name, keys); nearest != "" {
			return fmt.Sprintf("is %q meant to be %q?", nearest, name)
		}
	}
	return ""
}

func compileProperties(c *compiler, object, value *Value) (func(*Value) []fault, error) {
	present := c.present(object)
	schemas := map[string]*schema{}
	for _, member := range value.Members {
		s, err := c.schema(member.Value)
		if err != nil {
			return nil, err
		}
		schemas[member.Key] = s
	}
	return func(v *Value) []fault {
		var all []fault
		for _, member := range v.Distinct() {
			if s := schemas[member.Key]; s != nil && present(member.Value) {
				all = append(all, s.faults(member.Value)...)
			}
		}
		return all
	}, nil
}

func compileAdditional(c *compiler, object, value *Value) (func(*Value) []fault, error) {
	known := map[string]bool{}
	if properties := object.Get("properties"); properties != nil {
		for _, member := range properties.Members {
			known[member.Key] = true
		}
	}
	present := c.present(object)
	others, err := c.schema(value)
	return func(v *Value) []fault {
		var all []fault
		var unknown []string
		for _, member := range v.Distinct() {
			switch {
			case known[member.Key], !value.Is(Boolean) && !present(member.Value):
			case value.Is(Boolean) && value.Text == "false":
				unknown = append(unknown, member.Key)
			default:
				all = append(all, others.faults(member.Value)...)
			}
		}
		if unknown != nil {
			all = append(all, fault{at: v, keyword: "additionalProperties", names: unknown})
		}
		return all
	}, err
}

func compileMinItems(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	least, err := strconv.Atoi(value.Text)
	return func(v *Value) []fault {
		if !v.Is(Array) || len(v.Elements) >= least {
			return nil
		}
		return []fault{{at: v, keyword: "minItems", message: tooFew(len(v.Elements), least, "elements")}}
	}, err
}

func compileMaxItems(_ *compiler, _, value *Value) (func(*Value) []fault, error) {
	most, err := strconv.Atoi(value.Text)
	return func(v *Value) []fault {
		if !v.Is(Array) || len(v.Elements) <= most {
			return nil
		}
		return []fault{{at: v, keyword: "maxItems", passed: Limit{Max: most, Unit: Items}, count: len(v.Elements)}}
	}, err
}

// compilePropertyNames checks the names of members against a schema. The fault is the
// object's, because a name is not a value with its own place.
func compilePropertyNames(c *compiler, _, value *Value) (func(*Value) []fault, error) {
	names, err := c.schema(value)
	return func(v *Value) []fault {
		if !v.Is(Object) {
			return nil
		}
		for _, member := range v.Distinct() {
			name := &Value{Kind: String, Text: member.Key, Start: member.KeyStart}
			if found := names.faults(name); len(found) > 0 {
				message := fmt.Sprintf("the name %s of a member: %s", quoteShort(member.Key), found[0].message)
				return []fault{{at: v, keyword: "propertyNames", message: message}}
			}
		}
		return nil
	}, err
}

func compileItems(c *compiler, _, value *Value) (func(*Value) []fault, error) {
	s, err := c.schema(value)
	return func(v *Value) []fault {
		var all []fault
		for _, element := range v.Elements {
			all = append(all, s.faults(element)...)
		}
		return all
	}, err
}

func compileReference(c *compiler, object, value *Value) (func(*Value) []fault, error) {
	target := deref(c.root, object)
	if target == nil || target == object {
		return nil, fmt.Errorf("%s: %q does not exist in this schema", object.Path(), value.Str())
	}
	s, err := c.schema(target)
	return func(v *Value) []fault { return s.faults(v) }, err
}

func compileAllOf(c *compiler, _, value *Value) (func(*Value) []fault, error) {
	list, err := c.list(value)
	return func(v *Value) []fault {
		var all []fault
		for _, s := range list {
			all = append(all, s.faults(v)...)
		}
		return all
	}, err
}

func compileAnyOf(c *compiler, _, value *Value) (func(*Value) []fault, error) {
	list, err := c.list(value)
	return func(v *Value) []fault {
		var causes []fault
		for _, s := range list {
			found := s.faults(v)
			if len(found) == 0 {
				return nil
			}
			causes = append(causes, found...)
		}
		return []fault{{at: v, keyword: "anyOf", message: alternatives(v, causes), causes: causes}}
	}, err
}

func compileNot(c *compiler, _, value *Value) (func(*Value) []fault, error) {
	s, err := c.schema(value)
	return func(v *Value) []fault {
		if !s.accepts(v) {
			return nil
		}
		return []fault{{at: v, keyword: "not", message: "it does not have the right shape"}}
	}, err
}

func compileIf(c *compiler, object, value *Value) (func(*Value) []fault, error) {
	condition, err := c.schema(value)
	if err != nil {
		return nil, err
	}
	var branches [2]*schema
	for i, name := range []string{"then", "else"} {
		if branch := object.Get(name); branch != nil {
			if branches[i], err = c.schema(branch); err != nil {
				return nil, err
			}
		}
	}
	accepts := condition.accepts
	if quick := literalCondition(value); quick != nil {
		accepts = quick
	}
	return func(v *Value) []fault {
		branch := branches[0]
		if !accepts(v) {
			branch = branches[1]
		}
		if branch == nil {
			return nil
		}
		return branch.faults(v)
	}, nil
}

// literalCondition compiles the condition that most schemas choose by, that one member
// is present with one of some strings as its value, to a comparison. It is nil for
// every other condition.
func literalCondition(condition *Value) func(*Value) bool {
	required, properties := condition.Get("required").Elems(), condition.Get("properties")
	if len(condition.Members) != 2 || len(required) != 1 || properties == nil || len(properties.Members) != 1 {
		return nil
	}
	name, value := properties.Members[0].Key, properties.Members[0].Value
	if required[0].Str() != name || len(value.Members) != 1 {
		return nil
	}
	choices := value.Get("enum").Elems()
	if constant := value.Get("const"); constant != nil {
		choices = []*Value{constant}
	}
	if len(choices) == 0 || slices.ContainsFunc(choices, func(choice *Value) bool { return !choice.Is(String) }) {
		return nil
	}
	return func(v *Value) bool {
		if !v.Is(Object) {
			return true // neither keyword is about it
		}
		member := v.Get(name)
		return member.Is(String) && slices.ContainsFunc(choices, func(choice *Value) bool { return choice.Text == member.Text })
	}
}
