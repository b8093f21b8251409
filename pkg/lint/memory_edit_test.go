package lint_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// edited are files in which templates are written in all ways, and what is written in
// them, line by line.
var edited = map[string]string{
	".hooktool.yaml": `webhooks:
  one:
    url: https://discord.com/api/webhooks/1/abcdefghijklmnopqrstuvwxyz
    customFields: {team: blue, env: "${ENV:-x}"}
    incidents: true
    incidentTemplate: |
      {"content": "{{ .Status }}",
       "x": "{{ range .Reports }}{{ .Message }}{{ end }}"}
    alerts: true
    alertTemplate: >-
      {"content": "{{ .Summary }}
      {{ .team }} {{ if .URL }}{{ if .URL }}a{{ end }}{{ end }}"}
  two:
    url: https://example.com/hooks/t0ken-of-the-second
    alerts: true
    alertTemplate: "{\"text\": \"{{ .Summary }}\",\n \"t\": {{ json .Team }}, \"s\": \"xoxb-123456789012-abcdefABCDEF\"}"
  three: {url: "https://example.com/x", alertTemplate: '{"text": "{{ .Sumary }}"}', deploymentTemplate: '{{ .Version }'}
  four:
    url: https://example.com/y
    alerts: true
    alertTemplate: |
      {{/* hooktool:ignore json-unescaped until 2026-06-30 */}}
      {"text": "{{ .Summary }}"}
`,
	"coroot.yaml": `projects:
  - name: p
    notificationIntegrations:
      baseURL: https://coroot.example.com
      webhook: &hook
        url: https://chat.example.com/hooks/a-token-that-is-long
        customHeaders: [{key: Authorization, value: Bearer abcdefghijkl}]
        customFields:
          environment: test
        alerts: true
        alertTemplate: |
          {{ $total := 1 }}{"text": "{{ .RuleName }}: {{ $total }}", "e": "{{ .environment }}"}
        incidents: true
        incidentTemplate: '{"text": "{{ .Status }} $HOME it''s"}'
  - name: q
    notificationIntegrations:
      webhook: *hook
  - name: r
    notificationIntegrations:
      webhook:
        <<: *hook
        alertTemplate: |2
           {"text": {{ json .Summary }}, "d": [{{ range .Details }}"{{ .Name }}",{{ end }}]}
`,
}

// inserted are the lines, and the parts of lines, that edits put in.
var inserted = []string{
	"# a comment\n", "\n", "    customFields: {team: red}\n", "      {{/* hooktool: type=alert destination=slack */}}\n", "      {{ json .Team }}\n", "   url: https://hooks.slack.com/services/T0/B0/abc\n",
	"x", "é", "{{ .URL }}", `"`, "s", " ", "${ENV}", "$HOME", ",", "{{ if .Summary }}", "{{ end }}", "{{/* hooktool: type=deployment */}}", "{{/* hooktool:ignore ping */}}",
}

// edit changes a text at a random place.
func edit(r *rand.Rand, text string) string {
	lines := strings.SplitAfter(text, "\n")
	i := r.IntN(len(lines))
	some := inserted[r.IntN(len(inserted))]
	switch line := lines[i]; {
	case strings.HasSuffix(some, "\n"):
		lines[i] = some + line
	case r.IntN(12) == 0:
		lines[i] = ""
	case r.IntN(4) == 0 && len(line) > 1:
		at := r.IntN(len(line) - 1)
		lines[i] = line[:at] + line[at+1:]
	default:
		at := r.IntN(len(line) + 1)
		lines[i] = line[:at] + some + line[at:]
	}
	return strings.Join(lines, "")
}

// TestMemoryOfEdits edits files at random, and sometimes the options. With one Memory
// for all of that, the results are those without.
func TestMemoryOfEdits(t *testing.T) {
	t.Parallel()
	steps := 40
	if vast.Long(t) {
		steps = 400
	}
	for path, text := range edited {
		r := rand.New(rand.NewPCG(1, 2))
		memory := lint.NewMemory()
		now := text
		o := lint.Options{Brief: true, Now: time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)}
		for range steps {
			if before := now; r.IntN(6) > 0 {
				now = edit(r, now)
				if len(opened(path, now).Templates) == 0 { // it cannot be read any more
					now = before
				}
			} else {
				changeOptions(r, &o)
			}
			contents := opened(path, now)
			want := resultsOf(t.Context(), contents, o)
			o.Memory = memory
			got := resultsOf(t.Context(), contents, o)
			o.Memory = nil
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s:\n%s\nwith the options %+v:\n%s\nwithout a memory:\n%s", path, now, o, told(got), told(want))
			}
			if r.IntN(30) == 0 {
				now = text
			}
		}
	}
}

