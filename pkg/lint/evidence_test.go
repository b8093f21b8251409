package lint_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestEvidence checks evidence against templates written by people: the event prints the
// body that is shown, the body breaks where the evidence says, and the finding's part of
// the template printed that place. The event must be one that Coroot can send. It tries
// every third template, or all with HOOKTOOL_TEST_LONG=1.
func TestEvidence(t *testing.T) {
	t.Parallel()
	shown := 0
	all := written(t)
	some := vast.Every(t, 3, all)
	for _, tmpl := range some {
		r := lint.Check(t.Context(), tmpl, lint.Options{ShowSecrets: true})
		for _, f := range r.Findings {
			if f.Evidence == nil || f.Evidence.Event.Kind() == "" || f.Evidence.Sample == "" && f.Evidence.About != "" {
				continue
			}
			shown++
			checkEvidence(t, tmpl, f)
		}
		seen := map[string]string{}
		for _, f := range r.Findings {
			start, end := f.Span()
			key := tmpl.Text[min(start, end):end]
			if other, ok := seen[f.Pos.String()+key]; ok && end > start && strings.HasPrefix(other, "json-") && strings.HasPrefix(f.Rule, "json-") && f.Rule != "json-duplicate-key" && other != "json-duplicate-key" {
				t.Errorf("%q: %s: %s and %s are of one place", tmpl.Text, f.Pos, other, f.Rule)
			}
			seen[f.Pos.String()+key] = f.Rule
		}
	}
	if least := 200 * len(some) / len(all); shown < least {
		t.Errorf("only %d findings have an event, want %d", shown, least)
	}
}

// written returns the templates written by people.
func written(t *testing.T) []workspace.Template {
	t.Helper()
	var all []workspace.Template
	files, err := filepath.Glob("../rewrite/testdata/people/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no templates", err)
	}
	visible := strings.NewReplacer("␍\n", "\r\n", "⟨BOM⟩", "\ufeff", "⟨NBSP⟩", "\u00a0", "⟨ZWSP⟩", "\u200b", "⇥", "\t")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			kind, _, _ := strings.Cut(f.Name, " ")
			all = append(all, workspace.Template{
				Path: "t.tmpl", Kind: event.Kind(kind), Destination: strings.TrimSuffix(filepath.Base(file), ".txtar"), Text: visible.Replace(string(f.Data)),
			})
		}
	}
	for _, name := range []string{"templates.jsonl", "repairs.jsonl"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "cases", name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var c struct{ Text, Template, Type, File string }
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			if kind, err := event.ParseKind(c.Type); err == nil {
				all = append(all, workspace.Template{Path: "t.tmpl", Kind: kind, Text: c.Template})
			} else if strings.Contains(c.File, "alert") {
				all = append(all, workspace.Template{Path: "t.tmpl", Kind: event.KindAlert, Text: c.Text})
			}
		}
	}
	slips, err := os.ReadFile("../webhook/testdata/slips/templates.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(slips)) {
		all = append(all, workspace.Template{Path: "t.tmpl", Kind: event.KindAlert, Text: `{"a": "` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "⏎", "\n") + `"}`})
	}
	for _, text := range []string{
		`{"a": firing, "b": broken, "t": "{{ .Summary }}"}`, `{"a": {{ .Summary }}, "b": {{ .RuleName }}, "c": "{{ .URL }}"}`, `{"a": "{{ slice .Summary 1 }}"}`,
		`{"a": {{ if eq .Severity "critical" }}1{{ end }}, "b": {{ if eq .Severity "warning" }}2{{ end }}}`, `{"text": "{{ .Details }}", "b": {{ .Details }}}`,
		`{"a": "{{ range .Details }}{{ .Name }}: {{ .Value }}{{ end }}", "b": [{{ range .Details }}{{ json .Name }},{{ end }}]}`,
	} {
		all = append(all, workspace.Template{Path: "t.tmpl", Kind: event.KindAlert, Text: text})
	}
	return all
}

