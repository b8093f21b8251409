// Package vast makes very long and entangled templates: about 250 kB each, of every kind
// that could make an analysis, a repair, a rendering or a preview slow. Tests compare
// the work that each of them costs with a budget. The work is counted, not timed, so it
// is the same on every machine.
package vast

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// Size is the approximate length of the templates, in bytes.
const Size = 250_000

// Template is a template for alerts.
type Template struct {
	Name string
	Text string
}

// Templates returns all of them, in the order of their names.
func Templates() []Template {
	all := slices.Concat(deep(), wide(), variables(), calls(), conditions(), broken(), texts(), odd())
	slices.SortFunc(all, func(x, y Template) int { return strings.Compare(x.Name, y.Name) })
	return all
}

// Long reports whether HOOKTOOL_TEST_LONG asks tests to try all that they can. A test
// for which it does not says so.
func Long(t log) bool {
	t.Helper()
	if os.Getenv("HOOKTOOL_TEST_LONG") != "" {
		return true
	}
	t.Logf("this is a sample: HOOKTOOL_TEST_LONG=1 tries all")
	return false
}

// log is where a test says what it left out.
type log interface {
	Helper()
	Logf(format string, args ...any)
}

// Some returns every nth of the templates, and all of them in a long run.
func Some(t log, n int) []Template {
	t.Helper()
	return Every(t, n, Templates())
}

// SomeOf returns every nth of the texts, in the order of their names, and all of them
// in a long run.
func SomeOf(t log, n int, texts map[string]string) []Template {
	t.Helper()
	var all []Template
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		all = append(all, Template{name, texts[name]})
	}
	return Every(t, n, all)
}

// Every returns every nth of anything that a test tries, and all in a long run.
func Every[T any](t log, n int, all []T) []T {
	t.Helper()
	if Long(t) {
		return all
	}
	var some []T
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	t.Logf("%d of %d", len(some), len(all))
	return some
}

