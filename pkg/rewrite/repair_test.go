package rewrite_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const helper = `{{ define "jsonstr" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}` + "\n"

// repairs lists templates and their repaired forms. ⟨helper⟩ stands for the definition
// of the helper at the top.
var repairs = []struct {
	name, kind, text, want string
}{
	{"whole string", "alert", `{"text": "{{ .Summary }}"}`, `{"text": {{ json .Summary }}}`},
	{"whole string with trim markers", "alert", `{"text": "{{- .Summary -}}"}`, `{"text": {{- json .Summary -}}}`},
	{"whole string of a function", "alert", `{"text": "{{ printf "%s: %s" .RuleName .Summary }}"}`, `{"text": {{ json (printf "%s: %s" .RuleName .Summary) }}}`},
	{"whole string of a pipeline", "alert", `{"text": "{{ .RuleName | printf "%s!" }}"}`, `{"text": {{ .RuleName | printf "%s!" | json }}}`},
	{"whole string of a list", "incident", `{"text": "{{ .Reports }}"}`, `⟨helper⟩{"text": "{{ template "jsonstr" .Reports }}"}`},
	{"whole string of an application", "alert", `{"app": "{{ .Application }}"}`, `{"app": {{ json .Application }}}`},
	{"key", "alert", `{"{{ .RuleName }}": 1}`, `{ {{ json .RuleName }}: 1}`},
	{"part of a string", "alert", `{"text": "a {{ .Summary }} b"}`, `⟨helper⟩{"text": "a {{ template "jsonstr" .Summary }} b"}`},
	{"after an escaped quote", "alert", `{"text": "say \"{{ .Summary }}\""}`, `⟨helper⟩{"text": "say \"{{ template "jsonstr" .Summary }}\""}`},
	{"safe actions stay", "alert", `{"text": "{{ .Status }} {{ len .Details }} {{ .URL }}"}`, `⟨helper⟩{"text": "{{ .Status }} {{ len .Details }} {{ template "jsonstr" .URL }}"}`},
	{"variables and comments", "alert", `{{/* hi */}}{{ $s := .Summary -}} {"text": "x{{ $s }}"}`, `⟨helper⟩{{/* hi */}}{{ $s := .Summary -}} {"text": "x{{ template "jsonstr" $s }}"}`},
	{"opened in branches", "alert", `{"text": {{ if .Details }}"a {{ else }}"b {{ end }}{{ .Summary }}"}`, `⟨helper⟩{"text": {{ if .Details }}"a {{ else }}"b {{ end }}{{ template "jsonstr" .Summary }}"}`},
	{"within a defined template", "alert", `{{ define "x" }}<{{ . }}>{{ end }}{"text": "{{ template "x" .Summary }}"}`, `⟨helper⟩{{ define "x" }}<{{ template "jsonstr" . }}>{{ end }}{"text": "{{ template "x" .Summary }}"}`},
	{"the helper's name is taken", "alert", `{{ define "jsonstr" }}!{{ end }}{"text": "a {{ .Summary }}"}`, `{{ define "jsonstr2" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}` + "\n" + `{{ define "jsonstr" }}!{{ end }}{"text": "a {{ template "jsonstr2" .Summary }}"}`},

	{"value without quotes", "alert", `{"text": {{ .Summary }}}`, `{"text": {{ json .Summary }}}`},
	{"value of several parts", "alert", `{"app": {{ .Application.Name }}@{{ .Application.Namespace }}, "n": 1}`, `⟨helper⟩{"app": "{{ template "jsonstr" .Application.Name }}@{{ template "jsonstr" .Application.Namespace }}", "n": 1}`},
	{"value with words after", "alert", "{\"text\": {{ .Summary }} is bad\n}", "⟨helper⟩{\"text\": \"{{ template \"jsonstr\" .Summary }} is bad\"\n}"},
	{"elements without quotes", "deployment", `[{{ range $i, $s := .Summary }}{{ if $i }},{{ end }}{{ $s }}{{ end }}]`, `[{{ range $i, $s := .Summary }}{{ if $i }},{{ end }}{{ json $s }}{{ end }}]`},

	{"json within quotes", "alert", `{"text": "{{ json .Summary }}"}`, `{"text": {{ json .Summary }}}`},
	{"piped json within quotes", "alert", `{"text": "{{ .Summary | json }}"}`, `{"text": {{ .Summary | json }}}`},
	{"json within more text", "alert", `{"text": "a {{ json .Summary }} {{ .Summary | json }}"}`, `⟨helper⟩{"text": "a {{ template "jsonstr" .Summary }} {{ template "jsonstr" .Summary }}"}`},
	{"json of a list within more text", "alert", `{"text": "a {{ json .Details }}"}`, `⟨helper⟩{"text": "a {{ template "jsonstr" json .Details }}"}`},
	{"js", "alert", `{"text": "a {{ js .Summary }}{{ .Summary | js }}"}`, `⟨helper⟩{"text": "a {{ template "jsonstr" .Summary }}{{ template "jsonstr" .Summary }}"}`},
	{"html", "alert", `{"text": "<b>{{ html .Summary }}</b>"}`, `⟨helper⟩{"text": "<b>{{ template "jsonstr" html .Summary }}</b>"}`},
	{"urlquery", "alert", `{"text": "?q={{ urlquery .Summary }}"}`, `{"text": "?q={{ urlquery .Summary }}"}`},
	{"printf %q as a value", "alert", `{"text": {{ printf "%q" .Summary }}}`, `{"text": {{ json .Summary }}}`},
	{"piped %q as a value", "alert", `{"text": {{ .Summary | printf "%q" }}}`, `{"text": {{ json .Summary }}}`},
	{"printf %q within quotes", "alert", `{"text": "{{ printf "%q" .Summary }}"}`, `{"text": {{ json .Summary }}}`},

	{"line break in a nested string", "alert", "{\"a\": [\"x\ny\tz\"]}", `{"a": ["x\ny\tz"]}`},
	{"line break in a top-level string", "alert", "{\"a\": \"x\ny\tz{{ .Status }}\"}", "{\"a\": \"x\ny\\tz{{ .Status }}\"}"},
	{"CRLF", "alert", "{\r\n\"a\": \"x\r\ny {{ .URL }}\"\r\n}", strings.ReplaceAll(helper, "\n", "\r\n") + "{\r\n\"a\": \"x\\ny {{ template \"jsonstr\" .URL }}\"\r\n}"},
	{"backslash before a line break", "alert", "{\"a\": \"x\\\ny\", \"b\": \"{{ .URL }}\"}", "{\"a\": \"x\\\ny\", \"b\": {{ json .URL }}}"},
	{"escape that JSON does not know", "alert", `{"a": "done\. it\'s {{ .Status }}"}`, `{"a": "done\\. it's {{ .Status }}"}`},

	{"byte order mark", "alert", "\uFEFF{\"a\": 1}", `{"a": 1}`},
	{"byte order mark before text", "alert", "\uFEFFtext {{ .Summary }}", "\uFEFFtext {{ .Summary }}"},

	{"trailing comma of a loop", "deployment", `[{{ range .Summary }}{{ json . }},{{ end }}]`, `[{{ range $i, $_ := .Summary }}{{ if $i }},{{ end }}{{ json . }}{{ end }}]`},
	{"no comma in a loop", "deployment", `[{{ range $s := .Summary }}{{ json $s }}{{ end }}]`, `[{{ range $i, $s := .Summary }}{{ if $i }},{{ end }}{{ json $s }}{{ end }}]`},
	{"leading comma in a loop", "incident", `{"a": [{{ range .Reports }},{"n": {{ json .Name }}}{{ end }}]}`, `{"a": [{{ range $i, $_ := .Reports }}{{ if $i }},{{ end }}{"n": {{ json .Name }}}{{ end }}]}`},
	{"filtered elements", "incident", `[{{ range $i, $r := .Reports }}{{ if eq .Name "CPU" }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}{{ end }}]`, `[{{ $sep := "" }}{{ range .Reports }}{{ if eq .Name "CPU" }}{{ $sep }}{{ $sep = "," }}{{ json .Name }}{{ end }}{{ end }}]`},
	{"declared once more", "deployment", `[{{ $sep := "" }}{{ range .Summary }}{{ $sep }}{{ json . }}{{ $sep := "," }}{{ end }}]`, `[{{ $sep := "" }}{{ range .Summary }}{{ $sep }}{{ json . }}{{ $sep = "," }}{{ end }}]`},
	{"optional member at the end", "incident", `{"a": 1,{{ if .RCASummary }} "b": {{ json .RCASummary }}{{ end }}}`, `{"a": 1{{ if .RCASummary }}, "b": {{ json .RCASummary }}{{ end }}}`},
	{"optional members only", "incident", `{ {{ if .RCASummary }}"a": 1,{{ end }}{{ if .Reports }}"b": 2,{{ end }} }`, `{ {{ $sep := "" }} {{ if .RCASummary }}{{ $sep = "," }}"a": 1{{ end }}{{ if .Reports }}{{ $sep }}"b": 2{{ end }} }`},
	{"a word without another", "alert", `{"a": {{ if .Summary }}{{ if .URL }}x{{ end }}{{ end }}}`, `{"a": {{ if .Summary }}{{ if .URL }}"x"{{ else }}null{{ end }}{{ else }}null{{ end }}}`},
	{"optional members before one", "incident", `{ {{ if .RCASummary }}"a": 1{{ end }}{{ range .Reports }}{{ json .Name }}: 2{{ end }} "c": 3 "d": 4}`, `{ {{ if .RCASummary }}"a": 1,{{ end }}{{ range .Reports }}{{ json .Name }}: 2,{{ end }} "c": 3, "d": 4}`},
	{"comma before branches", "incident", `{"z": 1, {{ if .RCASummary }}"a": 1,{{ else if .Reports }}"b": 2,{{ else }}"c": 3,{{ end }}}`, `{"z": 1, {{ if .RCASummary }}"a": 1{{ else if .Reports }}"b": 2{{ else }}"c": 3{{ end }}}`},
	{"backslash before an action", "alert", `{"a": "C:\logs\{{ .RuleName }}\{{ .URL }}"}`, `⟨helper⟩{"a": "C:\\logs\\{{ template "jsonstr" .RuleName }}\\{{ template "jsonstr" .URL }}"}`},
	{"comma after the last", "alert", `{"a": {{ json .URL }},}`, `{"a": {{ json .URL }}}`},
	{"no comma between members", "alert", `{"a": {{ json .URL }} "b": 1}`, `{"a": {{ json .URL }}, "b": 1}`},
	{"only the comma that is missing", "deployment", `[{"a": 1},{{ range .Summary }}{"b": 1},{{ end }}{"c": 1}{{ if .Summary }}{"d": 1}{{ end }}]`, `[{"a": 1},{{ range .Summary }}{"b": 1},{{ end }}{"c": 1}{{ if .Summary }},{"d": 1}{{ end }}]`},
	{"one separator is kept", "incident", `{{ $sep := "" }}[{{ range .Reports }}{{ if eq .Name "CPU" }}{{ $sep }}{{ json .Name }}{{ else if eq .Name "Memory" }}{{ $sep }}{{ json .Check }}{{ $sep = "," }}{{ end }}{{ end }}]`, `[{{ $sep := "" }}{{ range .Reports }}{{ if eq .Name "CPU" }}{{ $sep }}{{ $sep = "," }}{{ json .Name }}{{ else if eq .Name "Memory" }}{{ $sep }}{{ $sep = "," }}{{ json .Check }}{{ end }}{{ end }}]`},
	{"commas over several lines", "alert", "{\n  \"a\": [\n  {{ range .Details }}\n    {{ json .Name }},\n  {{ end }}\n  ]\n  {{ if .Duration }}\n  \"b\": 1\n  {{ end }}\n}", "{\n  \"a\": [\n  {{ range $i, $_ := .Details }}{{ if $i }},{{ end }}\n    {{ json .Name }}\n  {{ end }}\n  ]\n  {{ if .Duration }},\n  \"b\": 1\n  {{ end }}\n}"},
	{"space between function and field", "alert", `{"text": {{ json.Summary }}}`, `{"text": {{ json .Summary }}}`},
	{"backslashes in an action", "alert", `{"p": "{{ if eq .Status \"OK\" }}{{ .URL }}{{ end }}"}`, `⟨helper⟩{"p": "{{ if eq .Status "OK" }}{{ template "jsonstr" .URL }}{{ end }}"}`},
	{"Handlebars", "alert", `{"text": "{{#if summary}}{{{summary}}}{{/if}}"}`, `⟨helper⟩{"text": "{{if .Summary}}{{ template "jsonstr" .Summary }}{{end}}"}`},
	{"Telegram's HTML", "alert", `{"text": "{{ range .Details }}<b>{{ html .Name }}</b>\n{{ end }}"}`, `⟨helper⟩{"text": "{{ range .Details }}<b>{{ template "jsonstr" html .Name }}</b>\n{{ end }}"}`},
	{"list for a value", "deployment", `{"changes": {{ .Summary }}}`, `{"changes": {{ with .Summary }}{{ json . }}{{ else }}[]{{ end }}}`},
	{"quotes by printf", "alert", "{\"z\": {{ printf `\"%s\"` .Summary }}, \"y\": {{ printf \"\\\"%s: %s\\\"\" .RuleName .Summary }}}", `{"z": {{ json .Summary }}, "y": {{ json (printf "%s: %s" .RuleName .Summary) }}}`},
	{"an else without a value", "deployment", `{"a": {{ if .Summary }}{{ json .Summary }}{{ else }}{{/* none */}}{{ end }}, "b": {{ with .Version }}{{ json . }}{{ else -}} {{- end }}}`, `{"a": {{ if .Summary }}{{ json .Summary }}{{ else }}{{/* none */}}null{{ end }}, "b": {{ with .Version }}{{ json . }}{{ else -}} null{{- end }}}`},
	{"the last else without a value", "alert", `{"a": {{ if eq .Status "OK" }}1{{ else if eq .Status "WARNING" }}2{{ else }}{{ end }}}`, `{"a": {{ if eq .Status "OK" }}1{{ else if eq .Status "WARNING" }}2{{ else }}null{{ end }}}`},
	{"json before another escaper", "alert", `{"a": {{ json .Summary | html }}, "b": {{- json .Summary | js -}}, "c": {{ printf "%.9s" (json .RuleName) }}}`, `{"a": {{ .Summary | html | json }}, "b": {{- json .Summary -}}, "c": {{ json (printf "%.9s" .RuleName) }}}`},
	{"json before printf", "alert", `{"a": {{ .Summary | json | printf "%s!" }}, "b": "{{ .Summary | json | printf "%s!" }}", "c": "x {{ json .URL | printf "%s!" }}"}`, `⟨helper⟩{"a": {{ .Summary | printf "%s!" | json }}, "b": {{ .Summary | printf "%s!" | json }}, "c": "x {{ template "jsonstr" .URL | printf "%s!" }}"}`},
	{"json within the arguments of a function", "alert", `{"a": {{ print (json .Summary) "!" }}, "b": "{{ printf "%s: %s" (json .RuleName) (.Summary | json) }}", "c": {{ html (json (print .URL "/")) }}}`, `{"a": {{ json (print .Summary "!") }}, "b": {{ json (printf "%s: %s" .RuleName .Summary) }}, "c": {{ json (html (print .URL "/")) }}}`},
	{"json of the dot before a function", "alert", `{"a": {{ with .Summary }}{{ json . | print "!" }}{{ end }}}`, `{"a": {{ with .Summary }}{{ . | print "!" | json }}{{ else }}null{{ end }}}`},
	{"json of a list before printf", "alert", `{"a": {{ json .Details | printf "all: %s" }}}`, `{"a": {{ json .Details | printf "all: %s" | json }}}`},
	{"json whose quotes are escaped", "alert", `{"a": "{{ html (json .Summary) }}", "b": {{ json .Summary | printf "%q" }}, "c": "{{ .Summary | json | js }}"}`, `{"a": {{ json (html (json .Summary)) }}, "b": {{ json (json .Summary) }}, "c": {{ .Summary | json | json }}}`},
	{"json within a key", "alert", `{ {{ printf "%s!" (json .RuleName) }}: 1}`, `{ {{ json (printf "%s!" .RuleName) }}: 1}`},
	{"json in a variable", "alert", `{{ $s := json .Summary }}{"a": "{{ $s }}", "b": {{ $s }}}`, `{{ $s := json .Summary }}{"a": {{ $s }}, "b": {{ $s }}}`},
	{"first element", "incident", `{"a": {{ range .Reports }}{{ json .Name }}{{ break }}{{ end }}}`, `{"a": {{ range .Reports }}{{ json .Name }}{{ break }}{{ else }}null{{ end }}}`},
	{"comma by an action", "alert", `[{{ range .Details }}{{ json .Name }}{{ "," }}{{ end }}]`, `[{{ range $i, $_ := .Details }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}]`},
	{"keys from data", "alert", `{"l": { {{ range .Details }}"{{ .Name }}": {{ json .Value }},{{ end }} }}`, `{"l": { {{ range $i, $_ := .Details }}{{ if $i }},{{ end }}{{ json .Name }}: {{ json .Value }}{{ end }} }}`},

	{"comment before", "alert", "/* {x} */ {\"text\": {{ json .Summary }}}", `{{/* {x} */ -}} {"text": {{ json .Summary }}}`},
	{"code fence", "alert", "```json\n{\"text\": \"{{ .Summary }}\"}\n```\n", "{\"text\": {{ json .Summary }}}\n"},
	{"form", "alert", `payload={"text": {{ json .Summary }}}`, `{"text": {{ json .Summary }}}`},
	{"form with a key without quotes", "alert", `payload={text: "{{ .Summary }}"}`, `{"text": {{ json .Summary }}}`},
	{"program", "alert", `return { text: {{ json .Summary }} };`, `{ "text": {{ json .Summary }} }`},
	{"call in a program", "alert", `JSON.stringify({ text: {{ json .Summary }} })`, `{ "text": {{ json .Summary }} }`},
	{"zero-width space", "alert", "\u200b{\"text\":\u00a0{{ json .Summary }}}", `{"text": {{ json .Summary }}}`},
	{"no first brace", "alert", `"text": {{ json .Summary }}, "url": {{ json .URL }}}`, `{"text": {{ json .Summary }}, "url": {{ json .URL }}}`},
	{"text after", "alert", "{\"a\": {{ json .Summary }}}\nsent by coroot\n", "{\"a\": {{ json .Summary }}}\n"},
	{"not closed", "alert", "{\"a\": [{\"b\": {{ json .Summary }}}\n", "{\"a\": [{\"b\": {{ json .Summary }}}]}\n"},
	{"closed twice", "alert", `{"a": {{ json .Summary }} }}`, `{"a": {{ json .Summary }} }`},
	{"another bracket", "alert", `{"a": [1, {{ json .URL }} }`, `{"a": [1, {{ json .URL }} ]}`},
	{"single quotes", "alert", `{'text': '{{ .Summary }}', 'b': 'it\'s "x"'}`, `{"text": {{ json .Summary }}, "b": "it's \"x\""}`},
	{"typographic quotes", "alert", `{“text”: “{{ .Summary }}”}`, `{"text": {{ json .Summary }}}`},
	{"keys without quotes", "alert", `{text: {{ json .Summary }}, b-c: 1}`, `{"text": {{ json .Summary }}, "b-c": 1}`},
	{"comments within", "alert", "{\"a\": 1, // one\n  /* two */\n  \"b\": \"{{ .URL }}\" # three\n}", "{\"a\": 1, {{/* one */}}\n  {{/* two */}}\n  \"b\": {{ json .URL }} {{/* three */}}\n}"},
	{"comments that need care", "alert", "<!-- it's */ -->\n{// {{/* old */}} {{ .URL }}\n  //\n  \"b\": {{ .Status }}, // don't \"quote\" {{ .Summary }}\r\n  /* {{ if .URL }}\n   * \"c\": 1,{{ end }} */\n  \"d\": [1, # last\n  ], // end\n}\n# done", "{{/* it's * / */ -}}\n{ {{/* old  {{ .URL }} */}}\n  \"b\": {{ json .Status }}, {{/* don't \"quote\" {{ .Summary }} */}}\r\n  {{/* {{ if .URL }}\n   * \"c\": 1,{{ end }} */}}\n  \"d\": [1 {{/* last */}}\n  ] {{/* end */}}\n}\n{{/* done */}}"},
	{"commas beside comments", "alert", "{\"a\": {{ .Status }}, {{/* it is */}}\n  \"b\": {{ json .URL }} {{- /* {{ .X }} */}}\n  \"c\": 1, {{/* last */ -}}\n}", "{\"a\": {{ json .Status }}, {{/* it is */}}\n  \"b\": {{ json .URL }}, {{- /* {{ .X }} */}}\n  \"c\": 1 {{/* last */ -}}\n}"},
	{"a comment before a trimmed line break", "alert", "{\"a\": 1 # one\n  {{- if .URL }},\n  \"b\": {{ .URL }} // two\n  {{- end }}\n}", "{\"a\": 1 {{/* one */}}\n  {{- if .URL }},\n  \"b\": {{ json .URL }} {{/* two */}}\n  {{- end }}\n}"},
	{"brackets by actions", "alert", `{"l": {{ "{" }}{{ if .URL }}"u": {{ .URL }}{{ end }}{{ "}" }}, "m": {{ "[" }}"{{ .Summary }}"],}`, `{"l": {{ "{" }}{{ if .URL }}"u": {{ json .URL }}{{ end }}{{ "}" }}, "m": {{ "[" }}{{ json .Summary }}]}`},
	{"comments with keys and brackets", "alert", "{\"a\": {{ .Status }}, // \"b\": 2,\n  // old: {\"c\": 3}\n  \"d\": 4 // see }\n}", "{\"a\": {{ json .Status }}, {{/* \"b\": 2, */}}\n  {{/* old: {\"c\": 3} */}}\n  \"d\": 4 {{/* see } */}}\n}"},
	{"quotes within a text", "alert", `{"text": "it says "yes", or "no" here", "b": "{"c": 1}"}`, `{"text": "it says \"yes\", or \"no\" here", "b": "{\"c\": 1}"}`},
	{"a comment after a value without quotes", "alert", "{\"a\": {{ .Status }} // {{ .Summary }} is it\n}", "{\"a\": {{ json .Status }} {{/* {{ .Summary }} is it */}}\n}"},
	{"comments in lists", "alert", "[{{ json .Summary }} # one\n, 2 // two\n, # three\n 3]", "[{{ json .Summary }} {{/* one */}}\n, 2 {{/* two */}}\n, {{/* three */}}\n 3]"},
	{"an object that is not opened", "alert", `[{"a": 1}, "b": {{ json .URL }}}, {{ range .Details }}"c": "{{ .Name }}"},{{ end }} 1]`, `[{"a": 1}, {"b": {{ json .URL }}}, {{ range .Details }}{"c": {{ json .Name }}},{{ end }} 1]`},
	{"a turn without braces", "alert", `{"a": [{{ range .Details }}"c": "{{ .Name }}", "d": 1,{{ end }}]}`, `{"a": [{{ range $i, $_ := .Details }}{{ if $i }},{{ end }}{"c": {{ json .Name }}, "d": 1}{{ end }}]}`},
	{"text that begins like a value", "alert", `{"a": 5 {{ .Status }}, "b": -{{ len .Details }}m, "c": true {{ .Status }}, "d": [1_000_{{ len .Details }}, 1{{ len .Details }}]}`, `{"a": "5 {{ .Status }}", "b": "-{{ len .Details }}m", "c": "true {{ .Status }}", "d": ["1_000_{{ len .Details }}", 1{{ len .Details }}]}`},
	{"fields in the wrong case", "alert", `{"a": "{{ .application.name }}", "b": [{{ range .details }}{{ json .name }},{{ end }}], "c": {{ json $.Url }}, "d": {{ json .rule_name }}}`, `{"a": {{ json .Application.Name }}, "b": [{{ range $i, $_ := .Details }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}], "c": {{ json $.URL }}, "d": {{ json .RuleName }}}`},
	{"a called template prints the elements", "incident", `{{ define "t" }}{{ if .Check }}{"k": "{{ .Name }}"}{{ else }}1{{ end }},{{ end }}{"a": [{{ range .Reports }}{{ template "t" . }}{{ end }}]}`, `{{ define "t" }}{{ if .Check }}{"k": {{ json .Name }}}{{ else }}1{{ end }}{{ end }}{"a": [{{ range $i, $_ := .Reports }}{{ if $i }},{{ end }}{{ template "t" . }}{{ end }}]}`},
	{"a called template prints members", "incident", `{{ define "m" }}"k": "{{ .URL }}"{{ end }}{ {{ template "m" . }} "a": 1 {{ if .RCASummary }}{{ template "m" . }}{{ end }} }`, `{{ define "m" }}"k": {{ json .URL }}{{ end }}{ {{ template "m" . }}, "a": 1 {{ if .RCASummary }},{{ template "m" . }}{{ end }} }`},
	{"doubled apostrophes", "alert", `{'a': 'it''s', 'b': '', 'c': '{{ .URL }}'}`, `{"a": "it's", "b": "", "c": {{ json .URL }}}`},
	{"names of variables in other tools", "alert", `{"title": "{{ title }}", "d": "{{ duration | quote }}"}`, `{"title": {{ json .RuleName }}, "d": {{ .Duration | json }}}`},
	{"actions that are not closed", "alert", `{"a": "{{ .Summary", "b": {{ json .URL, "c": "{{ .Status }}"}`, `{"a": {{ json .Summary }}, "b": {{ json .URL }}, "c": "{{ .Status }}"}`},
	{"keys that are not closed", "alert", `{"a": "{{ .Summary }}", "u: "{{ .URL }}", "v: 5, "w": 1}`, `{"a": {{ json .Summary }}, "u": {{ json .URL }}, "v": 5, "w": 1}`},
	{"words of other languages", "alert", `{"a": True, "b": None, "c": 0xff0000, "d": +5, "e": .5, "f": none, "g": 1_000}`, `{"a": true, "b": null, "c": 16711680, "d": 5, "e": 0.5, "f": "none", "g": 1000}`},
	{"signs of other languages", "alert", `{"a" = 1; "b" => {{ json .URL }}}`, `{"a" : 1, "b" : {{ json .URL }}}`},
	{"no value at all", "alert", `{"a": , "b": {{ json .URL }}}`, `{"a": null, "b": {{ json .URL }}}`},
	{"nested backslash before a line break", "alert", "{\"a\": [\"x\\\ny\"]}", `{"a": ["x\ny"]}`},
	{"values without commas", "alert", `[1 2 true, [-1 "a"], three 4]`, `[1, 2, true, [-1, "a"], "three 4"]`},
	{"pretty JSON", "alert", `{"d": {{ .Details | toPrettyJson }}}`, `{"d": {{ .Details | json }}}`},
	{"word for a value", "alert", `{"a": {{ if .Details }}{{ json .Details }}{{ else }}none{{ end }}, "b": true, "c": [1, two words, -1.5]}`, `{"a": {{ if .Details }}{{ json .Details }}{{ else }}"none"{{ end }}, "b": true, "c": [1, "two words", -1.5]}`},
	{"no value", "alert", `{"a": {{ with .Duration }}{{/* }} */}}{{ . }}{{ end }}, "b": {{ if .Details }}{{ range .Details }}{{ end }}1{{- end }} }`, `{"a": {{ with .Duration }}{{/* }} */}}{{ json . }}{{ else }}null{{ end }}, "b": {{ if .Details }}{{ range .Details }}{{ end }}1{{ else }}null{{- end }} }`},
	{"words with an action", "alert", `{"a": Alert {{ .RuleName }}, "b": -{{ len .Details }}, "c": 1{{ len .Details }}}`, `⟨helper⟩{"a": "Alert {{ template "jsonstr" .RuleName }}", "b": -{{ len .Details }}, "c": 1{{ len .Details }}}`},
	{"conditional comma after a value", "alert", `{"a": { {{ range $i, $d := .Details }}{{ json $d.Name }}: {{ json $d.Value }}{{ if lt $i (len $.Details) }},{{ end }}{{ end }} } }`, `{"a": { {{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}: {{ json $d.Value }}{{ end }} } }`},
	{"conditional comma after an element", "alert", `[{{ range $i, $d := .Details }}{{ json $d.Name }}{{ if ne $i (len $.Details) }}, {{ end }}{{ end }}]`, `[{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}{{ end }}]`},
	{"conditional comma within an element", "incident", `[{{ range $i, $r := .Reports }}{"title": {{ json .Name }}, "value": {{ json .Message }}{{ if gt (len $.Reports) 1 }},{{ end }}}{{ end }}]`, `[{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{"title": {{ json .Name }}, "value": {{ json .Message }}}{{ end }}]`},
	{"conditional comma by an action", "alert", `{"a": {{ .RuleName }}{{ if .Summary }}{{ "," }}{{ end }} "b": 1}`, `{"a": {{ json .RuleName }}{{ if .Summary }}{{ end }}, "b": 1}`},
	{"conditional comma after several parts", "alert", `{"l": { {{ range $i, $d := .Details }}"{{ .Name }}": {{ if .Value }}x{{ end }}{{ if .Name }}y{{ end }}{{ if ne $i (len $.Details) }},{{ end }}{{ end }} }}`, `{"l": { {{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json .Name }}: "{{ if .Value }}x{{ end }}{{ if .Name }}y{{ end }}"{{ end }} }}`},
	{"conditional comma between elements", "alert", `[{{ .RuleName }}{{ if .Summary }}, {{ end }}{{ .Summary }}]`, `[{{ json .RuleName }},{{ json .Summary }}]`},
	{"conditional comma within a text", "alert", `{"a": {{ .RuleName }}{{ if .Summary }}, {{ end }}{{ .Summary }}}`, `⟨helper⟩{"a": "{{ template "jsonstr" .RuleName }}{{ if .Summary }}, {{ end }}{{ template "jsonstr" .Summary }}"}`},
	{"all at once", "alert", "{\"embeds\": [{{ range .Details }}{\"d\": \"a\n{{ .Name }}: {{ .Value }}\"},{{ end }}]}", "⟨helper⟩{\"embeds\": [{{ range $i, $_ := .Details }}{{ if $i }},{{ end }}{\"d\": \"a\\n{{ template \"jsonstr\" .Name }}: {{ template \"jsonstr\" .Value }}\"}{{ end }}]}"},
}

