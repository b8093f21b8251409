package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestJSONPage holds docs/json.md to what is printed: every object has a version,
// and every field that comes out is described under the name of its command.
func TestJSONPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/json.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, code := range regexp.MustCompile("`[^`]+`").FindAllString(string(page), -1) {
		for _, name := range regexp.MustCompile(`\w+`).FindAllString(code, -1) {
			documented[name] = true
		}
	}
	const tests = "../../testdata/tests"
	for _, line := range []string{
		"validate " + tests + " ../../testdata/templates --format json",
		"validate " + tests + " --events ../../testdata/events/incident-warning.json --format json",
		"validate missing.tmpl --format json",
		"test-send " + tests + "/quick-alert.tmpl --url http://127.0.0.1:1/ --format json",
		"test-send " + tests + "/quick-alert.tmpl --url http://127.0.0.1:1/ --dry-run --format json",
		"test " + tests + " --format json",
		"test " + tests + " --run quotes --format json",
		"samples --format json", "schema --format json", "explain --format json", "destinations --format json",
		"version --format json", "validate --format json --nope",
	} {
		var out bytes.Buffer
		run(strings.Fields(line), streams{strings.NewReader(""), &out, io.Discard}, func(string) string { return "" })
		var object map[string]any
		if err := json.Unmarshal(out.Bytes(), &object); err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if object["version"] != 1.0 && !strings.HasPrefix(line, "version") {
			t.Errorf("%s: the version is %v", line, object["version"])
		}
		if strings.HasPrefix(line, "schema") {
			delete(object, "types") // described in Go
			delete(object, "methods")
			delete(object, "functions")
		}
		for name := range fieldNames(object) {
			if !documented[name] {
				t.Errorf("%s: docs/json.md does not describe %q", line, name)
			}
		}
	}
}

// fieldNames are the names of all fields of a value but those of events, headers and
// schemas.
func fieldNames(v any) map[string]bool {
	names := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				names[name] = true
				if name != "event" && name != "headers" && name != "schema" {
					walk(value)
				}
			}
		case []any:
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(v)
	return names
}
