package jsonflow_test

import "github.com/hooktool/hooktool/pkg/jsonflow"

const (
	proved  = jsonflow.Proved
	refuted = jsonflow.Refuted
	unknown = jsonflow.Unknown
	notJSON = jsonflow.NotJSON
)

func incidents() []labelled {
	return []labelled{
		{`{{ json . }}`, proved, ""},
		{`{"a": {{ json .URL }}}`, proved, ""},
		{`{"a": "{{ json .URL }}"}`, refuted, "json-in-quotes"},
		{`{"a": {{ .URL }}}`, refuted, "json-unquoted"},
		{`{"a": "{{ .Status }}"}`, proved, ""},
		{`{"a": "{{ js .URL }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": "{{ html .URL }}"}`, refuted, "json-wrong-escaper"},
		{`{"a": {{ printf "%q" .URL }}}`, refuted, "json-wrong-escaper"},
		{`{"a": "{{ urlquery .URL }}"}`, proved, ""},
		{helper + "{\"a\": \"x {{ template \"jsonstr\" .URL }}\n{{ range .Reports }}{{ template \"jsonstr\" .Message }}{{ end }}\"}", proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }},{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ json .Name }}{{ $sep = "," }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ $sep := "" }}{{ range .Reports }}{{ $sep }}{{ json .Name }}{{ $sep := "," }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ range $i, $r := .Reports }}{{ json .Name }}{{ if ne (len (slice $.Reports $i)) 1 }},{{ end }}{{ end }}]}`, proved, ""},
		{`{"a": [{{ range $i, $r := .Reports }}{{ if $i }},{{ end }}{{ if eq .Name "CPU" }}{{ continue }}{{ end }}{{ json .Name }}{{ end }}]}`, refuted, "json-separator"},
		{`{"a": [{{ $first := true }}{{ range .Reports }}{{ if eq .Name "CPU" }}{{ continue }}{{ end }}{{ if not $first }},{{ end }}{{ $first = false }}{{ json .Name }}{{ end }}]}`, proved, ""},
		{`{"a": 1 {{ if .RCASummary }}, "b": {{ json .RCASummary }}{{ end }}}`, proved, ""},
		{`{ {{ if .RCASummary }}"b": {{ json .RCASummary }},{{ end }} }`, refuted, "json-structure"},
		{`{{ if eq .Status "OK" }}{"a":1}{{ else }}plain{{ end }}`, refuted, "json-mixed"},
		{`{{ if ne .Status "OK" }}{"a":1}{{ end }}`, refuted, "json-mixed"},
		{`{"a": "{{ if eq .Status "OK" }}x"{{ else }}y"{{ end }}}`, proved, ""},
		{`{"a": "{{ if eq .Status "OK" }}x"{{ end }} {{ if ne .Status "OK" }}"{{ end }}}`, proved, ""},
		{`{"a": "\u00{{ len .Reports }}"}`, refuted, "json-structure"},
		{`{"a": {{ json . }}, "n": {{ len .Reports }}}`, proved, ""},
		{"{\"a\": {\"b\": \"x\ny\"}}", refuted, "json-control-character"},
		{"{\"a\": \"x\ny\"}", proved, ""},
		{"{\"a\": \"x\ty\"}", refuted, "json-control-character"},
		{"{\"a\": \"x\r\ny\"}", refuted, "json-control-character"},
		{"[\"x\ny\"]", refuted, "json-control-character"},
		{"{\"a\": \"x\\\ny\"}", proved, "json-control-character"},
		{`{"a":1} x`, refuted, "json-structure"},
		{`{"x": {{ with .RCASummary }}{{ json . }}{{ else }}null{{ end }}}`, proved, ""},
		{`{{ range .Reports }}{"x":1}{{ end }}`, refuted, "json-mixed json-structure"},
		{``, notJSON, "not-json"},
		{`{{ .Status }}: {{ .URL }}`, notJSON, "not-json"},
	}
}
