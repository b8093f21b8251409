package config_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

func TestParseAPI(t *testing.T) {
	t.Parallel()
	const text = `{
  "url": "https://chat.example.com/$HOME", "basic_auth": {"user": "me", "password": "p$$"}, "custom_headers": [{"key": "A", "value": "b"}],
  "custom_fields": null, "alerts": true, "incidents": false,
  "incident_template": "", "alert_template": "a\n\"é\" {{ .URL }} $HOME"}`
	file, err := config.ParseDocuments("stored/chat.json", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	w := file.Webhooks[0]
	raw := w.Raw()
	if w.Name != "chat" || w.Format != config.FormatAPI || raw.URL != "https://chat.example.com/$HOME" || raw.BasicAuth.Username != "me" || raw.BasicAuth.Password != "p$$" || raw.CustomHeaders[0].Value != "b" {
		t.Errorf("read: %q %+v", w.Name, raw)
	}
	template, ok := w.Templates[event.KindAlert]
	if !ok || len(w.Templates) != 1 || template.Text != "a\n\"é\" {{ .URL }} $HOME" {
		t.Fatalf("templates: %+v", w.Templates)
	}
	if got, want := template.Position(strings.Index(template.Text, "{{")), (source.Position{Line: 4, Column: 56}); got != want {
		t.Errorf("the action is said to be at %v, want %v", got, want)
	}
	if _, err := file.Apply(config.Change{Template: template, Text: "other"}); err == nil || !strings.Contains(err.Error(), "export it again") {
		t.Errorf("a change of what the API takes: %v", err)
	}
}

func TestParseAPIProblems(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"url": "https://x.example", "alert_template": "x", "custom_header": []}`:  `unknown key "custom_header"`,
		`{"url": "https://x.example", "alert_template": "", "incidents": true}`:     "no template for them: the API refuses it",
		`{"url": "https://x.example", "alert_template": "x", "alertTemplate": "x"}`: `unknown key "alertTemplate"`,
		`{"url": "https://x.example", "alert_templates": "x"}`:                      config.ErrNoWebhooks.Error(),
	} {
		if _, err := config.ParseDocuments("x.json", []byte(text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