// changeOptions changes one of the options.
func changeOptions(r *rand.Rand, o *lint.Options) {
	switch r.IntN(6) {
	case 0:
		o.Severities = map[string]lint.Severity{"json-unescaped": lint.Warning, "unknown-field": lint.Off}
	case 1:
		o.Severities = nil
	case 2:
		o.Paths = []lint.PathSeverities{{
			Match:      func(path string) bool { return strings.HasPrefix(path, "c") },
			Severities: map[string]lint.Severity{"json-unescaped": lint.Info, "dead-branch": lint.Error},
		}}
	case 3:
		o.CorootVersion, _ = lint.ParseVersion("1.17.0")
	case 4:
		o.ShowSecrets = !o.ShowSecrets
	case 5:
		o.Now = o.Now.Add(12*time.Hour + 1)
	}
}

func opened(path, text string) workspace.Contents {
	files := workspace.NewOverlay(nil, map[string]string{path: text})
	w := workspace.New(workspace.Options{Files: files, Coroot: config.Environment{Given: map[string]string{"HOME": "/root"}}})
	sources, err := w.Find(path)
	if err != nil || len(sources) != 1 {
		return workspace.Contents{}
	}
	contents, _ := w.Open(sources[0])
	return contents
}

func resultsOf(ctx context.Context, c workspace.Contents, o lint.Options) []lint.Result {
	var all []lint.Result
	_ = lint.CheckContents(ctx, c, o, func(r lint.Result, _ *workspace.Template) { all = append(all, r) })
	return all
}

func told(results []lint.Result) string {
	var b strings.Builder
	for _, r := range results {
		fmt.Fprintf(&b, "%s %s %s %s %s %+v\n", r.Webhook, r.Name, r.Pos, r.Kind, r.Destination, r.JSON)
		for _, f := range r.Findings {
			fmt.Fprintf(&b, "\t%s-%s %s %s: %s (%s) %q\n", f.Pos, f.End, f.Severity, f.Rule, f.Message, f.Hint, f.Lines)
		}
	}
	return b.String()
}

// TestMemoryOfOneEdit counts the templates that are checked again after a change.
func TestMemoryOfOneEdit(t *testing.T) {
	t.Parallel()
	text := strings.ReplaceAll(edited[".hooktool.yaml"], "  four:", "  alias: &copy\n    url: https://example.com/z\n    alertTemplate: x\n  four:")
	memory := lint.NewMemory()
	for _, tt := range []struct {
		old, new string
		checked  int
	}{
		{"", "", 7},
		{"", "", 0},
		{"webhooks:\n", "# above\n\nwebhooks:\n", 0},
		{"  two:\n", "  # in between\n  two:\n", 0},
		{"       \"x\":", "\n       \"x\":", 1},
		{"{{ .Sumary }}", "{{ .Summary }}", 1},
		{"team: blue", "team: red", 2},
		{"https://example.com/y", "https://example.com/other", 1},
		{"", "", 0},
	} {
		text = strings.Replace(text, tt.old, tt.new, 1)
		count := 0
		for _, template := range opened(".hooktool.yaml", text).Templates {
			ctx := &asked{Context: t.Context()}
			lint.Check(ctx, template, lint.Options{Brief: true, Memory: memory})
			if ctx.times > 0 {
				count++
			}
		}
		if count != tt.checked {
			t.Errorf("after %q instead of %q, %d templates are checked, not %d", tt.new, tt.old, count, tt.checked)
		}
	}
}

// asked is a context that knows whether a check asked it for its end.
type asked struct {
	context.Context
	times int
}

func (a *asked) Err() error {
	a.times++
	return a.Context.Err()
}

// TestMemoryOfCancelled checks that what a cancelled check found is not remembered.
func TestMemoryOfCancelled(t *testing.T) {
	t.Parallel()
	template, memory := opened(".hooktool.yaml", edited[".hooktool.yaml"]).Templates[0], lint.NewMemory()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	want := lint.Check(t.Context(), template, lint.Options{})
	lint.Check(cancelled, template, lint.Options{Memory: memory})
	if got := lint.Check(t.Context(), template, lint.Options{Memory: memory}); !reflect.DeepEqual(got, want) || len(want.Findings) == 0 {
		t.Errorf("%s\nwant %s", told([]lint.Result{got}), told([]lint.Result{want}))
	}
}
