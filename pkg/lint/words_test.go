package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
)

// TestOneCause checks that one cause yields one finding with an accurate message.
func TestOneCause(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{`{"a": "x" + {{ json .URL }}}`, `1:11 json-structure: + after a value, where a comma or a bracket belongs (JSON cannot join texts: write one text in one pair of quotes)`},
		{`{"a": [{{ json .URL }} and {{ json .Status }}]}`, `1:24 json-structure: "and" after a value, where a comma or a bracket belongs (put the text inside the quotes)`},
		{`{"a": {{json .URL}}{{json .Summary}}}`, `1:22 json-structure: a second value for one key (print both in one pair of quotes, or put a comma and a key before the second)`},
		{`{ {{json .URL}}{{json .Summary}} }`, `1:18 json-structure: this action prints a quote between a key and its colon (a key and its value are separated by a colon)`},
		{`{"a": 1 {{ json .URL }}: 2}`, `1:12 json-structure: a comma is missing before a quote (put a comma after the value before it)`},
		{`{"a": {{ .Summary | json | printf "%s!" }}}`, `1:10 json-structure: this action prints ! after a value, where a comma or a bracket belongs (let json come last: here its output is changed afterwards)`},
		{`{% if .X %}{"a": 1}{% endif %}`, `1:1 foreign-syntax: {% if .X %} is the syntax of Jinja and Liquid, so it is sent as is: the body is the same for every event, and breaks the JSON (write {{ if … }} … {{ end }} and {{ range … }} … {{ end }})`},
		{`{"a": {{ json .Summary }}{% if .X %}, "b": 1{% endif %}}`, `1:26 foreign-syntax: {% if .X %} is the syntax of Jinja and Liquid, so it is sent as is, and breaks the JSON (write {{ if … }} … {{ end }} and {{ range … }} … {{ end }})`},
		{`{"a": {{ .Application }}}`, `1:10 json-unquoted: .Application is printed without quotes where a value belongs (write {{ json .Application }}, which prints valid JSON)`},
		{`{"a": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d }}{{ end }},]}`, `1:82 json-structure: a comma directly before ] (remove the comma)`},
		{`[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{"n": {{ json $d.Name }},}{{ end }}]`, `1:78 json-structure: a comma directly before } (remove the comma)`},
		{`{ {{ if .Duration }}"d": 1{{ end }}, }`, `1:38 json-structure: a comma directly before } (remove the comma)`},
		{`{"a": {{ if gt (len .Details) 1 }}1{{ end }}}`, `1:45 json-structure: the value of $.a is missing in some cases (print a value in every branch, such as null)`},
		{`{"a": }`, `1:7 json-structure: the value of $.a is missing (write a value, such as null)`},
		{`{"a": "<a href="{{ .URL }}`, `1:20 json-structure: .URL is printed after a value, where a comma or a bracket belongs (write \" for a quote within a text)`},
		{`{"a": "x`, `1:9 json-structure: the body ends within a string (close each text with ")`},
		{`{"a": [1}`, `1:9 json-structure: } inside a list, which must end with ] (close the list with ] before it, or remove it)`},
		{`{"a": {"b": [1`, `1:15 json-structure: the body ends within an array that is never closed (add ]}})`},
		{`{"a": 1, // one` + "\n" + `"b": 2}`, `1:10 json-structure: a comment where a key in quotes belongs (JSON has no comments: write it as {{/* … */}})`},
		{`{"a": 1 /* one */}`, `1:9 json-structure: a comment after a value, where a comma or a bracket belongs (JSON has no comments: write it as {{/* … */}})`},
		{`{"a": True}`, `1:7 json-structure: "True" where a value belongs (write true)`},
		{`{"a": False}`, `1:7 json-structure: "False" where a value belongs (write false)`},
		{`{"a": None}`, `1:7 json-structure: "None" where a value belongs (write null)`},
		{`{"a": 1_000}`, `1:7 json-structure: "1_000" where a value belongs (write 1000)`},
		{`{"a": +5}`, `1:7 json-structure: "+5" where a value belongs (write 5)`},
		{`{"a": truee}`, `1:7 json-structure: "truee" where a value belongs (put text in double quotes)`},
		{`{"a": {{ len .Details }} items}`, `1:26 json-structure: "items" after a value, where a comma or a bracket belongs (put the whole text in double quotes)`},
		{`{"a": 5 {{ .Status }}}`, `1:12 json-structure: this action prints O after a value, where a comma or a bracket belongs (put both in one pair of quotes)`},
		{`{"a": "it\'s"}`, `1:11 json-structure: a backslash followed by ', which is not an escape in JSON (remove the backslash: JSON does not escape it)`},
		{`[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{"a": {{ json $d.Name }}{{ end }}]`, `1:53 json-structure: { where a key in quotes belongs (close the object before it with })`},
		{`["a", "b": 1]`, `1:10 json-structure: a key in a list (begin the object with { before the key, and end it with })`},
		{`{"a": 1, "u: "{{ .URL }}"}`, `1:18 json-structure: .URL is printed between a key and its colon (close the key: put " before its colon)`},
		{`{"a": "x "{{ .URL }}" y"}`, `1:14 json-structure: .URL is printed after a value, where a comma or a bracket belongs (write \" for a quote within a text)`},
		{`{"a": Some}`, `1:7 json-structure: "Some" where a value belongs (put text in double quotes)`},
		{`{"a": {{ if eq .Status "FIRING" }}1{{ else }}2{{ end }}}`, `1:24 impossible-comparison: .Status is never "FIRING", so this comparison is always false (what other tools call "FIRING" is "CRITICAL" or "WARNING" here, or anything but "OK"; .Status is one of OK, WARNING, CRITICAL, INFO or UNKNOWN)`},
		{`{"a" = 1}`, `1:6 json-structure: = between a key and its colon (a key and its value are separated by a colon)`},
		{`{"a": &quot;x&quot;}`, `1:7 json-structure: &quot; where a value belongs (this is HTML for a quote: write ")`},
		{`{"a": “x”}`, `1:7 json-structure: a typographic quote, “ (U+201C), where a value belongs (write ")`},
		{`{"a": "say "{{ .Summary }}" now"}`, `1:16 json-structure: .Summary is printed after a value, where a comma or a bracket belongs (write \" for a quote within a text)`},
		{`[{{ range $k, $v := .Details }}{{ json $v.Name }},{{ end }}]`, `1:50 json-separator: this comma is printed after the last element too (print a comma before every element except the first: {{ if $k }},{{ end }})`},
		{`{{ $i := 3 }}{"n": {{ $i }}, "a": [{{ range .Details }}{{ json .Name }},{{ end }}]}`, `1:72 json-separator: this comma is printed after the last element too (print a comma before every element except the first: {{ range $i2, $e := .Details }}{{ if $i2 }},{{ end }})`},
		{`[{{ range .Details }}{{ if .Code }}{{ json .Name }},{{ end }}{{ end }}]`, `1:52 json-separator: this comma is printed after the last element too, as in a list of one element (print a comma before every element except the first: {{ $sep := "" }} before the loop, and {{ $sep }}{{ $sep = "," }} before each element)`},
		{`{{ if eq .Status "OK" }}{"a": 1}{{ end }}`, `1:7 json-mixed: the body is JSON for some events and empty when .Status is WARNING or CRITICAL (print JSON in every branch: Coroot posts an empty body too)`},
		{`{"a": {{ if eq .Status "OK" }}1{{ end }}}`, `1:41 json-structure: the value of $.a is missing when .Status is WARNING or CRITICAL (print a value in every branch, such as null)`},
		{`{"a": {{ json (slice .Summary 0 1) }}}`, `1:16 index-out-of-range: slice .Summary 0 1: the text is shorter: index out of range: 1 (printf "%.1s" .Summary keeps the first 1 character of a text of any length)`},
		{`{"a": {{ json (slice .RuleName 3 90) }}}`, `1:16 index-out-of-range: slice .RuleName 3 90: the text is shorter: index out of range: 90 (check its length first: {{ if ge (len .RuleName) 90 }})`},
		{`{"a": {{ json (slice .RuleName 90) }}}`, `1:16 index-out-of-range: slice .RuleName 90: the text is shorter: index out of range: 90 (check its length first: {{ if ge (len .RuleName) 90 }})`},
		{`{"a": {{ json (slice .Summary 0 80) }}}`, `1:16 index-out-of-range: slice .Summary 0 80: the text is shorter: index out of range: 80 (printf "%.80s" .Summary keeps the first 80 characters of a text of any length)`},
		{`{"a": {{ if eq .Status "WARNING" "FIRING" }}1{{ else }}2{{ end }}}`, `1:34 impossible-comparison: .Status is never "FIRING", so comparing with it changes nothing (what other tools call "FIRING" is "CRITICAL" or "WARNING" here, or anything but "OK"; .Status is one of OK, WARNING, CRITICAL, INFO or UNKNOWN)`},
		{"{\"a\": {\n  \"b\": 1\n\n", `2:9 json-structure: the body ends within an object that is never closed (add }})`},
		{"{{/* hooktool: destination=telegram */}}{{ range .Details }}{{ end }}", `1:1 empty-output: the body is empty for every event, and Coroot posts it anyway (print something: {{ json . }} is the whole event as JSON)`},
		{`[{{ range .Details }}{{ json . }}{{ end }}]`, `1:25 json-separator: a comma is missing before { (print a comma before every element except the first: {{ range $i, $e := .Details }}{{ if $i }},{{ end }})`},
		{`[{{ range $i, $d := .Details }}{{- json $d.Name }}{{ end }}]`, `1:36 json-separator: a comma is missing before a quote (print a comma before every element except the first: {{ if $i }},{{ end }})`},
		{`[{{ range $i, $d := .Details }}{{ if gt $i 0 }},{{ end }}{{ json $d.Name }}{{ end }}, "z"]`, `1:85 json-separator: there is nothing before this comma, as in a list of 0 elements (print it only if the list before it is not empty: {{ if .Details }},{{ end }})`},
		{`{"b": {{ .Application.Name }}}`, `1:10 json-unquoted: .Application.Name is printed without quotes where a value belongs (write {{ json .Application.Name }}, which prints valid JSON)
1:10 empty-output: an alert without an application prints nothing here (put it inside {{ with .Application.Name }}…{{ else }}null{{ end }})`},
		{`{"a": 1, {{ if .Summary }}"b": 2{{ end }}, "c": 3}`, `1:42 json-structure: there is nothing before this comma (move it into the condition before it, to the end: …,{{ end }})`},
		{`{"a": 1{{ if .Summary }}, "b": 2,{{ end }} "c": 3}`, `1:44 json-structure: a comma is missing before a quote (move the comma at the end of the condition before it out of it: {{ end }},)`},
		{`{"a": 1{{ if .Summary }}, "b": 2,{{ end }}, "c": 3}`, `1:43 json-structure: there is nothing before this comma (remove the comma at the end of the condition before it)`},
		{`{"a": 1 {{ if .Summary }}"b": 2{{ end }}}`, `1:26 json-structure: a comma is missing before a quote (put a comma before it)`},
		{`{ {{ if .Summary }}"b": 2{{ end }} "c": 3}`, `1:36 json-structure: a comma is missing before a quote (put a comma at the end of the condition before it)`},
		{`{ {{ if .Summary }}"b": 2,{{ else }}"b": 1{{ end }} "c": 3}`, `1:53 json-structure: a comma is missing before a quote (end each branch of the condition before it with a comma)`},
		{`{"a": 1, {{ if .Summary }}"b": 2{{ end }}}`, `1:8 json-structure: nothing follows this comma in some cases (move it into the condition after it: {{ if .Summary }}, …)`},
		{`{"a": 1, {{ if .Summary }}"b": 2,{{ end }}{{ if .Details }}"c": 3{{ end }}}`, `1:8 json-structure: nothing follows this comma in some cases (print a comma before each member that may be missing, and only there: {{ if .Summary }}, …)
1:33 json-structure: nothing follows this comma in some cases (print a comma before each member that may be missing, and only there: {{ if .Summary }}, …)`},
		{`[{{ if .Summary }}1{{ end }},{{ if .Details }}2{{ end }}]`, `1:29 json-structure: there is nothing before this comma (write {{ $sep := "" }} before the first member, and {{ $sep }}{{ $sep = "," }} for the comma before each)`},
		{`["a", {{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}{{ end }}]`, `1:5 json-structure: nothing follows this comma in some cases (print it only if the list after it is not empty: {{ if .Details }},{{ end }})`},
		{`["a"{{ range .Details }}{{ if .Code }}{{ json .Name }}{{ end }}{{ end }}]`, `1:42 json-separator: a comma is missing before a quote, as in a list of one element (print a comma before each element in the loop, and none before the loop)`},
		{`[, "z"]`, `1:2 json-structure: there is nothing before this comma (remove it)`},
		{`{ {{ range $i, $d := .Details }}"{{ $i }}": {{ json $d.Name }},{{ end }} "z": 1}`, ``},
		{`{ {{ range .Details }}"te\u0078t": {{ json .Name }},{{ end }} "a": 1 }`, `1:23 json-duplicate-key: the key "text" appears twice in one object (each turn of the loop prints it, and receivers keep only one: write a list of objects)`},
		{`{ {{ range .Details }}"te\u0078t": 1, "text": 2,{{ end }} "a": 1 }`, `1:23 json-duplicate-key: the key "text" appears twice in one object (receivers keep only one of them: remove the other)`},
		{"```json\n{\"a\": {{ json .URL }}}\n```", "1:1 not-json: the body would be JSON without a code fence, so it is plain text (remove the lines with ```)"},
	} {
		var got []string
		for _, f := range check(t, event.KindAlert, tt.text, lint.Options{}).Findings {
			got = append(got, fmt.Sprintf("%s %s: %s (%s)", f.Pos, f.Rule, f.Message, f.Hint))
		}
		if text := strings.Join(got, "\n"); text != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.text, text, tt.want)
		}
	}
}

