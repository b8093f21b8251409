package lint_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestBranches checks what conditions reveal about branches: either a message or
// nothing.
func TestBranches(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{`{{ if eq .Status "OK" }}a{{ else if eq .Status "OK" }}b{{ else }}c{{ end }}`, `.Status is not "OK" here, because of the condition at 1:7`},
		{`{{ if ne .Status "OK" }}{{ if eq "OK" .Status }}a{{ end }}{{ end }}`, `.Status is not "OK" here`},
		{`{{ if eq .Status "OK" "WARNING" }}{{ if eq .Status "CRITICAL" }}a{{ end }}{{ end }}`, `.Status is not "CRITICAL" here`},
		{`{{ if eq .Status "OK" }}{{ if eq .Status "OK" }}a{{ end }}{{ end }}`, `always true: .Status is "OK" here`},
		{`{{ if eq .Status "OK" }}a{{ else if eq .Status "WARNING" }}b{{ else if eq .Status "CRITICAL" }}c{{ else }}d{{ end }}`, ``},
		{`{{ $s := .Status }}{{ if eq $s "OK" }}a{{ else if eq $.Status "OK" }}b{{ else }}c{{ end }}`, `.Status is not "OK" here`},
		{`{{ $s := .Status }}{{ $s = "x" }}{{ if eq $s "OK" }}a{{ else if eq $.Status "OK" }}b{{ else }}c{{ end }}`, ``},
		{`{{ if .Reports }}{{ range .Reports }}a{{ else }}b{{ end }}{{ end }}`, `{{ else }} branch is never executed: it is not empty here`},
		{`{{ if gt (len .Reports) 0 }}{{ else }}{{ range .Reports }}a{{ end }}{{ end }}x`, `this loop never runs: it is empty here`},
		{`{{ range .Reports }}{{ if .Name }}{{ else if $.Reports }}a{{ end }}{{ end }}x`, `always true: it is not empty here`},
		{`{{ with .Application }}{{ .Name }}{{ else }}none{{ end }}`, `.Application is never empty`},
		{`{{ with .RCASummary }}{{ if . }}a{{ end }}{{ end }}x`, `always true: it is not empty here`},
		{`{{ with .RCASummary }}{{ if $.RCARemediations }}a{{ end }}{{ end }}x`, ``},
		{`{{ if and .Reports .RCASummary }}{{ if .RCASummary }}a{{ end }}{{ end }}x`, `always true`},
		{`{{ if or .Reports .RCASummary }}{{ if .RCASummary }}a{{ end }}{{ end }}x`, ``},
		{`{{ if or .Reports .RCASummary }}{{ else }}{{ if .RCASummary }}a{{ end }}{{ end }}x`, `never executed: it is empty here`},
		{`{{ if not .Reports }}{{ if .Reports }}a{{ end }}{{ end }}x`, `never executed: it is empty here`},
		{`{{ if ge (len .Reports) 0 }}a{{ end }}x`, `a length is never below 0`},
		{`{{ if "" }}a{{ end }}x`, `never executed: it is a constant`},
		{`{{ if eq .Application.Name "a" }}x{{ else if eq .Application.Name "a" }}y{{ end }}z`, `.Application.Name is not "a" here`},
		{`{{ if gt (len .URL) 10 }}x{{ else if gt (len .URL) 10 }}y{{ end }}z`, `it is false here`},
		{`{{ range .Reports }}{{ break }}{{ .Name }}{{ end }}x`, `because it follows {{break}}`},
		{`{{ range .Reports }}{{ if .Name }}{{ continue }}{{ end }}{{ .Check }}{{ end }}x`, ``},
		{`{{ range .Reports }}{{ if .Name }}a{{ end }}{{ end }}{{ range .Reports }}{{ if .Name }}a{{ end }}{{ end }}x`, ``},
		{`{{ define "d" }}{{ if .Status }}a{{ end }}{{ end }}{{ template "d" . }}x`, ``},
		{`{{ if eq .Status "ok" }}a{{ end }}x`, ``}, // impossible-comparison reports it
	} {
		r := check(t, event.KindIncident, tt.text, lint.Options{})
		message := ""
		for _, f := range r.Findings {
			if f.Rule == "dead-branch" {
				message += f.Message
			}
		}
		if (message == "") != (tt.want == "") || !strings.Contains(message, tt.want) {
			t.Errorf("%s: %q, want %q", tt.text, message, tt.want)
		}
	}
}