// Each repeats a piece of a template n times, with its number in place of #.
func Each(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(piece, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// fill repeats a piece between a head and a tail until the template has its size.
func fill(name, head, piece, tail string) Template {
	longest := len(piece) + 4*strings.Count(piece, "#")
	n := (Size - len(head) - len(tail)) / longest
	return Template{name, head + Each(n, piece) + tail}
}

// nest puts pieces around a core, as many as there is room for.
func nest(name, head, open, core, closing, tail string) Template {
	n := (Size - len(head) - len(core) - len(tail)) / (len(open) + len(closing))
	return nestN(name, n, head, open, core, closing, tail)
}

func nestN(name string, n int, head, open, core, closing, tail string) Template {
	return Template{name, head + strings.Repeat(open, n) + core + strings.Repeat(closing, n) + tail}
}

func deep() []Template {
	return []Template{
		nest("deep: if", `{"a": `, "{{ if .URL }}", "1", "{{ end }}", "}"),
		nest("deep: if else", `{"a": "`, "{{ if .URL }}x{{ else }}", "1", "{{ end }}", `"}`),
		nest("deep: with", `{"a": "`, "{{ with $.Summary }}", "1", "{{ end }}", `"}`),
		nest("deep: range", `{"a": [`, "{{ range $.Details }}", "1", "{{ end }}", "]}"),
		nestN("deep: range, 200", 200, `{"a": [`, "{{ range $.Details }}", "{{ json .Name }},", "{{ end }}", "1]}"),
		nest("deep: range else", `{"a": [`, "{{ range $.Details }}{{ else }}", "1", "{{ end }}", "]}"),
		nest("deep: objects", ``, `{"a": `, "1", "}", ""),
		nestN("deep: objects, 9,000", 9_000, ``, `{"a": `, `"{{ .Summary }}"`, "}", ""),
		nest("deep: arrays", ``, `[`, "1", "]", ""),
		nestN("deep: arrays, 9,999", 9_999, ``, `[`, "{{ json .Summary }}", "]", ""),
		nestN("deep: parentheses, 500", 500, `{"a": {{ `, `(print `, ".Summary", ")", " | json }} }"),
		nestN("deep: parentheses", 9_000, `{"a": {{ `, `(print `, ".Summary", ")", " | json }} }"),
		nestN("deep: objects with conditions", 6_000, ``, `{ {{ if .URL }}"b": 1,{{ end }} "a": `, "1", "}", ""),
		nestN("deep: conditions on objects", 8_000, `{"a": `, `{{ if .URL }}{"a": `, "1", "}{{ end }}", "}"),
		nestN("deep: recursion of a list", 1, `{{ define "t" }}[{{ range . }}{{ template "t" $ }},{{ end }}]{{ end }}`, "", `{{ template "t" .Details }}`, "", ""),
	}
}

func wide() []Template {
	return []Template{
		fill("wide: actions", `{"a": "`, "{{ .Summary }}", `"}`),
		fill("wide: actions, safe", `{"a": [`, "{{ json .Summary }},", `1]}`),
		fill("wide: loops", `{"a": [`, "{{ range .Details }}{{ json .Name }},{{ end }}", "1]}"),
		fill("wide: loops, unescaped", `{"a": [`, `{{ range .Details }}"{{ .Name }}",{{ end }}`, "1]}"),
		fill("wide: loops that end in a comma", `{"a": [`, `{{ range .Details }}"{{ .Name }}",{{ end }},`, `1]}`),
		fill("wide: lists", `{"z": 1`, `,"k#": [{{ range $i, $d := .Details }}{{ if $i }},{{ end }}{{ json $d.Name }}{{ end }}]`, `}`),
		fill("wide: lists in embeds", `{"embeds":[{"title":"a"}`, `,{"title":"{{ .Summary }}","fields":[{{ range .Details }}{"name":"{{ .Name }}","value":"{{ .Value }}"},{{ end }}]}`, `]}`),
		fill("wide: members in loops", `{"z": {}`, `,"k#": { {{ range .Details }}"{{ .Name }}": "{{ .Value }}",{{ end }} }`, `}`),
		fill("wide: first index", `{"a": [`, `{{ range $i, $d := .Details }}{{ if eq $i 0 }}{{ else }},{{ end }}"{{ $d.Name }}"{{ end }},`, `1]}`),
		fill("wide: loops in loops in strings", `{"a": "`, `{{ range .Details }}{{ range $.Details }}{{ .Name }} {{ end }}{{ end }}`, `"}`),
		fill("wide: lists that end in a comma", `{"z": 1`, `,"k#": [{{ range .Details }}{{ json .Name }},{{ end }}]`, `}`),
		fill("wide: objects", `{"a": [1`, `,{"a#": {{ json .Summary }}, "b": {{ json .Details }}, "c": {{ .Status | json }}}`, `]}`),
		fill("wide: lists before a comma", `{"a": [`, `{{ range .Details }},{"a": "{{ .Name }}"}{{ end }}`, `]}`),
		fill("wide: members", `{`, `"k#": "{{ .Summary }}",`, `"z": 1}`),
		fill("wide: one member again and again", `{`, `"k": {{ json .Summary }},`, `"z": 1}`),
		fill("wide: keys from data", `{"z": 1{{ range .Details }}`, `,{{ json .Name }}: {{ json .Value }}`, `{{ end }}}`),
		fill("wide: comments", `{"a": 1`, `{{/* a comment */}}`, `}`),
		fill("wide: comments with words", `{"a": 1`, `{{/* hooktool:ignore json-unescaped */}}`+"\n", `}`),
		fill("wide: empty lines", `{"a": 1`, "\n", `}`),
		fill("wide: constants", `{"a": "`, "abcdefgh ", `"}`),
		fill("wide: constants in actions", `{"a": "`, `{{ "abcdef#" }}`, `"}`),
		fill("wide: literals", `[0`, ",true,1.5e10,null", `]`),
		fill("wide: lines", `{"a": "`, "{{ .Summary }}\n", `"}`),
		fill("wide: open strings", `{"a": "`, "{{ if .URL }}x{{ else }}y{{ end }}", ``),
		fill("wide: a long body of a loop", `{"a": [{{ range .Details }}`, "{{ json .Name }},", `{{ end }}1]}`),
		fill("wide: a long body of a loop, in strings", `{"a": "{{ range .Details }}`, "{{ .Name }} is {{ .Value }} ", `{{ end }}"}`),
		fill("wide: breaks", `{"a": [`, `{{ range .Details }}{{ if .Name }}{{ break }}{{ else }}{{ continue }}{{ end }}{{ end }}`, `1]}`),
	}
}

func variables() []Template {
	return []Template{
		fill("variables: many", ``, "{{ $v# := .URL }}", `{"a":1}`),
		{"variables: many, all used", Each(6_000, "{{ $v# := .URL }}") + `{"a":[` + Each(6_000, "{{ json $v# }},") + `1]}`},
		{"variables: nine thousand", Each(9_000, "{{ $v# := .URL }}") + `{"a":1}`},
		fill("variables: one set again", `{{ $x := "" }}`, "{{ $x = .Summary }}", `{"a":{{ json $x }}}`),
		fill("variables: one after another", `{{ $v := .Summary }}`, "{{ $v# := $v }}{{ $v = $v# }}", `{"a":{{ json $v }}}`),
		fill("variables: texts that grow", `{{ $x := "a" }}`, `{{ $x = print $x "abcdefghij" }}`, `{"a":{{ json $x }}}`),
		fill("variables: texts of fields that grow", `{{ $x := "" }}`, `{{ $x = print $x .Summary }}`, `{"a":{{ json $x }}}`),
		fill("variables: texts that grow with conditions", `{{ $x := "" }}`, `{{ if .Summary }}{{ $x = print $x "a#" }}{{ end }}`, `{"a":{{ json $x }}}`),
		{"variables: texts that double", `{{ $x := "a" }}` + Each(4_000, `{{ $x = printf "%[1]s%[1]s" $x }}`) + `{"a":{{ json $x }}}`},
		fill("variables: separators", `{{ $sep := "" }}{"a":[`, `{{ if .URL }}{{ $sep }}{{ json .URL }}{{ $sep = "," }}{{ end }}`, `]}`),
		fill("variables: separators declared anew", `{"a":[`, `{{ $s := "" }}{{ range .Details }}{{ $s }}{{ json .Name }}{{ $s := "," }}{{ end }},`, `1]}`),
		fill("variables: flags in a loop", Each(2_000, "{{ $v# := false }}")+"{{ range .Details }}", `{{ if eq .Name "N#" }}{{ $v1 = true }}{{ end }}`, `{{ end }}{"a": 1{{ if $v1 }}0{{ end }}}`),
		{"variables: two thousand flags", Each(2_000, "{{ $v# := false }}") + "{{ range .Details }}" + Each(2_000, `{{ if eq .Name "N#" }}{{ $v# = true }}{{ end }}`) + `{{ end }}{"a": [0` + Each(2_000, "{{ if $v# }}, #{{ end }}") + "]}"},
		fill("variables: counters", `{{ $n := 0 }}`, `{{ $n = len (printf "%*s" $n "x") }}`, `{"a":{{ $n }}}`),
		fill("variables: numbers", ``, `{{ $n := # }}`, `{"a":{{ $n }}}`),
	}
}

func calls() []Template {
	return []Template{
		{"calls: a chain", Each(3_000, `{{ define "t#" }}{{ template "u#" . }}{{ end }}{{ define "u#" }}x{{ end }}`) + `{"a":"{{ template "t0" . }}"}`},
		{"calls: a long chain", chain(4_500, `{{ define "t%d" }}{{ template "t%d" . }}{{ end }}`, "x") + `{"a":"{{ template "t0" . }}"}`},
		{"calls: doubling", chain(3_200, `{{ define "t%d" }}{{ template "t%[2]d" . }}{{ template "t%[2]d" . }}{{ end }}`, "") + `{"a":"{{ template "t0" . }}"}`},
		{"calls: doubling, sixty deep", chain(60, `{{ define "t%d" }}{{ template "t%[2]d" . }}{{ template "t%[2]d" . }}{{ end }}`, "x") + `{"a":"{{ template "t0" . }}"}`},
		{"calls: doubling, twenty deep, of a field", chain(20, `{{ define "t%d" }}{{ template "t%[2]d" . }}{{ template "t%[2]d" . }}{{ end }}`, "{{ .Summary }}") + `{"a":"{{ template "t0" . }}"}`},
		{"calls: doubling with conditions", chain(40, `{{ define "t%d" }}{{ if .URL }}{{ template "t%[2]d" . }}{{ else }}{{ template "t%[2]d" . }}{{ end }}{{ end }}`, "{{ json .Summary }}") + `{"a":{{ template "t0" . }}}`},
		fill("calls: one template", `{{ define "t" }}"{{ . }}",{{ end }}{"a": [`, `{{ template "t" .Summary }}`, `1]}`),
		fill("calls: one template, other arguments", `{{ define "t" }}{{ json . }},{{ end }}{"a": [`, `{{ template "t" "text #" }}`, `1]}`),
		fill("calls: many templates of each other", ``, `{{ define "t#" }}{{ if .URL }}{{ template "t1#" . }}{{ template "t#" . }}{{ end }}{{ end }}`, `{"a":"{{ template "t1" . }}"}`),
		{"calls: endless", `{{ define "t" }}{{ template "t" . }}{{ end }}{"a":"{{ template "t" . }}"}`},
		{"calls: endless, twice", `{{ define "t" }}{{ if .URL }}{{ template "t" . }}{{ template "t" . }}{{ end }}{{ end }}{"a":"{{ template "t" . }}"}`},
		{"calls: endless, growing", `{{ define "t" }}{{ template "t" (print . "x") }}{{ end }}{"a":"{{ template "t" .URL }}"}`},
		{"calls: each of each", eachOfEach(90) + `{"a":"{{ template "t0" . }}"}`},
		fill("calls: parts of an object", `{{ define "t" }}"k": {{ json .Summary }}{{ end }}{`, `{{ template "t" . }},`, `{{ template "t" . }}}`),
		fill("calls: blocks", `{"a": [`, `{{ block "b#" . }}{{ json .Summary }}{{ end }},`, `1]}`),
	}
}

// chain makes templates each of which calls the next.
func chain(n int, define, last string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, define, i, i+1)
	}
	fmt.Fprintf(&b, `{{ define "t%d" }}%s{{ end }}`, n, last)
	return b.String()
}