// TestAllThatFixMends checks that what hooktool fix changes is found, although an earlier
// mistake hides it from the proof.
func TestAllThatFixMends(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{`{"a": "c:\data", "b": "\x41", "c": [1,],}`, "1:11 json-structure, 1:25 json-structure, 1:39 json-structure, 1:41 json-structure"},
		{`{a: 1, b: "x",}`, "1:2 json-structure, 1:8 json-structure, 1:14 json-structure"},
		{`{'a': 'b'}`, "1:2 json-structure, 1:7 json-structure"},
		{`{"a": True, "b": None, "c": Alert {{ .RuleName }}}`, "1:7 json-structure, 1:18 json-structure, 1:29 json-structure"},
		{`{"a": , "b" = 1; "c": ,}`, "1:7 json-structure, 1:13 json-structure, 1:16 json-structure, 1:23 json-structure"},
		{"{\"a\": {{ .Summary }}, // one\n\"b\": \"{{ .Summary }}\", # two\n\"c\": [{{ range .Details }}1,{{ end }}]}", "1:10 json-unquoted, 1:23 json-structure, 2:10 json-unescaped, 2:24 json-structure, 3:28 json-separator"},
		{`{"a": {{ toJson .URL }}, "b": "{{ .Summary }}",}`, "1:10 unknown-function, 1:35 json-unescaped, 1:48 json-structure"},
		{`{"a": "x, "b": {"c": [1}}`, "1:12 json-structure"},
		{`{"a": {{ .Status }} {{ .Summary }}}`, "1:10 json-unquoted"},
	} {
		var got []string
		for _, f := range check(t, event.KindAlert, tt.text, lint.Options{}).Findings {
			got = append(got, fmt.Sprint(f.Pos, " ", f.Rule))
			if !f.Fixable {
				t.Errorf("%s: %s is not fixable", tt.text, f.Message)
			}
		}
		if text := strings.Join(got, ", "); text != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.text, text, tt.want)
		}
	}
}

// TestBelievableURL checks that evidence shows a realistic URL where one is printed,
// although no realistic URL breaks the JSON.
func TestBelievableURL(t *testing.T) {
	t.Parallel()
	found := check(t, event.KindAlert, `{"a": "{{ .URL }}"}`, lint.Options{}).Findings
	if len(found) != 1 || found[0].Severity != lint.Warning || !strings.HasPrefix(found[0].Evidence.Event.Alert.URL, "https://") {
		t.Errorf("%+v", found)
	}
}