// TestLongChain follows thousands of else ifs, each of which knows everything that the
// previous ones exclude, without storing a list for each.
func TestLongChain(t *testing.T) { //nolint:paralleltest // it measures what is allocated
	allocated := func(n int) uint64 {
		var b strings.Builder
		fmt.Fprintf(&b, `{{ if eq .RuleName "r0" }}a`)
		for i := range n {
			fmt.Fprintf(&b, `{{ else if eq .RuleName "r%d" }}b`, i)
		}
		b.WriteString(`{{ end }}x`)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := check(t, event.KindAlert, b.String(), onlyRules("dead-branch", "unhandled-status"))
		runtime.ReadMemStats(&after)
		if len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Message, `.RuleName is not "r0" here`) {
			t.Errorf("%d findings, want only that r0 cannot come twice", len(r.Findings))
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := allocated(600), allocated(4800); many > 12*few {
		t.Errorf("600 else ifs take %d bytes, 8 times as many take %d", few, many)
	}
}

// TestChainWithinChain checks that a chain about the status after an if about something
// else is found exactly once.
func TestChainWithinChain(t *testing.T) {
	t.Parallel()
	text := `{{ if .Reports }}a{{ else if eq .Status "OK" }}b{{ else if eq .Status "WARNING" }}c{{ else if eq .Status "INFO" }}d{{ end }}x`
	r := check(t, event.KindIncident, text, onlyRules("unhandled-status"))
	if len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Message, "CRITICAL") {
		t.Errorf("%+v, want one about CRITICAL", r.Findings)
	}
}

// TestReadAsMarkup checks that actions whose output a destination partly reads as
// markup, without refusing the message, are reported once each.
func TestReadAsMarkup(t *testing.T) {
	t.Parallel()
	const text = `{{ define "s" }}{{ with json (print .) }}{{ slice . 1 (len (slice . 1)) }}{{ end }}{{ end -}}
{"chat_id": 1, "parse_mode": "%s", "disable_notification": true, "content": "*{{ template "s" .RuleName }}*", "text": "{{ template "s" .RuleName }} and
{{ template "s" .RuleName }}, {{ template "s" .Application.Name }}"}`
	for _, tt := range []struct {
		destination, mode string
		want              []string
	}{
		{"telegram", "Markdown", []string{"2:142", "3:17", "3:47"}},
		{"telegram", "HTML", nil},
		{"discord", "", nil}, // underscores within words are kept
	} {
		r := lint.Check(t.Context(), workspace.Template{Kind: event.KindAlert, Destination: tt.destination, Text: fmt.Sprintf(text, tt.mode)}, onlyRules("markup-injection"))
		var got []string
		for _, f := range r.Findings {
			if strings.Contains(f.Message, "my_app_name") && f.Severity == lint.Warning || strings.Contains(f.Message, "entity") {
				got = append(got, f.Pos.String())
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: %v, want %v", tt.destination, tt.mode, got, tt.want)
		}
	}
}

// onlyRules disables all rules except the given ones.
func onlyRules(ids ...string) lint.Options {
	o := lint.Options{Severities: map[string]lint.Severity{}}
	for _, id := range lint.IDs() {
		if !slices.Contains(ids, id) {
			o.Severities[id] = lint.Off
		}
	}
	return o
}

// TestPayloadLogic checks the findings that come from rendering.
func TestPayloadLogic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind event.Kind
		text string
		want string
	}{
		{event.KindIncident, `{{ slice .Status 0 3 }}`, "1:4 index-out-of-range"},
		{event.KindIncident, `{{ .Status }}{{ range $i, $r := .Reports }}{{ (index $.Reports $i).Name }}{{ end }}`, ""},
		{event.KindIncident, `{{ .Status }}{{ range .Reports }}{{ (index $.Reports 1).Name }}{{ end }}`, "1:38 index-out-of-range"},
		{event.KindDeployment, `{{ if eq .Status "Deployed" }}x{{ end }}`, "1:7 unhandled-status"},
		{event.KindDeployment, `{{ range .Summary }}{{ . }}{{ end }}`, "1:1 empty-output"},
		{event.KindIncident, `{"text": "{{ range .Reports }}{{ .Check }}{{ end }}"}`, "1:2 empty-output"},
		{event.KindAlert, `{{ .Application.Kind }} {{ .Application.Name }} and {{ .Application.Name }}x`, "1:28 empty-output, 1:56 empty-output"},
		{event.KindAlert, ``, "1:1 empty-output"},
		{event.KindAlert, `{{ range 100000000000 }}{{ end }}`, "1:25 endless-recursion"},
	} {
		var got []string
		options := lint.Options{Severities: map[string]lint.Severity{"json-unescaped": lint.Off}}
		for _, f := range check(t, tt.kind, tt.text, options).Findings {
			got = append(got, fmt.Sprint(f.Pos, " ", f.Rule))
		}
		if slices.Sort(got); strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.text, got, tt.want)
		}
	}
}

// TestByteOrderMark checks that a byte order mark before JSON is reported and one
// before plain text is not.
func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"\ufeff{\"text\": {{ json .Summary }}}", true},
		{"\ufeff{\"text\": \"{{ .Summary }}\"}", true},
		{"\ufeff{{ if .Summary }}{\"text\": {{ json .Summary }}}{{ else }}{}{{ end }}", true},
		{"\ufeff{{ .Status }}: {{ .Summary }}", false},
		{"{\"text\": {{ json .Summary }}}", false},
	} {
		r := check(t, event.KindAlert, tt.text, lint.Options{})
		found := slices.ContainsFunc(r.Findings, func(f lint.Finding) bool {
			return f.Rule == "not-json" && f.Fixable && f.Pos.Line == 1 && f.Pos.Column == 1
		})
		if found != tt.want {
			t.Errorf("%q: found %t, want %t: %v", tt.text, found, tt.want, r.Findings)
		}
	}
}
