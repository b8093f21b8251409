package jsonflow_test

import (
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/jsonflow"
)

const (
	proved  = jsonflow.Proved
	refuted = jsonflow.Refuted
	unknown = jsonflow.Unknown
	notJSON = jsonflow.NotJSON
)

func incidents() []labelled {
	return slices.Concat(contexts(), escapers(), branches(), separators(), loops(), calls(), structure(), newlines(), plain(), traps())
}

// contexts are single actions in different contexts.
func contexts() []labelled {
	return []labelled{
		{`{{ json . }}`, proved, ""},
		{"  {{ json . }}\n", proved, ""},
		{`{{ json .Summary_ }}`, unknown, ""},
		{`{{ json .RCASummary }}`, proved, ""},
		{`{"a": {{ json .URL }}}`, proved, ""},
		{`{"a": {{ json .Application }}}`, proved, ""},
		{`{"a": {{ json .Application.Name }}, "b": {{ json .Reports }}}`, proved, ""},
		{`{"a": {{ .URL | json }}}`, proved, ""},
		{`{"a": {{ .URL }}}`, refuted, "json-unquoted"},
		{`{"a": {{ .Status }}}`, refuted, "json-unquoted"},
		{`{"a": "{{ .URL }}"}`, refuted, "json-unescaped"},
		{`{"a": "{{ .Status }}"}`, proved, ""},
		{`{"a": "{{ .Application }}"}`, refuted, "json-unescaped"},
		{`{"a": "{{ html .RCASummary | js }}"}`, proved, ""},
		{`{"a": "{{ js (html (printf "%.3s" .URL)) }}{{ .Application.Value | html | js }}"}`, proved, ""},
		{`{"a": "{{ js .RCASummary | html }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": "{{ .Application.Kind }}"}`, refuted, "json-unescaped"},
		{`{"{{ .URL }}": 1}`, refuted, "json-unescaped"},
		{`{ {{ json .URL }}: 1}`, proved, ""},
		{`{ {{ .URL }}: 1}`, refuted, "json-unquoted"},
		{`{"a": {{ len .Reports }}}`, proved, ""},
		{`{"a": {{ len .Reports }}0}`, refuted, "json-structure"},
		{`{"a": 1{{ len .Reports }}}`, proved, ""},
		{`{"a": "{{ len .Reports }} reports"}`, proved, ""},
		{`{"a": {{ eq .Status "OK" }}}`, proved, ""},
		{`{"a": {{ .Application.IsZero }}}`, proved, ""},
		{`{"a": "{{ .Reports }}"}`, refuted, "json-unescaped"},
		{`{"a": {{ .Reports }}}`, refuted, "json-unquoted"},
		{`{"a": "\{{ .Status }}"}`, refuted, "json-unescaped"},
		{`{"a": "\\{{ .Status }}"}`, proved, ""},
		{`{"a": {{ 1.5 }}, "b": {{ 'x' }}, "c": {{ true }}}`, proved, ""},
		{`{"a": {{ "\"x\"" }}}`, proved, ""},
		{`{"a": "{{ "x" }}"}`, proved, ""},
		{`{"a": "{{ "\"" }}"}`, refuted, "json-structure"},
	}
}

