package lint_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestRest checks that a template that cannot be executed is checked as if its errors
// were corrected, and that nothing is said about what stands in their place.
func TestRest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want, unchecked string }{
		{"a field that is no text", `{"a": "{{ .Summary }}", "b": "{{ .Foo }}", "c": {{ .RuleName }}}`, "1:11 json-unescaped, 1:34 unknown-field, 1:52 json-unquoted", ""},
		{"as a value", `{"a": {{ .Foo }}, "b": "{{ .Summary }}"}`, "1:10 unknown-field, 1:28 json-unescaped", ""},
		{"with nothing else wrong", `{"a": "{{ .Foo }}", "b": {{ json .Summary }}}`, "1:11 unknown-field", ""},
		{"a field that the hint names", `{"a": "{{ .Sumary }}"}`, "1:11 unknown-field, 1:11 json-unescaped", ""},
		{"in another case", `{"a": "{{ .summary }}"}`, "1:11 unknown-field, 1:11 json-unescaped", ""},
		{"the event's in a loop", `{"a": [{{ range .Details }}{{ json .URL }},{{ end }}]}`, "1:36 unknown-field, 1:43 json-separator", ""},
		{"another tool's in a loop", `{"a": [{{ range .Details }}"{{ .Foo }}",{{ end }}]}`, "1:32 unknown-field, 1:40 json-separator", ""},
		{"in a condition", `{"a": 1{{ if .Foo }}, "b": "{{ .Summary }}"{{ end }}}`, "1:14 unknown-field, 1:32 json-unescaped", ""},
		{"in two conditions that exclude each other", `{ {{ if .Foo }}"a": 1{{ end }}{{ if not .Foo }}"b": "{{ .Summary }}"{{ end }} }`, "1:9 unknown-field, 1:41 unknown-field, 1:57 json-unescaped", ""},
		{"with", `{"a": {{ with .Foo }}{{ json .Bar }}{{ else }}""{{ end }}, "b": "{{ .Summary }}"}`, "1:15 unknown-field, 1:69 json-unescaped", ""},
		{"a variable", `{{ $x := .Foo }}{"a": "{{ $x }}", "b": "{{ .Summary }}"}`, "1:10 unknown-field, 1:27 json-unescaped, 1:44 json-unescaped", ""},
		{"a variable that is not declared", `{{ $x = .Summary }}{"a": {{ if .URL }}{{ $y = .Foo }}{{ end }}"{{ .Summary }}"}`, "1:4 undeclared-assignment, 1:42 undeclared-assignment, 1:47 unknown-field, 1:67 json-unescaped", ""},
		{"Alertmanager's list", `{"text": "{{ range .Alerts }}{{ .Annotations.summary }} {{ .Status }}{{ end }}"}`, "1:20 unknown-field, 1:33 unknown-field, 1:33 json-unescaped", ""},
		{"Alertmanager's list, and what the hint leads to", `{"text": "{{ range .Alerts }}{{ .Summary }}{{ end }}"}`, "1:20 unknown-field, 1:33 json-unescaped", ""},
		{"a list of unknown elements", `{"a": [{{ range .Things }}{{ json .Name }},{{ end }}]}`, "1:17 unknown-field, 1:43 json-separator", ""},
		{"in a template that is called with it", `{{ define "t" }}{{ range .Things }}x{{ end }}{{ end }}{"a": "{{ template "t" . }}{{ .Summary }}"}`, "1:26 unknown-field", "nothing can be assumed in place of .Things"},
		{"what does not parse", `{"a": "{{ $labels.job }}", "b": {{ if .Summary == "" }}1{{ end }}, "c": "{{ .RuleName }}"}`, "1:11 parse-error, 1:48 parse-error, 1:66 json-structure, 1:77 json-unescaped", ""},
		{"a text with something in its place", `{"a": "{{ .Foo | lower }}", "parse_mode": "{{ .Status | lower }}", "chat_id": 1, "text": {{ json .Summary }}}`, "1:11 unknown-field, 1:18 unknown-function, 1:57 unknown-function", ""},
		{"an unknown function", `{"a": "{{ .Summary | upper }}", "b": "{{ .Summary }}"}`, "1:22 unknown-function, 1:42 json-unescaped", ""},
		{"an unknown function in a condition", `{"a": "{{ if hasPrefix "x" .Summary }}{{ .Summary }}{{ end }}"}`, "1:14 unknown-function, 1:42 json-unescaped", ""},
		{"two parse errors", `{"a": “{{ .Summary }}”{{ elif .Foo }}`, "1:26 unknown-function, 1:31 unknown-field", "it cannot be parsed"},
		{"a parse error that has a correction", "{\"a\": \"{{ printf \u201c%s\u201d .Summary }}\", \"b\": \"{{ .Sumary }}\"}", "1:11 json-unescaped, 1:18 parse-error, 1:46 unknown-field, 1:46 json-unescaped", ""},
		{"a template's own dot", `{{ define "t" }}{{ .URL }}{{ end }}[{{ range .Details }}"{{ template "t" . }}"{{ end }}, "{{ .Summary }}"]`, "1:20 unknown-field, 1:57 json-separator, 1:88 json-separator, 1:94 json-unescaped", ""},
	} {
		result := lint.Check(t.Context(), workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: tt.text, Destination: "generic"}, lint.Options{})
		var got []string
		for _, f := range result.Findings {
			if f.Severity == lint.Error {
				got = append(got, f.Pos.String()+" "+f.Rule)
			}
		}
		if all := strings.Join(got, ", "); all != tt.want {
			t.Errorf("%s: found %s, not %s", tt.name, all, tt.want)
		}
		if result.JSON.Unchecked != (tt.unchecked != "") || !strings.Contains(result.JSON.Reason, tt.unchecked) {
			t.Errorf("%s: the reason is %q", tt.name, result.JSON.Reason)
		}
	}
}
