package suite_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/suite"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestLoadProblems checks the message and position for each mistake in a file.
func TestLoadProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"empty":        {"", "t.yaml: there are no tests in this file"},
		"no YAML":      {"tests: [", "t.yaml:1:8: YAML: this [ is not closed, or a comma is missing after it"},
		"unknown key":  {"tests:\n  - name: a\n    tempate: x\n", `t.yaml:3:5: unknown key "tempate"`},
		"wrong type":   {"tests:\n  - name: [a]\n", "t.yaml:2:11: name must be text, not a list\nt.yaml:2:5: a test has no name"},
		"no name":      {"template: x\ntests:\n  - type: alert\n", "t.yaml:3:5: a test has no name"},
		"no template":  {"tests:\n  - name: a\n", `t.yaml:2:5: test "a" has no template`},
		"two":          {"tests:\n  - {name: a, template: x, webhook: y}\n", `t.yaml:2:6: test "a" has a template and a webhook`},
		"event sample": {"tests:\n  - {name: a, template: x, event: y, sample: alert-check}\n", `t.yaml:2:6: test "a" has an event and a sample`},
		"expectations": {"tests:\n  - {name: a, template: x, body: y, golden: z}\n", `t.yaml:2:6: test "a" has 2 of body, golden, json and error`},
		"destination":  {"tests:\n  - {name: a, template: x, destination: telegrm}\n", `t.yaml:2:6: destination "telegrm" does not exist`},
		"sample":       {"tests:\n  - {name: a, template: x, sample: alert-chek}\n", `t.yaml:2:6: sample "alert-chek" does not exist`},
		"outcome":      {"tests:\n  - {name: a, template: x, outcome: ok}\n", `t.yaml:2:6: outcome "ok" does not exist`},
		"all":          {"tests:\n  - {name: a, template: x, sample: all}\n", `t.yaml:2:6: test "a" asks for all samples, but the kind of its template is unknown`},
		"one golden":   {"tests:\n  - {name: a, template: alert, sample: all, golden: g}\n", `t.yaml:2:6: test "a" has one golden file for all samples`},
		"same name":    {"template: x\ntests:\n  - name: a\n  - name: a\n", `t.yaml:4:5: two tests have the name "a"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := suite.Load("t.yaml", []byte(test.text), nil)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestRun runs testdata/every-outcome.yaml, whose cases are named after their outcomes,
// and compares the reports in all formats.
func TestRun(t *testing.T) {
	t.Parallel()
	file, runner := load(t, "testdata/every-outcome.yaml")
	results, err := runner.Run(t.Context(), file.Cases)
	if err != nil {
		t.Fatal(err)
	}
	for i := range results {
		result := &results[i]
		result.Duration = 0
		want, _, _ := strings.Cut(result.Case.Name, ":")
		if string(result.Status) != want {
			t.Errorf("%q ended as %s: %v", result.Case.Name, result.Status, result.Failures)
		}
	}
	coverages := runner.Coverage()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"report.json": func(b *bytes.Buffer) error { return suite.WriteJSON(b, results, coverages) },
		"junit.xml":   func(b *bytes.Buffer) error { return suite.WriteJUnit(b, results) },
		"report.tap":  func(b *bytes.Buffer) error { return suite.WriteTAP(b, results) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, bytes.ReplaceAll(b.Bytes(), []byte(`\\`), []byte("/")), filepath.Join("testdata", "reports", name))
	}
}

func load(t testing.TB, path string) (*suite.File, *suite.Runner) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := suite.Load(path, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	check := func(_ *workspace.Template, body []byte) suite.Payload {
		if !bytes.Contains(body, []byte("refuse me")) {
			return suite.Payload{Destination: "test"}
		}
		return suite.Payload{Destination: "test", Refused: true, Problems: []suite.PayloadProblem{
			{Rule: "payload-shape", Path: "$.text", Message: "it must not say that", Refused: true},
		}}
	}
	return file, &suite.Runner{Check: check}
}

func TestUpdate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "hooktool-test.yaml")
	text := "template: alert.tmpl\ntests:\n  - name: a\n    sample: all\n    golden: golden/{sample}.txt\n"
	write(t, path, text)
	write(t, filepath.Join(dir, "alert.tmpl"), "{{ .Status }}: {{ .Summary }}")
	for _, step := range []struct {
		update bool
		want   suite.Status
	}{{false, suite.Failed}, {true, suite.Updated}, {false, suite.Passed}, {true, suite.Passed}} {
		file, runner := load(t, path)
		runner.Update = step.update
		results, err := runner.Run(t.Context(), file.Cases)
		if err != nil {
			t.Fatal(err)
		}
		if len(results) < 5 {
			t.Fatalf("all samples are %d", len(results))
		}
		for _, result := range results {
			if result.Status != step.want {
				t.Errorf("update %t: %s is %s, want %s: %v", step.update, result.Case.Name, result.Status, step.want, result.Failures)
			}
		}
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestSchema checks that the JSON Schema and the loader accept the same files.
func TestSchema(t *testing.T) {
	t.Parallel()
	var document any
	if err := json.Unmarshal(suite.Schema(), &document); err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile("testdata/every-outcome.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		string(good): true,
		"tests:\n  - {name: a, template: x, outcome: maybe}\n": false,
		"tests:\n  - {name: a, template: x, tempate: x}\n":     false,
		"tests: []\n": false,
	} {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != want {
			t.Errorf("the schema says %v of\n%s", err, text)
		}
		if _, err := suite.Load("t.yaml", []byte(text), nil); (err == nil) != want {
			t.Errorf("Load says %v of\n%s", err, text)
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		coverages []suite.Coverage
		percent   float64
	}{
		{[]suite.Coverage{{}}, 100},
		{[]suite.Coverage{{Branches: []webhook.Branch{{Reached: true}, {}}}}, 50},
	} {
		if percent, ok := suite.Percent(tt.coverages); percent != tt.percent || !ok {
			t.Errorf("Percent says %v, %v of %v", percent, ok, tt.coverages)
		}
	}
	if _, ok := suite.Percent(nil); ok {
		t.Error("a share of nothing")
	}
}

func FuzzLoad(f *testing.F) {
	if text, err := os.ReadFile("testdata/every-outcome.yaml"); err == nil {
		f.Add(string(text))
	}
	f.Add("tests:\n  - &a {name: x, template: t}\n  - <<: *a\n    name: y")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := suite.Load("t.yaml", []byte(text), nil)
		if err != nil {
			return
		}
		for _, c := range file.Cases {
			if c.Name == "" || c.Template == "" && c.Webhook == "" {
				t.Fatalf("%q gives %+v", text, c)
			}
		}
	})
}

// BenchmarkRun runs a thousand cases.
func BenchmarkRun(b *testing.B) {
	dir := b.TempDir()
	write(b, filepath.Join(dir, "alert.tmpl"), `{"text": {{ json .Summary }}, "details": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Value }}{{ end }}]}`)
	var text strings.Builder
	text.WriteString("template: alert.tmpl\ntests:\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "  - name: case %d\n    set: {summary: 'number %d'}\n    contains: ['number %d']\n", i, i, i)
	}
	path := filepath.Join(dir, "hooktool-test.yaml")
	write(b, path, text.String())
	for b.Loop() {
		file, runner := load(b, path)
		results, err := runner.Run(b.Context(), file.Cases)
		if err != nil || suite.Summarise(results).Passed != 1000 {
			b.Fatal(err, suite.Summarise(results))
		}
	}
}