// escapers are functions that escape for other languages, and misplaced calls of json.
func escapers() []labelled {
	return []labelled{
		{`{"a": "{{ json .URL }}"}`, refuted, "json-in-quotes"},
		{`{"a": "{{ json . }}"}`, refuted, "json-in-quotes"},
		{`{"a": "{{ json .Status }}"}`, refuted, "json-in-quotes"},
		{`{"a": "{{ json (len .Reports) }}"}`, proved, ""},
		{`{"a": "{{ js .URL }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": "{{ html .URL }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": {{ printf "%q" .URL }}}`, refuted, "json-wrong-escaper"},
		{`{"a": "{{ printf "%q" .URL }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": {{ printf "%q" .Status }}}`, proved, ""},
		{`{"a": "{{ urlquery .URL }}"}`, proved, ""},
		{`{"a": {{ urlquery .URL }}}`, refuted, "json-unquoted"},
		{`{"a": "{{ js .Status }}{{ html .Status }}"}`, proved, ""},
		{`{"a": {{ json (printf "%s: %s" .Status .URL) }}}`, proved, ""},
		{`{"a": {{ json (print .Status " " .URL) }}}`, proved, ""},
		{`{"a": {{ printf "%s" .URL | json }}}`, proved, ""},
		{`{"a": {{ printf "\"%s\"" .Status }}}`, proved, ""},
		{`{"a": {{ printf "\"%s\"" .URL }}}`, refuted, "json-unescaped"},
		{`{"a": "{{ printf "%d of %03d" (len .Reports) (len .URL) }}"}`, proved, ""},
		{`{"a": "{{ printf "%.20s" .URL }}"}`, refuted, "json-unescaped"},
		{`{"a": {{ json (json .URL) }}}`, proved, ""},
		{`{"a": {{ json (html .URL) }}}`, proved, ""},
		{`{"a": "{{ slice (json .URL) 1 }}}`, proved, ""},
		{helper + `{"a": "{{ template "jsonstr" .URL }}"}`, proved, ""},
		{helper + `{"{{ template "jsonstr" .URL }}": 1}`, proved, ""},
		{helper + `{"a": [{"b": "x {{ template "jsonstr" .URL }}\n"}]}`, proved, ""},
		{helper + `{"a": "{{ template "jsonstr" .Application }}{{ template "jsonstr" (len .Reports) }}{{ template "jsonstr" "" }}{{ template "jsonstr" .Reports }}"}`, proved, ""},
		{helper + `{"a": {{ template "jsonstr" .URL }}}`, refuted, "json-unquoted"},
		{helper + "{\"a\": \"x {{ template \"jsonstr\" .URL }}\n{{ range .Reports }}{{ template \"jsonstr\" .Message }}{{ end }}\"}", proved, ""},
		{`{"a": "{{ with json .URL }}{{ slice . 1 (len (slice . 1)) }}{{ end }}"}`, proved, ""},
		{`{"a": "{{ $u := json .URL }}{{ slice $u 1 (len (slice $u 1)) }}"}`, proved, ""},
		{`{"a": "{{ $u := json .URL }}{{ slice $u 1 (len $u) }}"}`, refuted, "json-structure"},
		{`{"a": "{{ $u := json .URL }}{{ $v := json .RCASummary }}{{ slice $u 1 (len (slice $v 1)) }}"}`, refuted, "json-unescaped"},
	}
}

