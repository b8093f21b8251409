package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// readFile reads a file of testdata.
func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParseDocuments(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file   string
		format config.Format
		names  string
	}{
		{"hooktool.yaml", config.FormatHooktool, "chat"},
		{"coroot.yaml", config.FormatCoroot, "production staging"},
		{"resource.yaml", config.FormatResource, "production projects[1]"},
		{"helm.yaml", config.FormatHelm, "production"},
		{"umbrella.yaml", config.FormatHelm, "production"},
		{"helmrelease.yaml", config.FormatHelm, "production"},
		{"list.yaml", config.FormatResource, "production staging"},
	} {
		file, err := config.ParseDocuments(tt.file, readFile(t, tt.file), nil)
		if err != nil {
			t.Errorf("%s: %v", tt.file, err)
			continue
		}
		var names []string
		for _, w := range file.Webhooks {
			names = append(names, w.Name)
			if w.Format != tt.format {
				t.Errorf("%s: format %q, want %q", tt.file, w.Format, tt.format)
			}
			checkTemplates(t, tt.file, w)
		}
		if got := strings.Join(names, " "); got != tt.names {
			t.Errorf("%s: webhooks %q, want %q", tt.file, got, tt.names)
		}
	}
}

// checkTemplates looks for the actions of each template at their places.
func checkTemplates(t *testing.T, name string, w config.Webhook) {
	t.Helper()
	index := source.NewIndex(string(readFile(t, name)))
	if len(w.Templates) == 0 {
		t.Errorf("%s: %s has no templates", name, w.Name)
	}
	for kind, template := range w.Templates {
		if template.Kind != kind || !strings.HasPrefix(index.Line(template.Key.Line)[template.Key.Column-1:], kind.TemplateName()) {
			t.Errorf("%s: the key of %s is not at %v", name, kind, template.Key)
		}
		at := strings.Index(template.Text, "{{ .URL")
		if at < 0 {
			t.Errorf("%s: %s has no URL", name, kind)
			continue
		}
		p := template.Position(at)
		if line := []rune(index.Line(p.Line)); !strings.HasPrefix(string(line[p.Column-1:]), "{{ .URL") {
			t.Errorf("%s: the URL of %s is said to be at %v", name, kind, p)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	env := config.Environment{Given: map[string]string{"TOKEN": "t0ken"}}
	file, err := config.ParseDocuments("coroot.yaml", readFile(t, "coroot.yaml"), nil, config.WithEnvironment(env))
	if err != nil {
		t.Fatal(err)
	}
	w := file.Webhooks[0]
	for path, want := range map[string]config.Setting{
		"url":                    {Key: "url", Value: "https://chat.example.com/hooks/${TOKEN}", KeyPos: source.Position{Line: 9, Column: 9}, ValuePos: source.Position{Line: 9, Column: 14}},
		"basicAuth.password":     {Key: "password", Value: "secret", KeyPos: source.Position{Line: 13, Column: 11}, ValuePos: source.Position{Line: 13, Column: 21}},
		"customHeaders[1].value": {Key: "value", Value: "2", KeyPos: source.Position{Line: 17, Column: 27}, ValuePos: source.Position{Line: 17, Column: 34}},
		"customFields.team":      {Key: "team", Value: "Shop", KeyPos: source.Position{Line: 19, Column: 11}, ValuePos: source.Position{Line: 19, Column: 17}},
		"alerts":                 {Key: "alerts", Value: "true", KeyPos: source.Position{Line: 21, Column: 9}, ValuePos: source.Position{Line: 21, Column: 17}},
	} {
		want.Path, want.Expanded = path, strings.ReplaceAll(want.Value, "${TOKEN}", "t0ken")
		if got, ok := w.Setting(path); !ok || got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", path, got, want)
		}
	}
	if _, ok := w.Setting("colour"); ok {
		t.Error("there is a setting that is not in the file")
	}
	got, err := w.Resolve(func(string) string { return "x" })
	if err != nil || got.URL != w.Raw().URL || !strings.HasSuffix(got.URL, "/t0ken") {
		t.Errorf("Coroot reads %q, %v", got.URL, err)
	}
	want := webhook.BasicAuth{Username: "me", Password: "secret"}
	if got.BasicAuth == nil || *got.BasicAuth != want {
		t.Errorf("basicAuth is %+v", got.BasicAuth)
	}
}

func TestParseDocumentsProblems(t *testing.T) {
	t.Parallel()
	const head = "projects:\n- name: p\n  notificationIntegrations:\n    webhook:\n"
	for _, tt := range []struct{ text, want string }{
		{head + "      ulr: x", `c.yaml:5:7: unknown key "ulr"`},
		{head + "      destination: x", `c.yaml:5:7: unknown key "destination"`},
		{head + "      alertTemplateFile: x", `c.yaml:5:7: unknown key "alertTemplateFile"`},
		{head + "      basicAuth: {passwordSecret: x}", `c.yaml:5:19: unknown key "passwordSecret"`},
		{head + "      incidents: true", `c.yaml:4:5: webhook "p" has incidents switched on but no template for them: Coroot does not start`},
		{head + "      alertTemplate: [x]", "c.yaml:5:22: alertTemplate must be text, not a list"},
		{head + "      alertTemplate: {{ .Values.alert }}", "c.yaml:5:22: this is the template of a Helm chart, which Helm must render first"},
		{head + "      url: {{- include \"url\" . }}", "c.yaml:5:12: this is the template of a Helm chart, which Helm must render first"},
		{head + "      alertTemplate: |\n        {{ .Values.alert }}\n      ulr: x", `c.yaml:7:7: unknown key "ulr"`}, // text is none
		{head + "      url: x\n      url: y", `c.yaml:6:7: the key "url" appears twice, first at 5:7`},
		{"projects: [", "c.yaml:1:11: YAML: this [ is not closed, or a comma is missing after it"},
		{"\xFF\xFEa\x00", "c.yaml: the file is in UTF-16"},
	} {
		_, err := config.ParseDocuments("c.yaml", []byte(tt.text), nil)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q:\n got %v\nwant %s", tt.text, err, tt.want)
		}
	}
	for _, text := range []string{"", "a: b", "projects: []", "projects:\n- name: x", "kind: Deployment\napiVersion: apps/v1\nwebhooks: []", "- a", "text"} {
		if _, err := config.ParseDocuments("c.yaml", []byte(text), nil); !errors.Is(err, config.ErrNoWebhooks) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

// TestBombs reads files that would be enormous if their aliases were expanded.
func TestBombs(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"merge":    "webhooks:\n  a: &a\n    <<: [*a, *a]\n",
		"levels":   levels(40),
		"wide":     "x: &x {" + keys(20000) + "}\nprojects: [" + strings.Repeat("*x, ", 20000) + "]\n",
		"projects": "x: &x {" + keys(20000) + "}\nprojects: [" + strings.Repeat("{notificationIntegrations: *x}, ", 20000) + "{notificationIntegrations: {webhook: {}}}]\n",
		"dashes":   strings.Repeat("- ", 16000) + "\x01",
		"deep":     strings.Repeat("[", 20000),
		"laughs": laughs(9) + "corootConfig:\n  projects:\n  - name: p\n    notificationIntegrations:\n      baseURL: https://example.com\n" +
			"      webhook: {url: https://example.com/, customFields: {x: *l9}}\n",
		"anchored": laughs(40) + "corootConfig: *l40\n",
	} {
		_, err := config.ParseDocuments(name, []byte(text), nil)
		if err == nil {
			t.Errorf("%s was read", name)
		}
	}
	big := []byte("webhooks: {}\n#" + strings.Repeat("x", 9<<20))
	if _, err := config.ParseDocuments("big", big, nil); err == nil || !strings.Contains(err.Error(), "larger than 8 MiB") {
		t.Errorf("a file of 9 MB: %v", err)
	}
}

// levels returns a mapping that merges the previous one twice, and so on.
func levels(n int) string {
	var b strings.Builder
	b.WriteString("l0: &l0 {url: x}\n")
	for i := range n {
		fmt.Fprintf(&b, "l%d: &l%d {<<: [*l%d, *l%d]}\n", i+1, i+1, i, i)
	}
	fmt.Fprintf(&b, "webhooks: {w: *l%d}\n", n)
	return b.String()
}

// laughs returns a list that holds the previous one nine times, and so on.
func laughs(n int) string {
	var b strings.Builder
	b.WriteString("x-l0: &l0 [lol]\n")
	for i := range n {
		fmt.Fprintf(&b, "x-l%d: &l%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*l%d, ", i), 9), ", "))
	}
	return b.String()
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: v, ", i)
	}
	return b.String()
}

