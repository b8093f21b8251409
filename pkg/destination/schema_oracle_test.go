package destination_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestSchemaOracle compares the faults that the schema of each destination finds with
// those of a full JSON Schema validator, over payloads that are right, nearly right and
// wrong.
func TestSchemaOracle(t *testing.T) {
	t.Parallel()
	for _, d := range catalog.Forms() {
		if d.Schema() == nil || d.Plain {
			continue
		}
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			oracle := compileOracle(t, d)
			maker := newPayloads(t, d)
			accepted, refused := 0, 0
			payloads := 250
			if vast.Long(t) {
				payloads = 1500
			}
			for range payloads {
				if compareWithOracle(t, d, oracle, maker.payload()) {
					accepted++
				} else {
					refused++
				}
			}
			demanding := bytes.Contains(d.Schema(), []byte(`"type"`))
			if accepted < payloads/125 || demanding && refused < payloads/8 {
				t.Errorf("%d payloads were right and %d wrong: there is little to compare", accepted, refused)
			}
		})
	}
}

// FuzzSchemaOracle does the same for arbitrary JSON.
func FuzzSchemaOracle(f *testing.F) {
	oracles := map[string]*jsonschema.Schema{}
	for _, d := range catalog.Forms() {
		f.Add([]byte(d.Example))
		if d.Schema() != nil && !d.Plain {
			oracles[d.String()] = compileOracle(f, d)
		}
	}
	f.Add([]byte(`{"text":1,"text":"a","chat_id":1.0,"parse_mode":"x","embeds":[{},{"timestamp":"2026-12-31T23:59:60Z"}]}`))
	// The oracle computes such numbers exactly, which would use up all memory.
	hugeExponent := regexp.MustCompile(`[eE][+-]?[0-9]{3}|[0-9]{15}`)
	f.Fuzz(func(t *testing.T, body []byte) {
		if !json.Valid(body) || hugeExponent.Match(body) {
			return
		}
		for _, d := range catalog.Forms() {
			if oracle := oracles[d.String()]; oracle != nil {
				compareWithOracle(t, d, oracle, body)
			}
		}
	})
}

// TestSchemaNumbers checks the schema where numbers are too large to compute with.
func TestSchemaNumbers(t *testing.T) {
	t.Parallel()
	d := catalog.ByName("discord")
	for number, want := range map[string]bool{"1e999999999": false, "-1e999999999": false, "1e-999999999": true, "16777215": true, "16777216": false} {
		body := `{"content":"x","embeds":[{"title":"x","color":` + number + `}]}`
		if got := len(d.SchemaFaults([]byte(body))) == 0; got != want {
			t.Errorf("%s: accepted is %v, want %v", number, got, want)
		}
	}
}

// compareWithOracle reports whether the body is accepted.
func compareWithOracle(t *testing.T, d *destination.Destination, oracle *jsonschema.Schema, body []byte) bool {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	var invalid *jsonschema.ValidationError
	if errors.As(oracle.Validate(value), &invalid) {
		want = oracleFaults(invalid)
	}
	got := d.SchemaFaults(body)
	slices.Sort(want)
	slices.Sort(got)
	if diff := golden.Diff(want, got); diff != "" {
		t.Fatalf("%s of %s: the oracle's faults are marked -, ours +\n%s", d.Name, body, diff)
	}
	return len(got) == 0
}

func compileOracle(t testing.TB, d *destination.Destination) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(d.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func oracleFaults(e *jsonschema.ValidationError) []string {
	var all []string
	switch e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.AllOf, *kind.Reference:
		for _, cause := range e.Causes {
			all = append(all, oracleFaults(cause)...)
		}
		return all
	case *kind.FalseSchema:
		return []string{pointer(e.InstanceLocation) + " false"}
	case *kind.Not:
		return []string{pointer(e.InstanceLocation) + " not"}
	}
	keywords := e.ErrorKind.KeywordPath()
	return []string{pointer(e.InstanceLocation) + " " + keywords[0]}
}

func pointer(steps []string) string { return strings.Join(append([]string{""}, steps...), "/") }

// payloads makes payloads that follow a schema, with a fault here and there.
type payloads struct {
	rng    *rand.Rand
	root   map[string]any
	faulty float64 // one in how many values differs from the schema
}