// branches are conditions that imply or exclude one another.
func branches() []labelled {
	return []labelled{
		{`{"a": "{{ if eq .Status "OK" }}x"{{ else }}y"{{ end }}}`, proved, ""},
		{`{"a": "{{ if eq .Status "OK" }}x"{{ end }} {{ if ne .Status "OK" }}"{{ end }}}`, proved, ""},
		{`{"a": "{{ if eq .Status "OK" }}x"{{ end }} {{ if eq .Status "CRITICAL" }}"{{ end }}}`, proved, "json-structure"},
		{`{"a": {{ if eq .Status "OK" }}1{{ else if eq .Status "WARNING" }}2{{ else if eq .Status "CRITICAL" }}3{{ end }}}`, proved, "json-structure"},
		{`{"a": {{ if eq .Status "OK" }}1{{ else if eq .Status "WARNING" "CRITICAL" }}2{{ else if or (eq .Status "INFO") (eq .Status "UNKNOWN") }}3{{ end }}}`, proved, ""},
		{`{"a": 1 {{ if .RCASummary }}, "b": {{ json .RCASummary }}{{ end }}}`, proved, ""},
		{`{ {{ if .RCASummary }}"b": {{ json .RCASummary }},{{ end }} }`, refuted, "json-structure"},
		{`{ {{ if .RCASummary }}"b": {{ json .RCASummary }}{{ if .URL }},{{ end }}{{ end }} {{ if .URL }}"u": {{ json .URL }}{{ end }} }`, proved, ""},
		{`{ {{ if .RCASummary }}"b": 1{{ end }}{{ if and .RCASummary .URL }},{{ end }}{{ if .URL }}"u": {{ json .URL }}{{ end }} }`, proved, ""},
		{`{"x": {{ with .RCASummary }}{{ json . }}{{ else }}null{{ end }}}`, proved, ""},
		{`{"x": {{ with .RCASummary }}{{ json . }}{{ end }}}`, refuted, "json-structure"},
		{`{"x": {{ or (len .Reports) "null" }}}`, proved, ""},
		{`{"x": {{ json (or .RCASummary "none") }}}`, proved, ""},
		{`{"x": "{{ or .RCASummary "none" }}"}`, refuted, "json-unescaped"},
		{`{"x": {{ if .Application }}1{{ end }}}`, proved, ""},
		{`{"x": {{ if not .Reports }}[]{{ else }}{{ json .Reports }}{{ end }}}`, proved, ""},
		{`{"x": {{ $s := .Status }}{{ if eq $s "OK" }}1{{ end }}{{ if ne .Status "OK" }}2{{ end }}}`, proved, ""},
		{`{"x": {{ $ok := eq .Status "OK" }}{{ if $ok }}1{{ end }}{{ if not $ok }}2{{ end }}}`, proved, ""},
		{`{"x": {{ if eq .URL .RCASummary }}1{{ end }}{{ if ne .URL .RCASummary }}2{{ end }}}`, proved, ""},
		{`{"x": {{ if lt .URL .RCASummary }}1{{ end }}{{ if not (lt .URL .RCASummary) }}2{{ end }}}`, proved, ""},
		{`{"x": {{ if eq .URL .RCASummary }}{{ .Status }}{{ else }}1{{ end }}}`, refuted, "json-unquoted"},
		{`{"x": "{{ if eq .Application.Kind "Deployment" "StatefulSet" }}{{ .Application.Kind }}{{ end }}"}`, proved, ""},
		{`{"x": "{{ if .URL }}{{ else }}{{ .URL }}{{ end }}"}`, proved, ""},
		{`{"color": {{ if eq .Status "CRITICAL" }}15158332{{ else if eq .Status "WARNING" }}16776960{{ else }}3066993{{ end }}}`, proved, ""},
		{`{"x": {{ $c := "good" }}{{ if ne .Status "OK" }}{{ $c = "danger" }}{{ end }}"{{ $c }}"}`, proved, ""},
		{`{"x": {{ $c := .Status }}{{ if ne .Status "OK" }}{{ $c = .URL }}{{ end }}"{{ $c }}"}`, refuted, "json-unescaped"},
	}
}