// eachOfEach makes templates that all call all others.
func eachOfEach(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{{ define "t%d" }}{{ if .URL }}`, i)
		for j := range n {
			if j != i {
				fmt.Fprintf(&b, `{{ template "t%d" . }}`, j)
			}
		}
		b.WriteString(`{{ end }}{{ end }}`)
	}
	return b.String()
}

func conditions() []Template {
	return []Template{
		fill("conditions: many", `{"a": "`, "{{ if .Duration }}{{ .Summary }}{{ end }}", `"}`),
		fill("conditions: many, of texts", `{"a": "`, `{{ if eq .Summary "x#" }}{{ .Summary }}{{ end }}`, `"}`),
		fill("conditions: else if", `{"a":{{ if .URL }}1`, `{{ else if eq .Summary "x#" }}#`, "{{ else }}2{{ end }}}"),
		{"conditions: else if, broken", `{"a":{{ if .URL }}1` + Each(5_000, `{{ else if eq .Summary "x#" }}{{ .Summary }}`) + "{{ else }}2{{ end }}}"},
		fill("conditions: a wide eq", `{"a":{{ if eq .Summary `, ` "x#"`, ` }}1{{ else }}2{{ end }}}`),
		fill("conditions: a wide eq, broken", `{"a":{{ if eq .Summary `, ` "x#"`, ` }}{{ .Summary }}{{ else }}2{{ end }}}`),
		fill("conditions: a wide or", `{"a":{{ if or `, ` (eq .Status "x#")`, ` }}1{{ else }}2{{ end }}}`),
		fill("conditions: a wide or of texts", `{"a":{{ if or `, ` (eq .Summary "x#")`, ` }}{{ .Summary }}{{ else }}2{{ end }}}`),
		fill("conditions: a wide and of all", `{"a":{{ if and `, ` (ne .Summary "x#") (eq .URL "y#")`, ` }}{{ .Summary }}{{ else }}2{{ end }}}`),
		fill("conditions: and of or", `{"a":{{ if and `, ` (or .Summary .URL) (or .Duration .Status)`, ` }}1{{ else }}2{{ end }}}`),
		fill("conditions: not, 450", `{"a":{{ if `+strings.Repeat("not (", 450)+".URL"+strings.Repeat(")", 450)+` }}1{{ else }}2{{ end }}`, ` `, `}`),
		fill("conditions: not", `{"a":{{ if `+strings.Repeat("not (", 5_000)+".URL"+strings.Repeat(")", 5_000)+` }}1{{ else }}2{{ end }}`, ` `, `}`),
		fill("conditions: statuses", `{"a": [`, `{{ if eq .Status "OK" }}1{{ else if eq .Status "WARNING" }}2{{ else }}3{{ end }},`, `1]}`),
		fill("conditions: members", `{`, `{{ if .Summary }}"k#": {{ json .Summary }},{{ end }}`, `"z": 1}`),
		fill("conditions: members with a comma too many", `{"z": 1,`, `{{ if .Summary }}"k#": "{{ .Summary }}",{{ end }}`, `}`),
		fill("conditions: on lengths", `{"a": "`, `{{ if gt (len .Summary) # }}x{{ end }}`, `"}`),
		fill("conditions: on lists", `{"a": "`, `{{ if gt (len .Details) # }}x{{ end }}`, `"}`),
		fill("conditions: on pairs", `{"a": "`, `{{ if eq .Summary .URL }}{{ if ne .URL .Duration }}x{{ end }}{{ end }}`, `"}`),
		fill("conditions: on printf", `{"a": "`, `{{ if eq (printf "%s-#" .Summary) .URL }}x{{ end }}`, `"}`),
	}
}

