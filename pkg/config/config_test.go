package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const full = `
color: never
x-defaults: &defaults
  tlsSkipVerify: true
  customHeaders:
    - key: X-Token
      value: ${TOKEN}
webhooks:
  chat:
    <<: *defaults
    url: https://${HOST:-chat.example.com}/hook/$${x}
    basicAuth: {username: me, password: "${PASSWORD}"}
    customFields:
      teamName: Shop
      Number: 42
    destination: mattermost
    incidents: true
    incidentTemplateFile: templates/incident.tmpl
    alerts: false
    alertTemplate: |
      {"text": {{ json .Summary }}}
  other:
    url: http://127.0.0.1
`

func env(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func TestParse(t *testing.T) {
	t.Parallel()
	file, err := config.Parse("dir/c.yaml", []byte(full), []string{"color"})
	if err != nil {
		t.Fatal(err)
	}
	chat := file.Webhooks[0]
	if chat.Name != "chat" || chat.Pos.Line != 9 || chat.Destination != "mattermost" || len(file.Webhooks) != 2 {
		t.Errorf("%+v", chat)
	}
	got, err := chat.Resolve(env(map[string]string{"TOKEN": "t0k", "PASSWORD": "pw"}))
	if err != nil {
		t.Fatal(err)
	}
	want := webhook.Webhook{
		URL: "https://chat.example.com/hook/${x}", TLSSkipVerify: true,
		BasicAuth:     &webhook.BasicAuth{Username: "me", Password: "pw"},
		CustomHeaders: []webhook.Header{{Key: "X-Token", Value: "t0k"}},
		CustomFields:  map[string]string{"teamName": "Shop", "Number": "42"},
		Incidents:     true,
	}
	if diff := golden.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	incident := chat.Templates[event.KindIncident]
	if incident.Path != filepath.FromSlash("dir/templates/incident.tmpl") || !incident.File {
		t.Errorf("%+v", incident)
	}
	if text, err := chat.Templates[event.KindAlert].Read(); err != nil || text != "{\"text\": {{ json .Summary }}}\n" {
		t.Errorf("%q, %v", text, err)
	}
	_, err = chat.Resolve(env(nil))
	if err == nil || !strings.Contains(err.Error(), "PASSWORD is not set") {
		t.Errorf("without variables: %v", err)
	}
	if _, unset := chat.CustomFields(env(nil)); len(unset) > 0 {
		t.Errorf("custom fields need no other variable: %v", unset)
	}
}

func TestParseProblems(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want string }{
		{"webhook: {}", `c.yaml:1:1: unknown key "webhook"`},
		{"webhooks:\n  a:\n    Url: x", `c.yaml:3:5: unknown key "Url"`},
		{"webhooks:\n  a:\n    basicAuth: {user: x}", `c.yaml:3:17: unknown key "user"`},
		{"webhooks: 3", "c.yaml:1:11: webhooks must be a mapping of keys to values, not a number"},
		{"webhooks:\n  a:\n    incidents: yes", "c.yaml:3:16: incidents must be true or false, not text"},
		{"webhooks:\n  a:\n    customHeaders: {a: b}", "c.yaml:3:20: customHeaders must be a list, not a mapping"},
		{"webhooks:\n  a:\n    url: [x]", "c.yaml:3:10: url must be text, not a list"},
		{"webhooks:\n  a:\n    alerts: true\n    alertTemplate: [x]", "c.yaml:4:20: alertTemplate must be text, not a list"},
		{"webhooks:\n  a:\n    alerts: true", `c.yaml:2:3: webhook "a" has alerts switched on but no template for them`},
		{"webhooks:\n  a:\n    alertTemplate: x\n    alertTemplateFile: y", "c.yaml:4:24: both alertTemplate and alertTemplateFile are set"},
		{"webhooks:\n  a: *nope", `c.yaml:2:6: there is no anchor "nope" for this alias`},
		{"a: \"x\nb: 3", "c.yaml:1:4: YAML: this quotation mark is not closed"},
		{"color: a\ncolor: b", `c.yaml:2:1: the key "color" appears twice, first at 1:1`},
		{"webhooks: {}\n---\nwebhooks: {}", "c.yaml:3:1: there is more than one document in the file"},
	} {
		_, err := config.Parse("c.yaml", []byte(tt.text), []string{"color"})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%q:\n got %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

// TestShapes checks that a setting of the wrong shape is shown in the right one.
func TestShapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"webhooks:\n  a:\n    customHeaders: {X-A: b}":            "[{key: X-Name, value: text}]",
		"webhooks:\n  a:\n    customHeaders: [X-A]":               "{key: X-Name, value: text}",
		"webhooks:\n  a:\n    customFields: [{key: a, value: b}]": "{name: text}",
		"webhooks:\n  a:\n    basicAuth: me:pw":                   "{username: name, password: text}",
		"webhooks:\n  - name: a\n    url: b":                      "{name: {url: …}}",
		"validate:\n  rules: [length-limit]":                      "{length-limit: off}",
		"validate:\n  paths: [legacy/**]":                         "{legacy/**: {length-limit: off}}",
	} {
		_, err := config.Parse("c.yaml", []byte(text), nil)
		if p := source.ProblemOf(err); !strings.Contains(p.Hint, want) || p.Pos.Line != 1+strings.Count(text, "\n") && p.Pos.Line != 2 {
			t.Errorf("%s: %s, hint %q, want %q", text, p.Pos, p.Hint, want)
		}
	}
}

func TestParseReportsAll(t *testing.T) {
	t.Parallel()
	_, err := config.Parse("c.yaml", []byte("webhooks:\n  a: {urll: x, incident: true}\nzzz: 1"), nil)
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("got %v, want three problems", err)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing\n", "webhooks:\n", "---\n"} {
		file, err := config.Parse("c.yaml", []byte(text), nil)
		if err != nil || len(file.Webhooks) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, config.FileName)
	for _, file := range []string{path, filepath.Join(dir, ".git")} {
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := config.Find(deep); got != path {
		t.Errorf("Find gives %q, want %q", got, path)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("webhooks: {a: &x {<<: *x}}")
	f.Add("webhooks:\n  a: &a\n    <<: [*a, {url: x}]")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := config.Parse("c.yaml", []byte(text), []string{"color"})
		if err != nil {
			return
		}
		for _, w := range file.Webhooks {
			if _, err := w.Resolve(env(nil)); err != nil && !strings.HasPrefix(err.Error(), "c.yaml:") {
				t.Errorf("%v has no place", err)
			}
		}
	})
}