// separators are ways to put commas between list elements.
func separators() []labelled {
	return []labelled{
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if gt $i 0 }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if ne $i 0 }},{{ end }}{{ json $r.Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if eq $i 0 }}{{ else }},{{ end }}{{ json $r.Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if gt $i 1 }},{{ end }}{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }},{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }},{{ end }}null]}`, proved, ""},
		{`{"a": [{{ range .Reports }},{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [null{{ range .Reports }},{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ json .Name }}{{ $sep = "," }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ json .Name }}{{ $sep := "," }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ $first := true }}{{ range .Reports }}{{ if $first }}{{ $first = false }}{{ else }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ $first := true }}{{ range .Reports }}{{ if eq .Name "CPU" }}{{ continue }}{{ end }}{{ if not $first }},{{ end }}{{ $first = false }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ if eq .Name "CPU" }}{{ continue }}{{ end }}{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ if ne .Name "CPU" }}{{ json .Name }}{{ end }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }}{{ if ne (len (slice $.Reports $i)) 1 }},{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }}{{ if lt $i (len (slice $.Reports 1)) }},{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ $n := len .Reports }}{{ range $i, $r := .Reports }}{{ json .Name }}{{ if lt $i $n }},{{ end }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if lt $i 3 }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if eq $i 3 }}{{ break }}{{ end }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := slice .Reports 1 }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json (index $.Reports $i).Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ if .Reports }}{{ json (index .Reports 0).Name }}{{ range slice .Reports 1 }},{{ json .Name }}{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ if eq (len .Reports) 1 }}{{ range .Reports }}{{ json .Name }}{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ if le (len .Reports) 1 }}{{ range .Reports }}{{ json .Name }}{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ if lt (len .Reports) 3 }}{{ range .Reports }}{{ json .Name }}{{ end }}{{ end }}]}`, refuted, "json-separator"},
		{`{ {{ range $i, $r := .Reports }}"r{{ $i }}": {{ json .Message }}, {{ end }}"n": {{ len .Reports }}}`, proved, ""},
		{`[{{ range 3 }}{{ . }},{{ end }}0]`, proved, ""},
		{`[{{ range $i := 3 }}{{ if $i }},{{ end }}{{ $i }}{{ end }}]`, proved, ""},
	}
}

// loops are ranges without separators.
func loops() []labelled {
	return []labelled{
		{`{"a": "{{ range .Reports }}{{ .Name }}{{ end }}"}`, refuted, "json-unescaped"},
		{`{"a": "{{ range .Reports }}x{{ else }}none{{ end }}"}`, proved, ""},
		{`{"a": {{ range .Reports }}{{ else }}null{{ end }}}`, refuted, "json-structure"},
		{`{"a": {{ range .Reports }}{{ json .Name }}{{ break }}{{ else }}null{{ end }}}`, proved, ""},
		{`{"a": {{ range $i, $r := .Reports }}{{ if $i }}{{ else }}{{ json .Name }}{{ end }}{{ else }}null{{ end }}}`, proved, ""},
		{`{{ range .Reports }}[{{ end }}1`, refuted, "json-structure"},
		{`[{{ range .Reports }}[{{ end }}1{{ range .Reports }}]{{ end }}]`, unknown, ""},
		{`{{ range .Reports }}{"x":1}{{ end }}`, refuted, "json-mixed json-structure"},
		{`{"a": "{{ $text := "" }}{{ range .Reports }}{{ $text = print $text ", " (len .Name) "\\n" }}{{ end }}{{ $text }}"}`, proved, ""},
		{`{"a": "{{ $text := "" }}{{ range .Reports }}{{ $text = print $text "," .Name }}{{ end }}{{ $text }}"}`, refuted, "json-unescaped"},
		{`{"a": "{{ $text := "" }}{{ range .Reports }}{{ $text = print $text "\\" }}{{ end }}{{ $text }}"}`, refuted, "json-unescaped json-structure"},
		{`{"a": {{ $text := "" }}{{ range .Reports }}{{ $text = print $text .Name "\n" }}{{ end }}{{ json $text }}}`, proved, ""},
		{`{"a": [{{ range .Reports }}{{ range $i, $r := $.Reports }}{{ if $i }},{{ end }}1{{ end }},{{ end }}1]}`, proved, ""},
		{`{"a": {{ $last := "" }}{{ range .Reports }}{{ $last = .Name }}{{ end }}"{{ $last }}"}`, refuted, "json-unescaped"},
	}
}

// calls are templates that call other templates.
func calls() []labelled {
	return []labelled{
		{`{{ define "v" }}{{ json . }}{{ end }}{"a": {{ template "v" .URL }}}`, proved, ""},
		{`{{ define "v" }}{{ json . }}{{ end }}{"a": {{ template "v" .URL }}, "b": "{{ template "v" .URL }}"}`, refuted, "json-in-quotes"},
		{`{"a": {{ block "v" .URL }}{{ json . }}{{ end }}}`, proved, ""},
		{`{{ define "v" }}{{ . }}{{ end }}{"a": "{{ template "v" .Status }}"}`, proved, ""},
		{`{{ define "v" }}{{ . }}{{ end }}{"a": "{{ template "v" .Status }}{{ template "v" .URL }}"}`, refuted, "json-unescaped"},
		{`{{ define "v" }}{{ if . }}{{ json . }}{{ end }}{{ end }}{"a": {{ template "v" .Status }}}`, proved, ""},
		{`{{ define "x" }}{{ if . }}[{{ template "x" (slice . 1) }}]{{ else }}1{{ end }}{{ end }}{{ template "x" .Reports }}`, unknown, ""},
		{`{{ define "x" }}{{ if . }}1,{{ template "x" (slice . 1) }}{{ else }}1{{ end }}{{ end }}[{{ template "x" .Reports }}]`, proved, ""},
		{`{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" .Reports }}`, unknown, ""},
		{`{{ define "x" }}"{{ end }}{"a": {{ template "x" }}text{{ template "x" }}}`, proved, ""},
	}
}