func TestFix(t *testing.T) {
	t.Parallel()
	for _, tt := range repairs {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			result, err := rewrite.Fix(context.Background(), event.Kind(tt.kind), tt.text, rewrite.Options{})
			if err != nil {
				t.Fatalf("%s\n%v", tt.text, err)
			}
			want := strings.ReplaceAll(tt.want, "⟨helper⟩", helper)
			if result.Text != want {
				t.Errorf("\n from %s\n  got %s\n want %s", tt.text, result.Text, want)
			}
			if result.Analysis.Verdict != jsonflow.Proved && !strings.Contains(tt.name, "before text") || result.Changed != (want != tt.text) {
				t.Errorf("verdict %s, changed %v", result.Analysis.Verdict, result.Changed)
			}
		})
	}
}

// TestUnsafe makes repairs that change what is said, and checks that they are reported
// as unsafe.
func TestUnsafe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, want string
		fields     map[string]string
	}{
		{"{\"a\": \"x\\\ny\"}", "{\"a\": \"x\ny\"}", nil},
		{`{"n": {{ .Count }}}`, `{"n": {{ json .Count }}}`, map[string]string{"count": "5"}},
		{`{{ .Status }}{"text": {{ json .Summary }}}`, `{"text": {{ json .Summary }}}`, nil},
		{`["a", # x {{ json .Summary }}]`, `["a" {{/* x {{ json .Summary }} */}}]`, nil},
		{`{"a": {"b": {{ .Summary }} # end }}`, `{"a": {"b": {{ json .Summary }} {{/* end */}} }}`, nil},
		{"{\"a\": firing # {{ .Summary }},\n \"b\": 1}", "{\"a\": \"firing\", {{/* {{ .Summary }}, */}}\n \"b\": 1}", nil},
		{`{"a": Alert # 5, "b": {{ json .Summary }}}`, `{"a": "Alert # 5", "b": {{ json .Summary }}}`, nil},
		{`{"f": {{ range $i, $d := .Details }}{{ if gt $i 0 }},{{ end }}{"t": {{ json $d.Name }}}{{ end }}}`, `{"f": [{{ range $i, $d := .Details }}{{ if gt $i 0 }},{{ end }}{"t": {{ json $d.Name }}}{{ end }}]}`, nil},
	} {
		result, err := rewrite.Fix(context.Background(), event.KindAlert, tt.text, rewrite.Options{CustomFields: tt.fields, Unsafe: true})
		if err != nil || result.Text != tt.want || result.Applicability != rewrite.Unsafe {
			t.Errorf("%s becomes %+v, %v", tt.text, result, err)
		}
		result, err = rewrite.Fix(context.Background(), event.KindAlert, tt.text, rewrite.Options{CustomFields: tt.fields})
		var noRepair *rewrite.Error
		if errors.As(err, &noRepair) && !noRepair.Unsafe || err == nil && result.Changed {
			t.Errorf("%s without being asked becomes %v, %v", tt.text, result, err)
		}
	}
}

