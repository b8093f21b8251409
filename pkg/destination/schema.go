package destination

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/hooktool/hooktool/internal/suggest"
)

// The members of a schema in which it words its own problems. They belong to the
// schema object whose keyword fails.
const (
	wordProblem  = "x-problem"  // the message
	wordHint     = "x-hint"     // what to do
	wordSeverity = "x-severity" // if it is not an error
	wordEffect   = "x-effect"   // if it is not refused
)

// rules is a compiled schema with its own text, in which wordings are looked up.
type rules struct {
	schema   *jsonschema.Schema
	document any
}

// compileSchema compiles the schema when it is first needed.
func (d *Destination) compileSchema() *rules {
	d.compile.Do(func() {
		compiled, err := compileRules(d.Schema())
		if err != nil {
			panic(fmt.Sprintf("the schema of %s: %v", d.Name, err)) // tests compile every schema
		}
		d.rules = compiled
	})
	return d.rules
}

func compileRules(text []byte) (*rules, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(schemaFile, document); err != nil {
		return nil, err
	}
	schema, err := compiler.Compile(schemaFile)
	return &rules{schema, document}, err
}

// checkSchema holds the payload against the schema.
func (d *Destination) checkSchema(p *Payload) {
	if len(d.Schema()) == 0 {
		return
	}
	r := d.compileSchema()
	err := r.schema.Validate(p.Root.plainValue())
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		d.explain(p, r, invalid)
	}
}

// explain turns a validation error and its causes into problems.
func (d *Destination) explain(p *Payload, r *rules, e *jsonschema.ValidationError) {
	own := r.object(e.SchemaURL)
	at := locate(p.Root, e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.AllOf, *kind.Reference:
		for _, cause := range e.Causes {
			d.explain(p, r, cause)
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			p.add(d.unknownField(own, at, name))
		}
	case *kind.AnyOf, *kind.OneOf:
		p.add(worded(own, alternatives(at, e)))
	default:
		p.add(worded(own, ProblemAt(at, Error, Refused, faultMessage(at, e), faultHint(at, e))))
	}
}

// worded gives a problem the words and the weight that the schema has for it.
func worded(own map[string]any, problem Problem) Problem {
	if message, ok := own[wordProblem].(string); ok {
		problem.Message = message
	}
	if hint, ok := own[wordHint].(string); ok {
		problem.Hint = hint
	}
	if severity, ok := own[wordSeverity].(string); ok {
		problem.Severity = Severity(severity)
	}
	if effect, ok := own[wordEffect].(string); ok {
		problem.Effect = Effect(effect)
	}
	return problem
}

// unknownField is the problem of a member that the schema does not know.
func (d *Destination) unknownField(own map[string]any, at *Value, name string) Problem {
	problem := Problem{
		Rule: RuleShape, Severity: Warning, Path: at.Path() + pathStep(name), Offset: at.Start, Effect: Ignored,
		Message: fmt.Sprintf("%s knows no field %q here, and ignores it", d.Title, name),
	}
	switch d.Unknown {
	case UnknownRefused:
		problem.Severity, problem.Effect = Error, Refused
		problem.Message = fmt.Sprintf("%s knows no field %q here, and refuses the message", d.Title, name)
	case UnknownUnsaid:
		problem.Effect = Unsaid
		problem.Message = fmt.Sprintf("%s documents no field %q here", d.Title, name)
	}
	for _, member := range at.Members {
		if member.Key == name {
			problem.Offset = member.KeyStart
		}
	}
	var known []string
	properties, _ := own["properties"].(map[string]any)
	for property := range properties {
		known = append(known, property)
	}
	slices.Sort(known)
	if nearest := suggest.Nearest(name, known); nearest != "" {
		problem.Hint = fmt.Sprintf("did you mean %q?", nearest)
	} else if len(known) > 0 {
		problem.Hint = "the fields are " + strings.Join(known, ", ")
	}
	return problem
}

// alternatives words a choice: of several members one must be there.
func alternatives(at *Value, e *jsonschema.ValidationError) Problem {
	var names []string
	for _, cause := range e.Causes {
		if k, ok := cause.ErrorKind.(*kind.Required); ok && len(cause.InstanceLocation) == len(e.InstanceLocation) {
			names = append(names, quoteAll(k.Missing, " and "))
		}
	}
	message := "it does not have any of the shapes that are allowed here"
	if len(names) > 0 {
		message = "one of " + strings.Join(names, ", ") + " must be there"
	}
	return ProblemAt(at, Error, Refused, message, "")
}