// structure is text that is not JSON.
func structure() []labelled {
	return []labelled{
		{`{"a":1} x`, refuted, "json-structure"},
		{`{"a":1}{"b":2}`, refuted, "json-structure"},
		{`{"a":1`, refuted, "json-structure"},
		{`{"a":"x`, refuted, "json-structure"},
		{`{"a" 1}`, refuted, "json-structure"},
		{`{"a":1 "b":2}`, refuted, "json-structure"},
		{`{"a":1,}`, refuted, "json-structure"},
		{`{,"a":1}`, refuted, "json-structure"},
		{`{"a":1]`, refuted, "json-structure"},
		{`{a:1}`, refuted, "json-structure"},
		{`{'a':1}`, refuted, "json-structure"},
		{`{"a":'x'}`, refuted, "json-structure"},
		{`{"a":True}`, refuted, "json-structure"},
		{`{"a":01}`, refuted, "json-structure"},
		{`{"a":1.}`, refuted, "json-structure"},
		{`{"a":-}`, refuted, "json-structure"},
		{`{"a":+1}`, refuted, "json-structure"},
		{`{"a":1e5,"b":-0.5E-3,"c":[],"d":{},"e":true,"f":false,"g":null}`, proved, ""},
		{`{"a":"\d"}`, refuted, "json-structure"},
		{`{"a":"\u12g4"}`, refuted, "json-structure"},
		{`{"a":"\ud83d\ude00"}`, proved, ""},
		{`{"":1}`, proved, ""},
		{`"text"`, proved, ""},
		{`12`, proved, ""},
		{`[1,[2,{"a":[]}]]`, proved, ""},
		{`{"a":1,"b":2,"a":3}`, proved, "json-duplicate-key"},
		{`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}`, proved, ""},
		{`{"a":1{{ if eq .Status "OK" }},"a":2{{ end }}}`, proved, "json-duplicate-key"},
		{`{ {{ if eq .Status "OK" }}"a":2{{ else }}"a":1{{ end }}}`, proved, ""},
		{`{ {{ range .Reports }}"a":2,{{ end }}"b":1}`, proved, "json-duplicate-key"},
		{`[{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{"a":2}{{ end }}]`, proved, ""},
		{`{"a":1,"a":"{{ .URL }}"}`, refuted, "json-duplicate-key json-unescaped"},
	}
}

// newlines are control characters, with and without Coroot's repair.
func newlines() []labelled {
	return []labelled{
		{"{\"a\": \"x\ny\"}", proved, ""},
		{"{\"a\": {\"b\": \"x\ny\"}}", refuted, "json-control-character"},
		{"{\"a\": [\"x\ny\"]}", refuted, "json-control-character"},
		{"{\"a\": \"x\ty\"}", refuted, "json-control-character"},
		{"{\"a\": \"x\r\ny\"}", refuted, "json-control-character"},
		{"{\"a\nb\": 1}", refuted, "json-control-character"},
		{"[\"x\ny\"]", refuted, "json-control-character"},
		{"\"x\ny\"", refuted, "json-control-character"},
		{"{\"a\": \"x\\\ny\"}", proved, "json-control-character"},
		{"{\"a\": \"x\\u00\ny\"}", refuted, "json-structure"},
		{"{\"a\": {{ print \"\\\"x\\ny\\\"\" }}}", proved, ""},
		{"{\"\\ud800\": \"x\ny\"}", unknown, ""},
	}
}

// plain is text that is not meant to be JSON, at all or in some cases.
func plain() []labelled {
	return []labelled{
		{``, notJSON, "not-json"},
		{`{{ .Status }}: {{ .URL }}`, notJSON, "not-json"},
		{`[{{ .Status }}] {{ .URL }}`, notJSON, "not-json"},
		{`{{ len .Reports }} problems`, notJSON, "not-json"},
		{`"{{ .URL }}" is down`, notJSON, "not-json"},
		{`null and void`, notJSON, "not-json"},
		{`[1, {{ .URL }}{{ if .URL }}]{{ else }}]{{ end }}`, refuted, "json-unquoted"},
		{`{{ define "x" }}{{ . }}{{ .A }}{{ end }}{"a": "{{ template "x" }}"}`, proved, ""},
		{`{{ if eq .Status "OK" }}{"a":1}{{ else }}plain{{ end }}`, refuted, "json-mixed"},
		{`{{ if ne .Status "OK" }}{"a":1}{{ end }}`, refuted, "json-mixed"},
	}
}