func broken() []Template {
	return []Template{
		fill("broken: no commas", `[1`, ` 1`, `]`),
		fill("broken: no commas between members", `{"z": 1`, ` "k#": 1`, `}`),
		fill("broken: unquoted keys", `{"z": 1`, `, k#: 1`, `}`),
		fill("broken: unquoted values", `{"z": 1`, `, "k#": {{ .Summary }}`, `}`),
		fill("broken: single quotes", `{"z": 1`, `, 'k#': '{{ .Summary }}'`, `}`),
		fill("broken: True and None", `{"z": 1`, `, "k#": True, "l#": None`, `}`),
		fill("broken: comments of other languages", `{"z": 1`, ", // comment\n \"k#\": 1", `}`),
		fill("broken: comments on one line", `{"z": 1`, `,/* comment */ "k#": 1`, `}`),
		fill("broken: comments that do not end", `{"z": 1`, "/* ", `}`),
		fill("broken: values in parentheses", `{"z": 1`, `,"k#": ("a")`, `}`),
		fill("broken: plain text with keys", ``, `key#: {{ .Summary }}, `, ``),
		fill("broken: comments of HTML that do not end", `{"z": 1`, "<!--", `}`),
		fill("broken: comments of HTML that actions interrupt", `{"z": 1`, "<!-- {{ .URL }}", `-->}`),
		fill("broken: brackets that close nothing", `{"z": 1`, "]", `}`),
		fill("broken: brackets opened only", ``, "[", ``),
		fill("broken: braces opened only", ``, `{"a":`, ``),
		fill("broken: json in quotes", `{"z": 1`, `, "k#": "{{ json .Summary }}"`, `}`),
		fill("broken: js in quotes", `{"z": 1`, `, "k#": "{{ js .Summary }}"`, `}`),
		fill("broken: a tab in each string", `{"z": 1`, ",\"k#\": \"a\tb\"", `}`),
		fill("broken: line breaks in nested strings", `{"z": {"y": 1`, ",\"k#\": \"a\nb\"", `}}`),
		fill("broken: escapes", `{"z": "`, `\x\q`, `"}`),
		fill("broken: a quote in each string", `{"z": 1`, `,"k#": "a"b"`, `}`),
		fill("broken: commas only", `{"z": [1`, `,`, `]}`),
		fill("broken: lists as values", `{"z": 1`, `,"k#": {{ .Details }}`, `}`),
		fill("broken: lists in strings", `{"z": 1`, `,"k#": "{{ .Details }}"`, `}`),
		fill("broken: numbers", `{"z": 1`, `,"k#": 0x1F, "l#": +1, "m#": .5`, `}`),
		fill("broken: fields in the wrong case", `{"z": 1`, `,"k#": "{{ .summary }}"`, `}`),
		fill("broken: fields that are not there, each another", `{"z": 1`, `,"k#": "{{ .Foo# }}"`, `}`),
		fill("broken: functions that are not there", `{"z": 1`, `,"k#": "{{ fn# .Summary }}"`, `}`),
		fill("broken: typographic quotes", `{"z": 1`, `,“k#”: “{{ .Summary }}”`, `}`),
		fill("broken: commas after conditions", `{`, `{{ if .Summary }}"k#": "{{ .Summary }}"{{ end }},`, `"z": 1}`),
		fill("broken: commas at the end", `{"a": [1`, `,{"b": 1,},[2,],"{{ .Summary }}"`, `]}`),
		fill("broken: much at once", `{"z": [1`, `,{"k#": "{{ .Summary }}", "l": {{ json .URL }}, "m": [{{ range .Details }}"{{ .Name }}: {{ .Value }}",{{ end }}], {{ if .URL }}"u": "{{ .URL }}",{{ end }} "s": "{{ if eq .Status "OK" }}ok{{ else }}{{ .Severity }}{{ end }}"}`, `]}`),
		fill("broken: fields that are not there", `{"z": 1`, `,"k#": {{ json .Sumary }}`, `}`),
		fill("broken: brackets of templates", `{"z": 1`, `,"k#": {{{ .Summary }}}`, `}`),
		fill("broken: actions of Jinja", `{"z": 1`, `,"k#": {% if x %}1{% endif %}`, `}`),
		fill("broken: quotes in actions", `{"z": 1`, `,"k#": {{ if eq .Status \"OK\" }}1{{ end }}`, `}`),
		fill("broken: else after else", `{"z": {{ if .URL }}1`, `{{ else }}2`, `{{ end }}}`),
		fill("broken: elif", `{"z": {{ if .URL }}1`, `{{ elif .Summary }}2`, `{{ end }}}`),
		fill("broken: ends that are missing", `{"z": 1`, `{{ if .URL }}`, `}`),
		fill("broken: braces that open nothing", ``, `{{`, ``),
		fill("broken: braces that close nothing", ``, `}}`, ``),
		fill("broken: code fences", "```json\n{}", "\n```\n```json\n{}", "\n```"),
		fill("broken: texts around", `{"a": 1}`, ` word`, ``),
		fill("broken: documents one after another", ``, `{"a": "{{ .Summary }}"}`, ``),
		fill("broken: plain text with a field", ``, `Alert {{ .Summary }} *bold* `, ``),
	}
}