// TestPlainText leaves text alone that merely looks like JSON.
func TestPlainText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`Alert {{ .RuleName }} [firing] {{ .Summary }}`, `[{{ .Status }}] {{ .RuleName }}`, `{{ .Status }}`,
		"{{/* hooktool: destination=plaintext */}}payload={\"text\": 1}", `(see {{ .URL }})`, `Alert {name: {{ .RuleName }}} is firing`, "- {{ .Summary }}\n- {{ .URL }}", `{{ .Summary }}: {"a": 1} {"b": 2}`,
	} {
		result, err := rewrite.Fix(context.Background(), event.KindAlert, text, rewrite.Options{})
		if err != nil || result.Changed {
			t.Errorf("%s becomes %v, %v", text, result, err)
		}
	}
}

// TestPlainTextFields corrects the case of fields in plain text.
func TestPlainTextFields(t *testing.T) {
	t.Parallel()
	const text, want = `Alert {{ .summary }}{{ if .url }} ({{ .url }}){{ end }}`, `Alert {{ .Summary }}{{ if .URL }} ({{ .URL }}){{ end }}`
	result, err := rewrite.Fix(context.Background(), event.KindAlert, text, rewrite.Options{})
	if err != nil || result.Text != want || result.Applicability != rewrite.Safe {
		t.Errorf("%s becomes %+v, %v", text, result, err)
	}
}