func quoteAll(words []string, between string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, between)
}

// object returns the schema object at a URL of a validation error.
func (r *rules) object(location string) map[string]any {
	_, pointer, _ := strings.Cut(location, "#")
	at := r.document
	for _, step := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		if step == "" {
			continue
		}
		step = strings.NewReplacer("~1", "/", "~0", "~", "%24", "$").Replace(step)
		switch node := at.(type) {
		case map[string]any:
			at = node[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i < 0 || i >= len(node) {
				return nil
			}
			at = node[i]
		default:
			return nil
		}
	}
	object, _ := at.(map[string]any)
	return object
}

// locate finds the value that a validation error is about.
func locate(v *Value, location []string) *Value {
	for _, step := range location {
		next := v
		switch v.Kind {
		case Object:
			next = v.member(step)
		case Array:
			var i int
			if _, err := fmt.Sscan(step, &i); err == nil && i >= 0 && i < len(v.Elements) {
				next = v.Elements[i]
			}
		}
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

// faultMessage words what a schema demands of a value.
func faultMessage(at *Value, e *jsonschema.ValidationError) string {
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		return fmt.Sprintf("%s must be there", quoteAll(k.Missing, " and "))
	case *kind.Type:
		return fmt.Sprintf("it must be %s, not %s", kindNames(k.Want), withArticle(k.Got))
	case *kind.Enum:
		return fmt.Sprintf("it must be one of %s, not %s", literals(k.Want), literal(k.Got))
	case *kind.Const:
		return fmt.Sprintf("it must be %s, not %s", literal(k.Want), literal(k.Got))
	case *kind.MinLength:
		if k.Got == 0 {
			return "it must not be empty"
		}
		return fmt.Sprintf("it must have at least %d characters, not %d", k.Want, k.Got)
	case *kind.MinItems:
		if k.Got == 0 {
			return "it must not be empty"
		}
		return fmt.Sprintf("it must have at least %d elements, not %d", k.Want, k.Got)
	case *kind.Minimum:
		return fmt.Sprintf("it must be at least %s, not %s", k.Want.RatString(), at.Text)
	case *kind.Maximum:
		return fmt.Sprintf("it must be at most %s, not %s", k.Want.RatString(), at.Text)
	case *kind.Pattern:
		return fmt.Sprintf("%s does not look as it must: %s", quoteShort(k.Got), k.Want)
	case *kind.Format:
		return fmt.Sprintf("%s is no %s", quoteShort(at.Text), k.Want)
	case *kind.FalseSchema:
		return "it must not be there"
	}
	return fmt.Sprintf("it does not have the right shape: %v", e.ErrorKind.KeywordPath())
}

// faultHint finds a word that was probably meant.
func faultHint(at *Value, e *jsonschema.ValidationError) string {
	switch k := e.ErrorKind.(type) {
	case *kind.Enum:
		var words []string
		for _, want := range k.Want {
			if word, ok := want.(string); ok {
				words = append(words, word)
			}
		}
		if nearest := suggest.Nearest(at.Str(), words); nearest != "" {
			return fmt.Sprintf("did you mean %q?", nearest)
		}
	case *kind.Required:
		var words []string
		for _, member := range at.Members {
			words = append(words, member.Key)
		}
		for _, missing := range k.Missing {
			if nearest := suggest.Nearest(missing, words); nearest != "" {
				return fmt.Sprintf("is %q meant to be %q?", nearest, missing)
			}
		}
	case *kind.Type:
		if at.Is(Null) {
			return "leave the field out when there is nothing to say"
		}
	}
	return ""
}

func kindNames(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = withArticle(name)
	}
	return strings.Join(words, " or ")
}

func withArticle(name string) string {
	switch name {
	case "null":
		return "null"
	case "object", "array", "integer":
		return "an " + name
	}
	return "a " + name
}

func literals(values []any) string {
	words := make([]string, len(values))
	for i, value := range values {
		words[i] = literal(value)
	}
	return strings.Join(words, ", ")
}

func literal(value any) string {
	if text, ok := value.(string); ok {
		return quoteShort(text)
	}
	text, err := json.Marshal(value)
	if err != nil || len(text) > 80 {
		return "that"
	}
	return string(text)
}