func texts() []Template {
	return []Template{
		{"texts: a long constant in an action", `{"a": {{ json "` + strings.Repeat("abc ", Size/4) + `" }}}`},
		{"texts: a long constant printed", `{"a": "{{ print "` + strings.Repeat("abc ", Size/4) + `" .Summary }}"}`},
		{"texts: a long constant sliced", `{{ $x := "` + strings.Repeat("abc ", Size/8) + `" }}{"a": "` + Each(4_000, `{{ slice $x # }}`) + `"}`},
		{"texts: a long constant put together", `{{ $x := "` + strings.Repeat("abc ", Size/16) + `" }}{"a": "` + Each(4_000, `{{ print $x $x $x }}`) + `"}`},
		{"texts: a long raw constant", "{\"a\": {{ json `" + strings.Repeat("\"\n", Size/2) + "` }}}"},
		{"texts: a long constant compared", `{{ $x := "` + strings.Repeat("abc ", Size/8) + `" }}{"a": "` + Each(3_500, `{{ if eq $x .Summary }}#{{ end }}`) + `"}`},
		fill("texts: a long format", `{"a": {{ json (printf "`, `%s %5d %-10v `, `" .Summary) }}}`),
		fill("texts: a long print", `{"a": {{ json (print `, `.Summary "," `, `) }}}`),
		fill("texts: a long pipeline", `{"a": {{ .Summary `, `| print "#" `, `| json }}}`),
		fill("texts: formats that are wide", `{"a": "`, `{{ printf "%100000d" 1 }}`, `"}`),
		fill("texts: a word", `{"text": "`, `abcdefgh`, `"}`),
		fill("texts: words of other tools", `{"text": "`, `{% if # %} ${NAME#} `, `"}`),
		fill("texts: escapes", `{"a": "`, `\u00e9\n\"`, `"}`),
		fill("texts: keys that are long", `{"`, `abcdefgh`, `": 1}`),
		fill("texts: a path that is long", `{"a": {{ .Summary`, `.Name`, `}}}`),
		fill("texts: markup", `{"text": "`, `*bold _it <a href='x'>`, `"}`),
		fill("texts: lists", `{"content": "`, `\n- a\n  - b`, `", "embeds": []}`),
		fill("texts: markup of a field", `{"text": {{ json (print `, `"*" .Summary "* _" .URL "_ " `, `) }}}`),
		{"texts: a number that is long", `{"a": ` + strings.Repeat("1", Size) + `}`},
		{"texts: a number that is long, in an action", `{"a": {{ ` + strings.Repeat("1", Size) + ` }}}`},
		{"texts: spaces", `{"a":` + strings.Repeat(" ", Size) + `1}`},
		{"texts: zero bytes", `{"a":"` + strings.Repeat("\x00", Size) + `"}`},
		{"texts: bytes that are not text", `{"a":"` + strings.Repeat("\xff", Size) + `"}`},
	}
}