func newPayloads(t *testing.T, d *destination.Destination) *payloads {
	t.Helper()
	var root any
	if err := json.Unmarshal(d.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	object, _ := root.(map[string]any)
	return &payloads{rng: rand.New(rand.NewPCG(7, 11)), root: object}
}

func (p *payloads) payload() []byte {
	p.faulty = []float64{0, 0.02, 0.1, 0.4}[p.rng.IntN(4)]
	body, err := json.Marshal(p.value(p.root, 0))
	if err != nil {
		panic(err)
	}
	return body
}

func (p *payloads) value(schema any, depth int) any {
	object, ok := schema.(map[string]any)
	if !ok || depth > 6 || p.rng.Float64() < p.faulty {
		return p.anything()
	}
	object = p.merged(object, 0)
	if constant, ok := object["const"]; ok {
		return constant
	}
	if choices, ok := object["enum"].([]any); ok {
		return choices[p.rng.IntN(len(choices))]
	}
	name, _ := object["type"].(string)
	if names, ok := object["type"].([]any); ok {
		name, _ = names[p.rng.IntN(len(names))].(string)
	}
	switch {
	case name == "object" || object["properties"] != nil:
		return p.object(object, depth)
	case name == "array":
		list := []any{}
		for range p.rng.IntN(4) {
			list = append(list, p.value(object["items"], depth+1))
		}
		return list
	}
	return p.scalar(name, object)
}

// merged follows references and merges choices and conditions into the object, so that
// values often satisfy them.
func (p *payloads) merged(object map[string]any, depth int) map[string]any {
	whole := map[string]any{}
	add := func(part any) {
		if part, ok := part.(map[string]any); ok && depth < 8 {
			for name, value := range p.merged(part, depth+1) {
				old, isMap := whole[name].(map[string]any)
				if value, ok := value.(map[string]any); ok && isMap && name == "properties" {
					for key, property := range value {
						if property != true || old[key] == nil {
							old[key] = property
						}
					}
					continue
				}
				whole[name] = value
			}
		}
	}
	if ref, ok := object["$ref"].(string); ok {
		var at any = p.root
		for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			at = at.(map[string]any)[step]
		}
		add(at)
	}
	for name, value := range object {
		if properties, ok := value.(map[string]any); ok && name == "properties" {
			copied := map[string]any{}
			for key, property := range properties {
				copied[key] = property
			}
			value = copied
		}
		whole[name] = value
	}
	for _, name := range []string{"allOf", "anyOf"} {
		if list, ok := object[name].([]any); ok {
			add(list[p.rng.IntN(len(list))])
		}
	}
	if object["if"] != nil && p.rng.IntN(2) == 0 {
		add(object["if"])
		add(object["then"])
	} else {
		add(object["else"])
	}
	return whole
}

func (p *payloads) object(schema map[string]any, depth int) any {
	made := map[string]any{}
	required, _ := schema["required"].([]any)
	properties, _ := schema["properties"].(map[string]any)
	names := make([]string, 0, len(properties))
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if slices.Contains(required, any(name)) || p.rng.IntN(3) == 0 {
			if p.rng.Float64() >= p.faulty {
				made[name] = p.value(properties[name], depth+1)
			}
		}
	}
	if p.rng.Float64() < p.faulty {
		made[fmt.Sprint("unknown", p.rng.IntN(3))] = p.anything()
	}
	return made
}

func (p *payloads) scalar(name string, schema map[string]any) any {
	switch name {
	case "null":
		return nil
	case "boolean":
		return p.rng.IntN(2) == 0
	case "integer", "number":
		least, _ := schema["minimum"].(float64)
		return least + float64(p.rng.IntN(5))
	}
	if schema["format"] != nil {
		times := []string{
			"2026-01-02T15:04:05Z", "2026-01-02t15:04:05.123+01:00", "2026-12-31T23:59:60Z", "2026-12-31T22:59:60-01:00",
			"2026-12-31T22:59:60Z", "2026-02-30T00:00:00Z", "2026-01-02 15:04:05Z", "2026-01-02T1:04:05.000Z", "2026-01-02T15:04:05", "",
			"2026-01-02T24:00:00Z", "2026-01-02T15:04:05,5Z", "2026-01-02T15:04:05+24:00",
		}
		if p.faulty == 0 {
			return times[0]
		}
		return times[p.rng.IntN(len(times))]
	}
	words := []string{"html", "Default", "good", "bolder", "custom_x", "text €𝄞", "1.4", "Left", "top", "Primary", "Horizontal", "INFO", "https://a.example.com"}
	if pattern, ok := schema["pattern"].(string); ok && p.rng.Float64() >= p.faulty {
		form := regexp.MustCompile(pattern)
		if fitting := slices.DeleteFunc(slices.Clone(words), func(word string) bool { return !form.MatchString(word) }); len(fitting) > 0 {
			words = fitting
		}
	}
	return words[p.rng.IntN(len(words))]
}

// anything returns a value that is mostly not what a schema asks for.
func (p *payloads) anything() any {
	values := []any{
		nil, true, false, 0, 1.0, -1, 1.5, 1e21, "", "x", "€𝄞", "section", "Section", "message",
		[]any{},
		[]any{"x"},
		[]any{nil, map[string]any{}},
		map[string]any{},
		map[string]any{"type": "section"},
		map[string]any{"type": "TextBlock", "text": 1},
	}
	return values[p.rng.IntN(len(values))]
}