func checkEvidence(t *testing.T, tmpl workspace.Template, f lint.Finding) {
	t.Helper()
	wrong := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s\n%s %s: %s: "+format, append([]any{tmpl.Text, f.Pos, f.Rule, f.Message}, args...)...)
	}
	e := f.Evidence
	for _, field := range event.Fields(tmpl.Kind) {
		if field.Form != event.FormEnum || !field.IsText() {
			continue
		}
		if text, _ := e.Event.Root().Part(field.Name).Text(); !slices.Contains(field.Values, text) && text != "" {
			wrong("Coroot never sends %s %q", field.Name, text)
		}
	}
	parsed, err := webhook.Parse(tmpl.Kind, "t", tmpl.Text, webhook.WithOrigins())
	if err != nil {
		return
	}
	message, origins, err := parsed.Trace(t.Context(), e.Event)
	if f.Rule == "index-out-of-range" {
		if failed := (*webhook.TemplateError)(nil); !errors.As(err, &failed) {
			wrong("the event does not fail: %v", err)
		}
		return
	}
	if err != nil || !bytes.Contains(message.Body, e.Body) {
		wrong("the event prints %q, %v, not %q", message.Body, err, e.Body)
		return
	}
	if !strings.HasPrefix(f.Rule, "json-") || len(message.Body) != len(e.Body) || e.Offset < 0 {
		return
	}
	if json.Valid(message.Body) && f.Rule != "json-control-character" && f.Rule != "json-duplicate-key" && f.Rule != "json-wrong-escaper" && f.Rule != "json-in-quotes" {
		wrong("%s is valid", message.Body)
	}
	start, end := f.Span()
	mine := func(at int) bool {
		o := origins.At(at)
		return o.Start < max(end, start+1) && start < max(o.End, o.Start+1)
	}
	last := len(bytes.TrimRight(e.Body[:e.Offset], " \t\r\n"))
	if !mine(e.Offset) && (last == 0 || !mine(last-1)) && e.Offset < len(e.Body)-1 {
		wrong("%s breaks at %d, which something else prints: %s", e.Body, e.Offset, e.Error)
	}
}

// TestFailureIsClose checks that the event for which a template fails differs from the
// built-in one only where it must.
func TestFailureIsClose(t *testing.T) {
	t.Parallel()
	text := `{"a": "{{ if not .RuleName }}{{ slice .Summary 0 1 }}{{ end }}"}`
	r := lint.Check(t.Context(), workspace.Template{Path: "t.tmpl", Kind: event.KindAlert, Text: text}, lint.Options{})
	i := slices.IndexFunc(r.Findings, func(f lint.Finding) bool { return f.Rule == "index-out-of-range" })
	if i < 0 || r.Findings[i].Evidence == nil {
		t.Fatalf("no failure is shown: %v", r.Findings)
	}
	want := event.DefaultSample(event.KindAlert).Event
	want.Alert.RuleName, want.Alert.Summary = "", ""
	if got := r.Findings[i].Evidence.Event; !reflect.DeepEqual(got.Alert, want.Alert) {
		t.Errorf("got %+v, want %+v", got.Alert, want.Alert)
	}
}

// TestSmallIsLikely checks that no event is made small that Coroot would not send, such
// as one of a resolved incident with reports, if Coroot sends the larger one.
func TestSmallIsLikely(t *testing.T) {
	t.Parallel()
	text := `{"text": "{{ if eq .Status "OK" }}{{ .Application.Namespace }}{{ end }}"}`
	found := check(t, event.KindIncident, text, lint.Options{}).Findings
	i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "json-unescaped" })
	if i < 0 || found[i].Evidence == nil {
		t.Fatalf("no event is shown: %v", found)
	}
	if why := found[i].Evidence.Event.Unsent(event.Version{}); why != "" {
		t.Errorf("Coroot does not send %+v: %s", found[i].Evidence.Event.Incident, why)
	}
}

// TestUnlikelyFailure checks that a failure is an error only if Coroot sends an event
// that causes it: no link is empty.
func TestUnlikelyFailure(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]lint.Severity{`{{ slice .URL 0 5 }}`: lint.Warning, `{{ slice .RCASummary 0 5 }}`: lint.Error, `{{ (index .Reports 0).Name }}`: lint.Error} {
		found := check(t, event.KindIncident, text, lint.Options{}).Findings
		i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "index-out-of-range" })
		if i < 0 || found[i].Severity != want {
			t.Errorf("%s: want %v: %v", text, want, found)
		}
	}
}

// TestOwnFault: evidence calls the body already broken only by another place.
func TestOwnFault(t *testing.T) {
	t.Parallel()
	text := `{"embeds":[{"title":"{{ .Application }}","description":"{{ range .Summary }}{{ . }}` + "\n" + `{{ end }}","color": #ff0000}]}`
	found := check(t, event.KindDeployment, text, lint.Options{}).Findings
	i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "json-control-character" })
	if i < 0 || found[i].Evidence == nil {
		t.Fatalf("the line break has no evidence: %v", found)
	}
	if got, want := found[i].Evidence.Error, `invalid character '\n' in string literal`; got != want {
		t.Errorf("evidence says %q, want %q", got, want)
	}
}