// TestNoVariables repairs without a dollar sign, for files in which Coroot reads it as
// the start of an environment variable.
func TestNoVariables(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, kind, text, want string }{
		{"list", "deployment", `[{{ range .Summary }}{{ json . }},{{ end }}]`, `[{{ with .Summary }}{{ range slice . 0 1 }}{{ json . }}{{ end }}{{ range slice . 1 }},{{ json . }}{{ end }}{{ end }}]`},
		{"list of objects", "incident", `{"a": [{{- range .Reports }},{"n": {{ json .Name }}}{{ end }}]}`, `{"a": [{{- with .Reports }}{{ range slice . 0 1 }}{"n": {{ json .Name }}}{{ end }}{{ range slice . 1 }},{"n": {{ json .Name }}}{{ end }}{{ end }}]}`},
		{"optional members", "incident", `{ {{ if .RCASummary }}"a": 1,{{ end }}{{ if eq .Status "OK" }}"b": 2,{{ end }}{{ if .Reports }}"c": 3,{{ end }} }`, `{ {{ if .RCASummary }}"a": 1{{ end }}{{ if eq .Status "OK" }}{{ if .RCASummary }},{{ end }}"b": 2{{ end }}{{ if .Reports }}{{ if or .RCASummary (eq .Status "OK") }},{{ end }}"c": 3{{ end }} }`},
		{"two lists", "incident", `{"a": [{{ range .Reports }}{{ json .Name }},{{ end }}], "b": [{{ range .Reports }}{{ json .Check }},{{ end }}]}`, `{"a": [{{ with .Reports }}{{ range slice . 0 1 }}{{ json .Name }}{{ end }}{{ range slice . 1 }},{{ json .Name }}{{ end }}{{ end }}], "b": [{{ with .Reports }}{{ range slice . 0 1 }}{{ json .Check }}{{ end }}{{ range slice . 1 }},{{ json .Check }}{{ end }}{{ end }}]}`},
	} {
		result, err := rewrite.Fix(context.Background(), event.Kind(tt.kind), tt.text, rewrite.Options{NoVariables: true})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if result.Text != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, result.Text, tt.want)
		}
	}
	long := `{"a": [{{ range .Details }}{"name": {{ json .Name }}, "value": {{ json .Value }}, "a": "` + strings.Repeat("x", 200) + `"},{{ end }}]}`
	result, err := rewrite.Fix(context.Background(), event.KindAlert, long, rewrite.Options{NoVariables: true})
	if err != nil || strings.Contains(result.Text, "$") || strings.Count(result.Text, "xxxxxx")/33 != 1 {
		t.Errorf("got %v, %v", result, err)
	}
	_, err = rewrite.Fix(context.Background(), event.KindIncident, `[{{ range .Reports }}{{ if eq .Name "CPU" }}{{ json .Name }},{{ end }}{{ end }}]`, rewrite.Options{NoVariables: true})
	if err == nil {
		t.Error("elements that are chosen one by one have no separator without a variable")
	}
}