// traps are cases that an analysis of this kind can get wrong.
func traps() []labelled {
	return []labelled{
		// a fact about one element does not hold for the next
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}"{{ if .Name }}x"{{ end }}{{ end }}]}`, refuted, "json-structure"},
		{`{"a": "{{ $n := "" }}{{ range .Reports }}{{ if eq $n "a" }}{{ if ne .Name "a" }}{{ .Name }}{{ end }}{{ end }}{{ $n = .Name }}{{ end }}"}`, refuted, "json-unescaped"},
		{`{"a": "{{ $p := "" }}{{ range .Reports }}{{ if .Name }}{{ if not $p }}{{ else }}{{ $p }}{{ end }}{{ end }}{{ $p = .Name }}{{ end }}"}`, refuted, "json-unescaped"},
		// digits of a length continue an escape
		{`{"a": "\u00{{ len .Reports }}"}`, refuted, "json-structure"},
		{`{"a": "\u000{{ len .Reports }}"}`, proved, ""},
		// the same name under two dots is two conditions
		{`{"a": {{ with .Application }}{{ if .Name }}1{{ end }}{{ end }}{{ range .Reports }}{{ if not .Name }}2{{ end }}{{ end }}}`, refuted, "json-structure"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ if eq .Name $.URL }}1{{ end }}{{ if ne .Name $.URL }}2{{ end }}{{ end }}]}`, proved, ""},
		// a variable of an inner block
		{`{"a": {{ $x := "1" }}{{ if .URL }}{{ $x := "" }}{{ $x }}{{ end }}{{ $x }}}`, proved, ""},
		{`{"a": {{ $x := "1" }}{{ if .URL }}{{ $x = "" }}{{ end }}{{ $x }}}`, refuted, "json-structure"},
		// facts from one branch, tested in a loop
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ if eq $.Status "OK" }}1{{ else }}{{ json .Name }}{{ end }}{{ end }}]}`, proved, ""},
		// texts that double
		{`{{ $x := "\"" }}` + strings.Repeat(`{{ $x = print $x $x }}`, 60) + `{"a": 1}`, proved, ""},
		{`{{ $x := "\"" }}{"a": {{ $x` + strings.Repeat(` | json`, 60) + ` }}}`, proved, ""},
		{`{{ $x := .Status }}{"a": {{ $x` + strings.Repeat(` | json`, 60) + ` }}}`, proved, ""},
		// one length, compared twice
		{`{"a": {{ if gt (len .Reports) 3 }}1{{ end }}{{ if le (len .Reports) 3 }}2{{ end }}}`, proved, ""},
		{`{"a": {{ if gt (len .Reports) 3 }}1{{ end }}{{ if le (len .Reports) 2 }}2{{ end }}}`, refuted, "json-structure"},
		{`{"a": {{ if gt (len .URL) 3 }}1{{ end }}{{ if le (len .URL) 3 }}2{{ end }}}`, unknown, ""},
		// the outcome of an unfinished call
		{`{{ define "x" }}{{ if . }}{{ template "y" (slice . 1) }}{{ end }}"s"{{ end }}{{ define "y" }}{{ template "x" . }}{{ end }}{"a": {{ template "x" .Reports }}}`, refuted, "json-structure"},
		{`{{ define "x" }}{{ if . }}{{ template "y" (slice . 1) }},{{ end }}"s"{{ end }}{{ define "y" }}{{ template "x" . }}{{ end }}{"a": [{{ template "x" .Reports }}]}`, proved, ""},
		// json output that is not escaped twice
		{`{"a": "{{ printf "%s" (json .URL) }}"}`, refuted, "json-in-quotes"},
		// the list passed has a different length
		{`{"a": [{{ range $i, $r := slice .Reports 0 1 }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ with .Reports }}{{ range $i, $r := . }}{{ json .Name }}{{ if lt $i (len (slice $.Reports 1)) }},{{ end }}{{ end }}{{ end }}]}`, proved, ""},
		{`{"x": "{{ .Foo }}"}`, unknown, ""},
	}
}
