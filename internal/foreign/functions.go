package foreign

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
)

// family is a group of functions that other programs have (sprig and Helm,
// Alertmanager, Grafana, Hugo, Go's strings and fmt) and Coroot lacks, with what to
// write instead: .X and .A stand for text fields, .L for a list, and $e for the text in
// its element.
type family struct {
	names  string // separated by spaces
	advice string
}

func families() []family {
	return []family{
		{
			"toJson toJSON tojson to_json toPrettyJson toRawJson jsonify marshal JSON Json mustToJson mustToPrettyJson mustToRawJson",
			"Coroot's function is json: {{ json .X }}",
		},
		{
			"upper toUpper ToUpper lower toLower ToLower title untitle camelcase snakecase kebabcase capitalize capfirst uppercase lowercase upcase downcase ucfirst toTitle",
			"Coroot cannot change the case of text: print it as it is, or write out the values of .Status: {{ if eq .Status \"OK\" }}ok{{ end }}",
		},
		{
			"trim trimAll trimSpace trimPrefix trimSuffix trimLeft trimRight nospace wrap wrapWith",
			"Coroot cannot trim values; {{- and -}} trim the text around an action",
		},
		{
			"indent nindent",
			"leave it out: Coroot cannot indent text, and JSON needs no indentation",
		},
		{
			"trunc substr abbrev truncate abbrevboth initials",
			"printf keeps the first characters of a text: {{ printf \"%.80s\" .X }}",
		},
		{
			"join sortAlpha splitList split stringSlice toStrings concat append uniq sort reverse",
			"use range: {{ range $i, $e := .L }}{{ if $i }}, {{ end }}{{ $e }}{{ end }}",
		},
		{
			"replace replaceAll reReplaceAll regexReplaceAll regexReplaceAllLiteral regexFind regexFindAll regexSplit match regexMatch mustRegexMatch",
			"Coroot cannot replace or match text; escape whole values with json, html, js or urlquery",
		},
		{
			"contains hasPrefix hasSuffix in has HasPrefix HasSuffix Contains",
			"Coroot cannot search in text; eq compares with one or several whole values: {{ if eq .X \"a\" \"b\" }}",
		},
		{
			"dict list tuple set get hasKey keys values pick omit merge pluck coll makeMap args fromJson mustFromJson",
			"the only maps and lists are those of the event; use variables: {{ $x := … }}",
		},
		{
			"add add1 sub mul div mod max min inc dec round ceil floor until untilStep seq",
			"there is no arithmetic; compare with lt, le, gt and ge, and count with len or the index of range",
		},
		{
			"int int64 float64 atoi toInt toFloat parseInt parseFloat number",
			"leave it out: a number is printed as it is, and the values of an event are texts",
		},
		{
			"now date dateInZone htmlDate ago duration durationRound toDate humanize humanizeDuration humanizeTimestamp humanize1024 humanizePercentage since tz toTime unixEpoch dateModify date_modify toUnix timestamp strftime parseTime",
			"there are no functions for times and numbers; .Duration of an alert is already text",
		},
		{
			"quote squote escape jsEscape jsonEscape escapeJson toYaml toToml",
			"json escapes a value and puts it in quotes: {{ json .X }}",
		},
		{
			"include tpl partial render",
			"use {{ template \"name\" . }}, which is an action and cannot be part of a pipeline",
		},
		{
			"cat toString str string sprintf Sprintf format fmt",
			"use print or printf: {{ printf \"%s/%s\" .A .X }}",
		},
		{
			"safeHtml safeHTML safeUrl safeURL htmlEscape safe",
			"nothing is escaped unless you say so: html escapes for HTML",
		},
		{
			"urlquote urlEncode urlencode queryEscape urlParse pathEscape graphLink tableLink externalURL pathPrefix",
			"urlquery escapes for the query of a URL: {{ urlquery .X }}",
		},
		{
			"env expandenv getenv lookup query label value sortByLabel",
			"an event comes with all its data; add more with the webhook's custom fields",
		},
		{
			"first last rest initial islast isLast isFirst",
			"index takes an element by its number, and nothing tells the last one: print a comma before every element except the first: {{ range $i, $e := .L }}{{ if $i }},{{ end }}",
		},
		{
			"default coalesce Default",
			"use or, with the value first: {{ or .X \"none\" }}",
		},
		{
			"ternary",
			"use if: {{ if .X }}a{{ else }}b{{ end }}",
		},
		{
			"empty isEmpty isset isSet",
			"use not: {{ if not .X }}",
		},
		{
			"required fail",
			"a template cannot refuse an event; use if to print something else",
		},
		{
			"length count size Len",
			"the function is len: {{ len .L }}",
		},
		{
			"equal equals is Eq EQ",
			"the function is eq: {{ if eq .X \"a\" }}",
		},
		{
			"b64enc b64dec b32enc sha256sum sha1sum md5sum adler32sum uuidv4 randAlpha htpasswd genCA encryptAES hash hmac base64",
			"Coroot cannot encode or hash text; escape whole values with json, html, js or urlquery",
		},
		{
			"null none undefined",
			"test for an empty value with {{ if .X }}",
		},
	}
}