func odd() []Template {
	return []Template{
		{"odd: a long count", `{{ $n := 10000000000 }}{"a":[{{ range $i := $n }}{{ if $i }},{{ end }}{{ $i }}{{ end }}]}`},
		{"odd: counts in counts", `{"a":[` + strings.Repeat("{{ range 10 }}", 60) + "1," + strings.Repeat("{{ end }}", 60) + "1]}"},
		{"odd: a count that doubles", `{{ $x := "a" }}{"a": "{{ range 1000 }}{{ $x = print $x $x }}{{ end }}"}`},
		fill("odd: counts", `{"a": [`, `{{ range 3 }}{{ . }},{{ end }}`, `1]}`),
		fill("odd: long counts", `{"a": [`, `{{ range 3000 }}{{ . }},{{ end }}`, `1]}`),
		{"odd: the whole event again and again", `{"a": [` + Each(9_000, "{{ json . }},") + `1]}`},
		{"odd: the whole event in each turn", `{"a": [{{ range .Details }}{{ range $.Details }}{{ range $.Details }}{{ json $ }},{{ end }}{{ end }}{{ end }}1]}`},
		fill("odd: index and slice", `{"a": "`, `{{ with .Details }}{{ (index . 0).Name }}{{ end }}{{ slice .Summary 0 0 }}`, `"}`),
		fill("odd: methods", `{"a": "`, `{{ .Application.Name }}{{ .Application.NamespaceIsEmpty }}`, `"}`),
		fill("odd: nothing", ``, `{{ "" }}`, ``),
		fill("odd: spaces that are trimmed", `{"a": 1`, "   {{- \"\" -}}   ", `}`),
		fill("odd: with and else", `{"a": "`, `{{ with .Summary }}{{ . }}{{ else with .URL }}{{ . }}{{ else }}-{{ end }}`, `"}`),
	}
}
