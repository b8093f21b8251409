package event_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/hooktool/hooktool/pkg/event"
)

// TestSamples checks that every sample decodes from its own event file without a
// warning.
func TestSamples(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	states := map[event.Kind]map[string]bool{}
	for _, sample := range event.Samples() {
		if seen[sample.Name] || !strings.HasPrefix(sample.Name, sample.Kind.String()+"-") || sample.Doc == "" || sample.Event.Kind() != sample.Kind {
			t.Errorf("%s is a bad sample", sample.Name)
		}
		seen[sample.Name] = true
		if states[sample.Kind] == nil {
			states[sample.Kind] = map[string]bool{}
		}
		states[sample.Kind][sample.Event.Status()] = true
		sample.Event.CustomFields = map[string]string{"team": `a "b" <c>`, "Env": "x"}
		text, err := event.MarshalIndent(sample.Event)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := event.NewDecoder(strings.NewReader(string(text)), sample.Name).Next()
		if err != nil {
			t.Fatal(err)
		}
		got, warnings, err := doc.Decode("")
		if err != nil || len(warnings) > 0 {
			t.Fatalf("%s: %v, warnings %v", sample.Name, err, warnings)
		}
		if !reflect.DeepEqual(got, sample.Event) {
			t.Errorf("%s: %s", sample.Name, golden.Diff(sample.Event.Values(), got.Values()))
		}
	}
	for _, kind := range event.Kinds() {
		for _, field := range event.Fields(kind) {
			for _, status := range field.SentBy(event.Version{}) {
				if field.Name == "Status" && !states[kind][status] {
					t.Errorf("no sample of kind %s has the status %s", kind, status)
				}
			}
		}
	}
}

// TestSchemaMatchesTypes compares the schema with the Go types that templates see.
func TestSchemaMatchesTypes(t *testing.T) {
	t.Parallel()
	for _, kind := range event.Kinds() {
		compareFields(t, kind.String(), event.Fields(kind), event.Type(kind))
	}
	id := reflect.TypeFor[event.ApplicationID]()
	if len(event.ApplicationMethods()) != id.NumMethod()-1 { // MarshalText is for encoding/json
		t.Errorf("ApplicationID has %d methods, the schema %d", id.NumMethod(), len(event.ApplicationMethods()))
	}
	for _, method := range event.ApplicationMethods() {
		if _, ok := id.MethodByName(method.Name); !ok {
			t.Errorf("ApplicationID has no method %s", method.Name)
		}
	}
}

func compareFields(t *testing.T, where string, fields []event.Field, typ reflect.Type) {
	t.Helper()
	exported := 0
	for i := range typ.NumField() {
		if typ.Field(i).IsExported() {
			exported++
		}
	}
	if len(fields) != exported {
		t.Errorf("%s: the schema has %d fields, the type %d", where, len(fields), exported)
	}
	for i, field := range fields {
		inType := typ.Field(i)
		name, options, _ := strings.Cut(inType.Tag.Get("json"), ",")
		if inType.Name != field.Name || name != field.JSON || (options == "omitempty") != field.Optional {
			t.Errorf("%s: %+v does not match %s %q", where, field, inType.Name, inType.Tag)
		}
		if field.Doc == "" || field.Since == "" {
			t.Errorf("%s.%s has no doc or no version", where, field.Name)
		}
		if len(field.Fields) == 0 {
			continue
		}
		inner := inType.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		compareFields(t, where+"."+field.Name, field.Fields, inner)
	}
}

// TestJSONSchema checks that the schema of a kind accepts its samples and rejects what
// the decoder rejects.
func TestJSONSchema(t *testing.T) {
	t.Parallel()
	for _, sample := range event.Samples() {
		for _, kind := range []event.Kind{sample.Kind, ""} {
			schema := compileSchema(t, kind)
			text, err := event.Marshal(sample.Event)
			if err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); err != nil {
				t.Errorf("%s: %v", sample.Name, err)
			}
			if err := schema.Validate([]any{value}); err != nil {
				t.Errorf("a list of %s: %v", sample.Name, err)
			}
			value.(map[string]any)["status"] = "critical"
			if schema.Validate(value) == nil {
				t.Errorf("%s: the schema takes a wrong status", sample.Name)
			}
		}
	}
}

func compileSchema(t *testing.T, kind event.Kind) *jsonschema.Schema {
	t.Helper()
	text, err := event.JSONSchema(kind)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("event.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("event.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// FuzzSet checks that Set never panics for any path, and that the event can be written
// and read again afterwards.
func FuzzSet(f *testing.F) {
	for _, seed := range [][2]string{
		{"status", "OK"},
		{"reports[0].message", "x"},
		{"reports", "null"},
		{"reports", "[]"},
		{"details[9].code", "true"},
		{"application", "a:b:c"},
		{"application.name", "x"},
		{"summary[1]", "y"},
		{"reports[-1]", ""},
		{"reports[", ""},
		{"..", ""},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, path, value string) {
		for _, kind := range event.Kinds() {
			ev := event.DefaultSample(kind).Event
			if err := ev.Set(path, value); err != nil {
				continue
			}
			text, err := event.Marshal(ev)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := event.NewDecoder(strings.NewReader(string(text)), "e.json").Next()
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := doc.Decode(kind); err != nil && !strings.Contains(err.Error(), "application") {
				t.Errorf("%s=%q: %v in %s", path, value, err, text)
			}
		}
	})
}
