package destination

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSchemaWords checks the keywords that schemas have in addition to those of JSON
// Schema.
func TestSchemaWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		schema, body string
		null         NullRule
		want         string // severity, effect and path of each problem
	}{
		{`{"properties": {"a": {"type": "string"}}, "required": ["a"]}`, `{"a": null}`, NullTaken, "error refused $"},
		{`{"properties": {"a": {"type": "string"}}}`, `{"a": null}`, NullTaken, ""},
		{`{"properties": {"a": {"type": "string"}}}`, `{"a": null}`, "", "error refused $.a"},
		{`{"properties": {"a": {"type": "string"}}, "x-null": "refused"}`, `{"a": null}`, NullTaken, "error refused $.a"},
		{`{"properties": {"a": {"type": "string"}}, "x-null": "taken"}`, `{"a": null}`, "", ""},
		{`{"additionalProperties": {"type": "string"}, "x-null": "taken"}`, `{"a": null}`, "", ""},
		{`{"additionalProperties": false}`, `{"a": null}`, NullTaken, "warning ignored $.a"},
		{`{"items": {"type": "string"}}`, `[null]`, NullTaken, "error refused $[0]"},
		{`{"additionalProperties": false, "x-unknown": "refused"}`, `{"a": 1}`, "", "error refused $.a"},
		{`{"additionalProperties": false, "x-unknown": "vanishes"}`, `{"a": 1}`, "", "warning vanishes $.a"},
		{`{"additionalProperties": false, "x-unknown": "undocumented"}`, `{"a": 1}`, "", "warning  $.a"},
		{`{"additionalProperties": false, "x-unknown": "kept"}`, `{"a": 1}`, "", ""},
		{`{"properties": {"a": {"additionalProperties": false}}, "x-unknown": "refused"}`, `{"a": {"b": 1}}`, "", "warning ignored $.a.b"},
		{`{"type": "string", "x-effect": "vanishes"}`, `1`, "", "warning vanishes $"},
		{`{"type": "string", "x-effect": "taken"}`, `1`, "", ""},
		{`{"type": "string", "x-effect": "ignored", "x-severity": "info"}`, `1`, "", "info ignored $"},
	} {
		d := &Destination{Title: "It", Unknown: UnknownIgnored, Null: test.null, Files: fstest.MapFS{schemaFile: {Data: []byte(test.schema)}}}
		var got []string
		for _, p := range d.Check([]byte(test.body)) {
			got = append(got, fmt.Sprint(p.Severity, " ", p.Effect, " ", p.Path))
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s of %s with null %q: %q, want %q", test.body, test.schema, test.null, got, test.want)
		}
	}
}

// TestSchemaFormats checks the ways to write times and URLs.
func TestSchemaFormats(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ keyword, taken, refused string }{
		{`"x-time": ["rfc3339"]`, "2026-01-02T15:04:05Z 2026-01-02t15:04:05.5+01:00", "2026-02-30T15:04:05Z 2026-01-02 2026-01-02T15:04:05+0000 x"},
		{`"x-time": ["date", "compact-zone"]`, "2026-01-02 2015-07-17T08:42:58.315+0000 2026-01-02T15:04:05-01", "2026-01-02T15:04:05Z 2026-01"},
		{`"x-time": ["zoneless", "unix"]`, "2026-01-02T15:04:05 2026-01-02T15:04 1600000000 -1.5", "2026-01-02T15:04:05Z 1e9"},
		{`"x-url": "absolute"`, "https://a/b mailto:a@b.c tg://user?id=1", "a/b coroot.example.com //x"},
		{`"x-url": "web"`, "http://coroot:8080/p HTTPS://a", "ftp://a mailto:x coroot.example.com/p http:// https:a"},
		{`"x-url": "https"`, "https://a", "http://a"},
		{`"x-url": "dotted"`, "https://a.b http://10.0.0.1:80/ http://[::1]/", "http://coroot:8080/p/a http://localhost"},
	} {
		s, err := parseSchema([]byte("{"+test.keyword+"}"), "")
		if err != nil {
			t.Fatal(err)
		}
		for i, list := range []string{test.taken, test.refused} {
			for text := range strings.FieldsSeq(list) {
				if got := s.accepts(&Value{Kind: String, Text: text}); got != (i == 0) {
					t.Errorf("%s of %q: accepted is %v", test.keyword, text, got)
				}
			}
		}
		if !s.accepts(&Value{Kind: Number, Text: "1"}) {
			t.Errorf("%s refuses what is not a string", test.keyword)
		}
	}
	for text, want := range map[string]bool{"2026-01-02 15:04:05": true, "2026-01-02 15:04:05 +0100": true, "": true, "2026-01-02T15:04:05Z": false} {
		s, err := parseSchema([]byte(`{"x-time": ["space", "empty"]}`), "")
		if err != nil || s.accepts(&Value{Kind: String, Text: text}) != want {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

// TestSchemaMistakes checks that schemas with mistakes are not compiled.
func TestSchemaMistakes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"x-time": ["iso"]}`, `{"x-url": "http"}`, `{"x-null": "ignored"}`, `{"x-unknown": "lost"}`, `{"x-effect": "gone"}`, `{"x-severity": "bad"}`, `{"x-other": 1}`,
	} {
		if _, err := parseSchema([]byte(text), ""); err == nil {
			t.Errorf("%s is compiled", text)
		}
	}
}