func TestShared(t *testing.T) {
	t.Parallel()
	const text = `shared: &t |
  {{ .URL }}
projects:
  - name: a
    notificationIntegrations: {webhook: {alertTemplate: *t}}
  - name: b
    notificationIntegrations: {webhook: {alertTemplate: *t, incidentTemplate: "{{ .URL }}"}}
`
	file, err := config.ParseDocuments("c.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	template := file.Webhooks[0].Templates[event.KindAlert]
	if got := template.Position(3); got.Line != 2 || got.Column != 6 {
		t.Errorf("the position in an anchor's text is %v", got)
	}
	got, err := file.Apply(config.Change{Template: template, Text: "{{ .Summary }}\n"})
	if want := strings.Replace(text, ".URL", ".Summary", 1); err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
	for _, tt := range []struct{ add, want string }{
		{"other: *t\n", "this template is also used in line 8, through the alias *t"},
		{"  - notificationIntegrations: {webhook: {incidentTemplate: *t}}\n", "this incident template is shared with another that changes"},
	} {
		file, err := config.ParseDocuments("c.yaml", []byte(text+tt.add), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = file.Apply(config.Change{Template: file.Webhooks[0].Templates[event.KindAlert], Text: "x"})
		if err == nil || !strings.HasSuffix(err.Error(), tt.want) {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}