// functions maps the name of a function to the advice.
var functions = sync.OnceValue(func() map[string]string {
	advice := map[string]string{}
	for _, f := range families() {
		for _, name := range strings.Fields(f.names) {
			advice[name] = f.advice
		}
	}
	return advice
})

// SameFunction returns Coroot's function that does the same as one of another tool
// under another name; empty if there is none.
func SameFunction(name string) string {
	switch name {
	case "toJson", "toJSON", "tojson", "to_json", "toRawJson", "jsonify", "JSON", "Json", "mustToJson", "toPrettyJson", "mustToPrettyJson", "mustToRawJson", "quote":
		return "json"
	case "length", "count", "size", "Len":
		return "len"
	case "equal", "equals", "Eq", "EQ":
		return "eq"
	case "sprintf", "Sprintf":
		return "printf"
	case "toString", "str", "string":
		return "print"
	case "empty", "isEmpty":
		return "not"
	}
	return ""
}

// call is a call of another tool's function with one argument besides the value, which
// may be piped into it.
type call struct {
	form    *regexp.Regexp // its groups are the value and the other argument, in either order, and what follows
	swapped bool
	same    string // the equivalent, with %[1]s for the value and %[2]s for the argument
}

var sameCalls = sync.OnceValue(func() []call {
	const (
		value    = `([.$][\w.$]*)`
		argument = "(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|-?\\d+|[.$][\\w.$]*)"
		number   = `([1-9]\d*)`
		rest     = `(\s*\|.*)?$`
	)
	both := func(names, argument, same string) []call {
		return []call{
			{regexp.MustCompile(`^` + value + `\s*\|\s*(?:` + names + `)\s+` + argument + rest), false, same},
			{regexp.MustCompile(`^(?:` + names + `)\s+` + argument + `\s+` + value + rest), true, same},
		}
	}
	indent := call{regexp.MustCompile("^([^\"`']+?)\\s*\\|\\s*n?indent\\s+(\\d+)" + rest), false, "%[1]s"}
	stringify := call{regexp.MustCompile(`^JSON\.stringify\(\s*` + value + `()\s*(?:,[^()]*)?\)` + rest), false, "json %[1]s"}
	return slices.Concat([]call{indent, stringify}, both("default|Default", argument, "or %[1]s %[2]s"), both("trunc|truncate|substr 0", number, `printf "%%.%[2]ss" %[1]s`))
})

// SameCall replaces a pipeline that calls a function of another tool with its
// equivalent here, such as or .X "none" for .X | default "none", and without an
// indentation; empty for all others.
func SameCall(pipeline string) string {
	for _, c := range sameCalls() {
		m := c.form.FindStringSubmatch(pipeline)
		if m == nil {
			continue
		}
		if c.swapped {
			m[1], m[2] = m[2], m[1]
		}
		return fmt.Sprintf(c.same, m[1], m[2]) + m[3]
	}
	return ""
}

// Function says what to write instead of a function that Coroot does not have: one of
// another program, a word of another language, or a name that was meant as a field.
//
// dot is what a field of the event begins with at that place: nothing, or $ within a
// loop.
func Function(kind event.Kind, name, dot string) string { return FunctionOf(kind, name, dot, "") }

// FunctionOf is Function for a function whose only operand is known, as it is written:
// what to write instead shows it.
func FunctionOf(kind event.Kind, name, dot, operand string) string {
	if advice, ok := functions()[name]; ok {
		return placed(kind, advice, dot, operand)
	}
	if advice := keyword(name); advice != "" {
		return placed(kind, advice, dot, "")
	}
	if field := FieldFor(kind, name); field != "" {
		return "write a field with a dot: " + dot + field
	}
	var names []string
	for _, f := range event.Functions() {
		names = append(names, f.Name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) }) // prinf: a letter is missing
	if nearest := words.Nearest(name, names); nearest != "" && len(name) >= shortest {
		return words.DidYouMean(nearest)
	}
	return "the functions are json and the builtins of text/template; write a field with a dot, such as " + dot + SomeField(kind)
}

// placed inserts fields into advice: the operand, if it is known, as the text or list that
// it is.
func placed(kind event.Kind, advice, dot, operand string) string {
	text, list := dot+SomeField(kind), dot+SomeList(kind)
	switch {
	case operand == "":
	case IsList(kind, strings.TrimPrefix(operand, "$")):
		list = operand
	default:
		text = operand
	}
	element := "$e"
	if kind != event.KindDeployment {
		element = "$e.Name"
	}
	return strings.NewReplacer(
		" .X", " "+text, " .A", " "+dot+".Status", " .L", " "+list,
		"{{ $e }}", "{{ "+element+" }}", " .Status", " "+dot+".Status", `"WARNING"`, `"`+another(kind)+`"`, `"OK"`, `"`+usual(kind)+`"`,
	).Replace(advice)
}

// usual and another return values of .Status for a kind.
func usual(kind event.Kind) string {
	if kind == event.KindDeployment {
		return "Deployed"
	}
	return "OK"
}

func another(kind event.Kind) string {
	if kind == event.KindDeployment {
		return "Stuck"
	}
	return "CRITICAL"
}

// shortest is the length of the shortest word that is taken for a misspelling. Shorter
// words resemble too many others.
const shortest = 4
