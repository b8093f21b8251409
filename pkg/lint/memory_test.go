package lint_test

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// TestMemory checks that a remembered result equals that of checking the template
// again, but has its own path.
func TestMemory(t *testing.T) {
	t.Parallel()
	all := append(
		templates(t)[:6:6],
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "telegram/a.tmpl", Kind: event.KindAlert, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "a.tmpl", Kind: event.KindIncident, Text: `{"text": "{{ .Summary }}"}`},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, CustomFields: map[string]string{"team": "x"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, CustomFields: map[string]string{"teams": "x"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Team }}}`, Destination: "discord"},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Summary }}}`, Secrets: []string{"text"}},
		workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: `{"text": {{ json .Summary }}}`},
	)
	o := lint.Options{Brief: true, Memory: lint.NewMemory()}
	for _, again := range []string{"", "other/"} {
		for _, tt := range all {
			tt.Path = strings.Replace(tt.Path, "a.tmpl", again+"a.tmpl", 1)
			got, want := lint.Check(t.Context(), tt, o), lint.Check(t.Context(), tt, lint.Options{Brief: true})
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v\nwant %+v", tt.Path, got, want)
			}
			for i := range got.Findings {
				got.Findings[i].Message = "changed by whoever has it"
			}
		}
	}
}

// TestMemoryTellsApart checks with one Memory pairs that differ in one thing which
// matters.
func TestMemoryTellsApart(t *testing.T) {
	t.Parallel()
	const discord = `{"content": "{{ .Summary }}", "text": 1}`
	plain := workspace.Template{Path: "a.tmpl", Kind: event.KindAlert, Text: discord}
	with := func(change func(*workspace.Template)) workspace.Template {
		changed := plain
		change(&changed)
		return changed
	}
	// of returns the template of a webhook, with a custom field that the user gave.
	of := func(settings, text string) workspace.Template {
		text = "webhooks:\n  p: {url: https://example.com/x, " + settings + "alertTemplate:\n    '" + text + "'\n    }\n"
		all := opened(".hooktool.yaml", text).Templates
		template := all[len(all)-1]
		template.CustomFields = map[string]string{"summary": "given"}
		return template
	}
	expanded := func(before, text string) workspace.Template {
		text = "projects: [{name: p, notificationIntegrations: {" + before + "webhook: {url: https://discord.com/api/webhooks/1/x, alertTemplate:\n'" + text + "'\n}}}]"
		return opened("coroot.yaml", text).Templates[0]
	}
	unused := func(t *workspace.Template) { t.Text = "{{ $x := 1 }}" + discord }
	const ignored = "{{/* hooktool:ignore json-unescaped until 2026-06-30 */}}" + discord
	at := func(day int) lint.Options {
		return lint.Options{Now: time.Date(2026, 6, day, 0, 0, 0, 1, time.UTC)}
	}
	const based = `{"embeds": [{"title": "x", "url": {{ json .URL }}}]}`
	unset := with(func(t *workspace.Template) {
		t.Destination, t.Text, t.CustomFields = "discord", `{"embeds": [{"title": "x", "url": {{ json .Avatar }}}]}`, map[string]string{"avatar": "${AVATAR}"}
	})
	for _, tt := range []struct {
		name string
		a, b workspace.Template
		o, p lint.Options
	}{
		{name: "text", a: plain, b: with(func(t *workspace.Template) { t.Text += " " + discord })},
		{name: "kind", a: plain, b: with(func(t *workspace.Template) { t.Kind = event.KindIncident })},
		{name: "destination", a: plain, b: with(func(t *workspace.Template) { t.Destination = "slack" })},
		{name: "configured", a: plain, b: with(func(t *workspace.Template) { t.Configured = "slack" })},
		{name: "URL", a: plain, b: with(func(t *workspace.Template) { t.URL = "https://hooks.slack.com/services/T0/B0/x" })},
		{name: "path", a: plain, b: with(func(t *workspace.Template) { t.Path = "slack/a.tmpl" })},
		{name: "secrets", a: plain, b: with(func(t *workspace.Template) { t.Secrets = []string{"content"} })},
		{name: "custom fields", a: plain, b: with(func(t *workspace.Template) { t.CustomFields = map[string]string{"summary": "x"} })},
		{
			name: "values of custom fields", a: unset,
			b: with(func(t *workspace.Template) {
				t.Destination, t.Text, t.CustomFields = "discord", unset.Text, map[string]string{"avatar": "https://example.com/x.png"}
			}),
		},
		{
			name: "values that are not set", a: unset,
			b: with(func(t *workspace.Template) {
				t.Destination, t.Text, t.CustomFields, t.Unset = "discord", unset.Text, unset.CustomFields, errors.New("AVATAR is not set")
			}),
		},
		{name: "base URL", a: expanded("", based), b: expanded("baseURL: https://c, ", based)},
		{
			name: "webhook", o: lint.Options{CorootVersion: event.Version{1, 18, 0}}, p: lint.Options{CorootVersion: event.Version{1, 18, 0}},
			a: with(func(t *workspace.Template) { t.CustomFields = map[string]string{"team": "x"} }),
			b: with(func(t *workspace.Template) { t.CustomFields, t.Webhook = map[string]string{"team": "x"}, "p" }),
		},
		{name: "other kinds of the webhook", a: of("", "x"), b: of("deploymentTemplate: x, ", "x")},
		{name: "fields of the webhook", a: of("customFields: {team: x}, ", "x"), b: of("customFields: {summary: x}, ", "x")},
		{name: "what was meant", a: expanded("", "{{ $HOME }}"), b: expanded("", "{{ /root }}")},
		{name: "severities", a: plain, b: plain, o: lint.Options{Severities: map[string]lint.Severity{"json-unescaped": lint.Warning}}, p: lint.Options{Severities: map[string]lint.Severity{"json-unescaped": lint.Info}}},
		{name: "severities of paths", a: plain, b: plain, p: lint.Options{Paths: []lint.PathSeverities{{
			Match: func(string) bool { return true }, Severities: map[string]lint.Severity{"json-unescaped": lint.Info},
		}}}},
		{name: "the least severity", a: with(unused), b: with(unused), p: lint.Options{MinSeverity: lint.Error}},
		{name: "version", a: plain, b: plain, p: lint.Options{CorootVersion: event.Version{1, 10, 0}}},
		{name: "secrets shown", a: with(func(t *workspace.Template) { t.Secrets = []string{"content"} }), b: with(func(t *workspace.Template) { t.Secrets = []string{"content"} }), p: lint.Options{ShowSecrets: true}},
		{name: "day", a: with(func(t *workspace.Template) { t.Text = ignored }), b: with(func(t *workspace.Template) { t.Text = ignored }), o: at(30), p: at(31)},
	} {
		memory := lint.NewMemory()
		want := []lint.Result{lint.Check(t.Context(), tt.a, tt.o), lint.Check(t.Context(), tt.b, tt.p)}
		tt.o.Memory, tt.p.Memory = memory, memory
		got := []lint.Result{lint.Check(t.Context(), tt.a, tt.o), lint.Check(t.Context(), tt.b, tt.p)}
		if words(want[0]) == words(want[1]) {
			t.Errorf("%s does not matter:\n%s", tt.name, told(want))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%swithout a memory:\n%s", tt.name, told(got), told(want))
		}
	}
}

