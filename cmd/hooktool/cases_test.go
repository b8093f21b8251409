package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// peoplesCase is a template or YAML file that somebody wrote, about which hooktool once
// said something wrong.
type peoplesCase struct {
	ID, File, Text string
	Type, Template string
}

func readCases(t *testing.T, name string) map[string]peoplesCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "cases", name))
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]peoplesCase{}
	for line := range bytes.Lines(data) {
		var c peoplesCase
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		cases[c.ID] = c
	}
	return cases
}

// runIn runs hooktool on a file in a new folder.
func runIn(t *testing.T, file, text string, args ...string) (code int, out string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), file)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	a := &app{streams: streams{strings.NewReader(""), &b, &b}, getenv: func(string) string { return "" }, now: time.Now}
	code = execute(context.Background(), a, append(args, path))
	return code, b.String()
}

// TestPeoplesTemplates checks what validate and fix print about each template: words
// that must appear, and words prefixed with ! that must not.
func TestPeoplesTemplates(t *testing.T) {
	t.Parallel()
	cases := readCases(t, "templates.jsonl")
	tried := map[string]bool{}
	for _, tt := range []struct {
		id, args string
		code     int
		want     string // separated by |
	}{
		{"almost-json-passes/alert-comment", "validate -d generic", 1, "error: the body would be JSON without a comment|[not-json]"},
		{"almost-json-passes/alert-line-comment", "validate -d generic", 1, "error: the body would be JSON without a comment|[not-json]"},
		{"almost-json-passes/alert-no-brace", "validate -d generic", 1, "error: the body is JSON with no first brace|begin the body with {"},
		{"impossible-status/alert", "validate", 0, "warning: |!checkout\""},
		{"impossible-status/deployment", "validate", 1, `status="In-progress"`},
		{"fix-refuses-html/alert-telegram", "fix", 0, `{{ template "jsonstr" html .Value }}`},
		{"backslash-in-action/alert-backtick", "validate", 1, "nothing is escaped inside {{ }}|{{ if eq .Status `CRITICAL` }}"},
		{"backslash-in-action/alert-backtick", "fix", 0, "{{ if eq .Status `CRITICAL` }}"},
		{"backslash-in-action/coroot", "validate", 1, `nothing is escaped inside {{ }}|:13:42:`},
		{"backslash-in-action/coroot", "fix", 0, `{{ if eq .Status "OK" }}`},
		{"hints/alert-comment", "validate", 1, "write {{/* x */}}"},
		{"hints/alert-elif", "validate", 1, "{{ else if }}|!bad-call"},
		{"hints/alert-firing", "validate", 1, `"CRITICAL" or "WARNING"|anything but "OK"`},
		{"hints/alert-handlebars", "validate", 1, "the syntax of Handlebars|{{if .Summary}}"},
		{"hints/alert-index", "validate", 1, "(index .Details 0).Value"},
		{"hints/alert-jinja", "validate", 0, "Jinja and Liquid|the same for every event"},
		{"hints/alert-labels", "validate", 1, "belongs to Prometheus|.Details with the name Labels"},
		{"hints/alert-liquid", "validate", 1, "write a field with a dot: {{ .Summary }}"},
		{"hints/alert-nbsp-outside", "validate", 1, "a no-break space, U+00A0|:1:2:"},
		{"hints/alert-no-space", "validate", 1, "json .Summary|!unknown-field"},
		{"hints/alert-single-quotes", "validate", 1, "write text in double quotes or backticks"},
		{"hints/alert-smart-quotes", "validate", 1, "a typographic quote, “ (U+201C)|{{ if eq .Status \"OK\" }}"},
		{"helm-escape/coroot", "validate", 0, "escaped for Helm|helm template"},
		{"helm-escape/coroot", "fix", 3, "left alone"},
		{"false-promise/alert-printf-quotes", "fix", 0, `{"z": {{ json .Summary }}}`},
		{"false-promise/coroot", "fix", 0, `{"name": {{ json .Application.Name }}}`},
		{"always-empty/alert", "validate", 1, `error: the body is empty for every event|{{ template "wechat" . }}`},
		{"literals/alert-hex", "fix", 0, `"color": 16711680}`},
		{"wording/alert-bare-word", "validate", 1, `"firing" where a value belongs`},
		{"wording/alert-missing-value", "validate", 1, "is missing when .Severity is"},
		{"wording/alert-single-quotes", "validate", 1, "double quotes"},
		{"object-loop/alert", "fix", 0, "{{ if $i }},{{ end }}"},
		{"object-loop/alert", "validate", 1, "keys from data can repeat"},
		{"preview/alert-brace", "validate", 1, `"2DC72D"`},
		{"preview/alert-brace", "preview --sample alert-resolved", 0, `"2DC72D" is|!{{ json .Summary }}`},
		{"preview/card-alert", "preview --states all", 0, "Microsoft Teams · alert · alert-check|Microsoft Teams · alert · alert-resolved|Microsoft Teams · alert · alert-no-application|!generic JSON"},
		{"unknown-silent/alert", "validate --fail-on info", 0, "valid JSON for every event: 1 of 1"},
		{"yaml/argo-application", "validate", 1, ":17:"},
		{"yaml/configmap", "validate", 1, ":14:"},
		{"yaml/chart-template", "validate", 2, "helm template"},
		{"flux-default/patch", "validate", 0, "of Flux"},
		{"go-syntax/alert", "validate", 1, "[go-syntax]|{{ range .Details }}"},
		{"constant/alert-liquid", "validate", 0, "warning: |the same for every event"},
	} {
		tried[tt.id] = true
		t.Run(tt.id+" "+tt.args, func(t *testing.T) {
			t.Parallel()
			c, ok := cases[tt.id]
			if !ok {
				t.Fatal("there is no such case")
			}
			code, out := runIn(t, c.File, c.Text, strings.Fields(tt.args)...)
			if code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			for _, word := range strings.Split(tt.want, "|") {
				if unwanted, ok := strings.CutPrefix(word, "!"); ok == strings.Contains(out, strings.TrimPrefix(word, "!")) {
					t.Errorf("%q, unwanted %v: %s", unwanted, ok, out)
				}
			}
		})
	}
	for id := range cases {
		if !tried[id] {
			t.Errorf("nothing is said of %s", id)
		}
	}
}

// TestPeoplesRepairs checks that repaired templates are proved to be JSON, and that
// broken JSON is always reported.
func TestPeoplesRepairs(t *testing.T) {
	t.Parallel()
	for id, c := range readCases(t, "repairs.jsonl") {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			kind := "--type=" + c.Type
			if !strings.HasPrefix(id, "fix/") {
				code, out := runIn(t, "t.tmpl", c.Template, "validate", kind)
				if !strings.Contains(out, " error: ") && !strings.Contains(out, " warning: ") {
					t.Errorf("exit code %d: %s", code, out)
				}
				return
			}
			code, repaired := runIn(t, "t.tmpl", c.Template, "fix", kind)
			if code != 0 {
				t.Fatalf("exit code %d: %s", code, repaired)
			}
			if _, out := runIn(t, "t.tmpl", repaired, "validate", kind, "--format=json"); !strings.Contains(out, `"verdict": "proved"`) {
				t.Errorf("%s is %s", repaired, out)
			}
		})
	}
}