// TestRefused checks the reason and position reported for templates that cannot be
// repaired.
func TestRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, at, want string }{
		{`{"text": "a\u00{{ .Summary }}"}`, "{{ .Summary", "this action follows a backslash"},
		{`{"a": {{ if .Details }}"x{{ else }}["y{{ end }}"}`, ".Details", "leaves more objects or lists open"},
		{`{"a": "{{ .Summary }}"} {"a": 1}`, "", "keeps everything it prints"},
		{`{{ .Status }}{"text": {{ json .Summary }}}`, "", "keeps everything it prints"},
		{"{{ `{\"text\": {{ json .Summary }}}` }}", "{{ `", "it is escaped for Helm"},
		{`{{ define "x" }}{{ . }}{{ end }}{"a": "x {{ template "x" .Summary }}", "b": {{ template "x" .URL }}}`, "{{ . }}", "both inside and outside a string"},
		{`{"a": "{{ .Nope }}"}`, ".Nope", "there is no .Nope in an alert"},
		{`{"a`, "", "the body ends within a string"},
		{`{"n": {{ .Count }}}`, "", "without changing what it says"},
		{`{"a": 1, # x "b": 2, "c": {{ json .Summary }} }`, "# x", "hides a part of the JSON"},
		{`{"a": '{{ .Summary }}', // x "b": 1}`, "// x", "hides a part of the JSON"},
		{`{"a": 1, // x b: 2, c: {{ .Summary }} }`, "// x", "hides a part of the JSON"},
		{"{\"a\": {{ .Summary }}, // x {{ if .URL }}\"b\": {{ json .URL }}{{ end }}\n}", "// x", "hides a part of the JSON"},
		{`["a", # x {{ json .Summary }}]`, "# x", "hides a part of the JSON"},
		{`{"t": "a "b", "c" d", "u": 1}`, `", "c`, "this quote may end a text"},
		{`{{ define "m" }}"k": {{ json .URL }}{{ end }}{ {{ template "m" . }} "a": "1 {{ if .Summary }}{{ template "m" . }}{{ end }}" }`, `"`, "this quote may end a text"},
		{`{"a": {{ .Summary }} # end }`, "# end", "hides a part of the JSON"},
		{"{\"a\": firing # {{ .Summary }},\n \"b\": 1}", "# {{", "this may be a comment"},
		{`[{{ range .Details }}{{ json .Name }}, # each {{ end }}]`, "# each", "this comment cannot be told from the JSON after it"},
		{`[{{ range .Details }}"x", "c": "{{ .Name }}"{{ end }}]`, `": "`, "this quote may end a text"},
		{`{"text": "{{ .Summary }}", ...}`, `", ...`, "this quote may end a text"},
		{`{"a": "b": {{ json .Summary }}}`, `": {{`, "this quote may end a text"},
		{`{"firing": {{ .Status }} == "OK", "a": 1}`, `, "a"`, "a text where a key, a colon and a value belong"},
		{`{"a": "{{ .Summary }}" || "none"}`, `|| "none"`, "this cannot be repaired: | after a value"},
		{`{"a": "{{ .Summary }}", "b": [{% for d in details %}"x",{% endfor %}]}`, "{% for", "{% for d in details %} is the syntax of Jinja"},
		{`{"a": {{ slice (json .Summary) 0 5 }}}`, "", "the result fails where the original does not: slice .Summary 0 5"},
		{`{"a": {{ $s := json .Summary }}{{ printf "%s!" $s }}}`, "{{ printf", "$s contains the output of json, quotes included"},
		{`{"a": {{ $s := json .Summary }}"x {{ $s }}"}`, "{{ $s }}", "$s contains the output of json, quotes included"},
		{`{"a": {{ printf "{\"b\": %s, \"c\": %s}" (json .Summary) .URL }}}`, "{{ printf", "this action writes JSON with printf"},
	} {
		_, err := rewrite.Fix(context.Background(), event.KindAlert, tt.text, rewrite.Options{CustomFields: map[string]string{"count": "5"}})
		var noRepair *rewrite.Error
		if !errors.As(err, &noRepair) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s\n got %v\nwant %s", tt.text, err, tt.want)
			continue
		}
		if got := tt.text[noRepair.Start:]; tt.at != "" && !strings.HasPrefix(got, tt.at) {
			t.Errorf("%s: the place is %q, want %q", tt.text, got, tt.at)
		}
	}
}