// words returns what a result says, without the places.
func words(r lint.Result) string {
	said := fmt.Sprint(r.Kind, r.Destination, r.JSON.Sentence())
	for _, f := range r.Findings {
		said += fmt.Sprintln(f.Severity, f.Rule, f.Message, f.Hint, f.Lines)
	}
	return said
}

// TestMemoryOfLargeFile edits one template of a large file: a Memory does not keep what
// the file was before.
func TestMemoryOfLargeFile(t *testing.T) {
	const size, edits = 1 << 20, 64
	padding := "# " + strings.Repeat("x", size) + "\n"
	memory := lint.NewMemory()
	before := heap()
	for i := range edits {
		text := padding + fmt.Sprintf("webhooks:\n  one: {url: https://example.com/x, alertTemplate: '{\"text\": \"{{ .Summary }} %d\"}'}\n", i)
		for _, template := range opened(".hooktool.yaml", text).Templates {
			lint.Check(t.Context(), template, lint.Options{Brief: true, Memory: memory})
		}
	}
	if grown := heap() - before; grown > edits*size/4 {
		t.Errorf("after %d edits of a file of %d bytes, %d bytes are kept", edits, size, grown)
	}
	runtime.KeepAlive(memory)
}

func heap() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc) //nolint:gosec // fits
}