// TestRefusedInWords checks where a template that does not parse is refused, although
// repairs before that place have moved it.
func TestRefusedInWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a": {{ toJson .Summary }}, "b": "{{ upper .Status }}"}`:            "1:39",
		"\uFEFF" + `{"a": {{ toJson .Summary }}, "b": "{{ upper .Status }}"}`: "1:40",
		"\uFEFF{\n" + `"é": {{json.Summary}}, "b": "{{ upper .Status }}"}`:    "2:33",
		`{"a": "{{{summary}}}", "b": "{{ .Summary | default "x" | title }}"}`: "1:58",
	} {
		_, err := rewrite.Fix(context.Background(), event.KindAlert, text, rewrite.Options{})
		var failed *webhook.TemplateError
		if !errors.As(err, &failed) || failed.Pos.String() != want {
			t.Errorf("%s is refused with %v, want the place %s", text, err, want)
		}
	}
}

// TestRefusedForType checks that a type error is reported in the words of the checker.
func TestRefusedForType(t *testing.T) {
	t.Parallel()
	_, err := rewrite.Fix(context.Background(), event.KindAlert, `{"a": "{{ .Sumary }}"}`, rewrite.Options{})
	want := rewrite.Error{Start: 10, End: 17, Message: "there is no .Sumary in an alert", Hint: "did you mean .Summary?"}
	if got := new(rewrite.Error); !errors.As(err, &got) || *got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestCustomFields checks that the webhook's custom fields are known.
func TestCustomFields(t *testing.T) {
	t.Parallel()
	o := rewrite.Options{CustomFields: map[string]string{"team": "shop", "my-env": "crashes Coroot"}}
	result, err := rewrite.Fix(context.Background(), event.KindAlert, `{"a": "team {{ .Team }}"}`, o)
	if err != nil || !strings.Contains(result.Text, `{{ template "jsonstr" .Team }}`) {
		t.Errorf("got %v, %v", result, err)
	}
}
