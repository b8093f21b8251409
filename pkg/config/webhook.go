package config

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Webhook is a webhook under a name.
type Webhook struct {
	Name        string
	Path        string          // the configuration file
	Pos         source.Position // of its definition
	Destination string          // the name of the receiving system; empty: not said
	Templates   map[event.Kind]Template

	settings webhook.Webhook // before ${…} is replaced
}

// Template is a webhook's template for one kind: text in the configuration, or
// the path of a file.
type Template struct {
	Path string          // of the file, or of the configuration
	Text string          // when it stands in the configuration
	Pos  source.Position // of the value in the configuration
	File bool            // Path is that of a template file, and Text is empty
}

// Read returns the text of the template.
func (t Template) Read() (string, error) {
	if !t.File {
		return t.Text, nil
	}
	text, err := os.ReadFile(t.Path)
	return string(text), err
}

// Enabled reports whether events of a kind are sent.
func (w Webhook) Enabled(kind event.Kind) bool { return w.settings.Enabled(kind) }

// Resolve replaces ${NAME} and ${NAME:-default} in the URL, in user and
// password, in headers and in custom fields by what getenv says, and returns
// the webhook ready for use, without its templates. $${ stands for ${ itself.
// A variable that is not set is an error.
func (w Webhook) Resolve(getenv func(string) string) (webhook.Webhook, error) {
	resolved := w.settings
	e := expander{getenv: getenv}
	resolved.URL = e.expand(resolved.URL)
	if auth := resolved.BasicAuth; auth != nil {
		resolved.BasicAuth = &webhook.BasicAuth{Username: e.expand(auth.Username), Password: e.expand(auth.Password)}
	}
	resolved.CustomHeaders = nil
	for _, header := range w.settings.CustomHeaders {
		resolved.CustomHeaders = append(resolved.CustomHeaders, webhook.Header{Key: header.Key, Value: e.expand(header.Value)})
	}
	resolved.CustomFields = e.expandAll(w.settings.CustomFields)
	return resolved, w.problem(e)
}

// CustomFields returns the custom fields as Resolve does, without a need for
// the variables that stand elsewhere.
func (w Webhook) CustomFields(getenv func(string) string) (map[string]string, error) {
	e := expander{getenv: getenv}
	fields := e.expandAll(w.settings.CustomFields)
	return fields, w.problem(e)
}

func (w Webhook) problem(e expander) error {
	if e.problem == "" {
		return nil
	}
	return &source.Problem{Path: w.Path, Pos: w.Pos, Message: fmt.Sprintf("webhook %q: %s", w.Name, e.problem), Hint: e.hint}
}

func webhookKeys() []string {
	keys := []string{"url", "tlsSkipVerify", "basicAuth", "customHeaders", "customFields", "destination", "incidents", "deployments", "alerts"}
	for _, kind := range event.Kinds() {
		keys = append(keys, kind.TemplateName(), kind.TemplateName()+"File")
	}
	return keys
}

func (r *reader) webhooks(n node) []Webhook {
	var list []Webhook
	r.members(n, "webhooks", map[string]bool{}, func(at node, name string, value node) {
		list = append(list, r.webhook(at, name, value))
	})
	return list
}

func (r *reader) webhook(at node, name string, n node) Webhook {
	w := Webhook{Name: name, Path: r.path, Pos: position(at), Templates: map[event.Kind]Template{}}
	r.object(n, fmt.Sprintf("webhook %q", name), func(key string, value node) bool {
		return r.webhookSetting(&w, key, value) || r.webhookTemplate(&w, key, value)
	}, webhookKeys())
	for _, kind := range event.Kinds() {
		if _, ok := w.Templates[kind]; w.Enabled(kind) && !ok {
			r.problem(at, "add "+kind.TemplateName()+" or "+kind.TemplateName()+"File, as Coroot demands",
				"webhook %q has %ss switched on but no template for them", name, kind)
		}
	}
	return w
}

func (r *reader) webhookSetting(w *Webhook, key string, value node) bool {
	s := &w.settings
	switch key {
	case "url":
		s.URL = r.string(value, key)
	case "tlsSkipVerify":
		s.TLSSkipVerify = r.bool(value, key)
	case "basicAuth":
		s.BasicAuth = r.basicAuth(value)
	case "customHeaders":
		s.CustomHeaders = r.headers(value)
	case "customFields":
		s.CustomFields = r.customFields(value)
	case "destination":
		w.Destination = r.string(value, key)
	case "incidents":
		s.Incidents = r.bool(value, key)
	case "deployments":
		s.Deployments = r.bool(value, key)
	case "alerts":
		s.Alerts = r.bool(value, key)
	default:
		return false
	}
	return true
}

func (r *reader) webhookTemplate(w *Webhook, key string, value node) bool {
	for _, kind := range event.Kinds() {
		name := kind.TemplateName()
		if key != name && key != name+"File" {
			continue
		}
		if _, ok := w.Templates[kind]; ok {
			r.problem(value, "leave one of them out", "there is %s and %sFile", name, name)
			return true
		}
		text := r.string(value, key)
		t := Template{Path: r.path, Text: text, Pos: position(value)}
		if key != name {
			path := filepath.FromSlash(text)
			if !filepath.IsAbs(path) {
				path = filepath.Join(filepath.Dir(r.path), path)
			}
			t = Template{Path: path, Pos: position(value), File: true}
		}
		w.Templates[kind] = t
		return true
	}
	return false
}

func (r *reader) basicAuth(n node) *webhook.BasicAuth {
	auth := &webhook.BasicAuth{}
	r.object(n, "basicAuth", func(key string, value node) bool {
		switch key {
		case "username":
			auth.Username = r.string(value, key)
		case "password":
			auth.Password = r.string(value, key)
		default:
			return false
		}
		return true
	}, []string{"username", "password"})
	return auth
}

func (r *reader) headers(n node) []webhook.Header {
	var headers []webhook.Header
	r.list(n, "customHeaders", func(element node) {
		var header webhook.Header
		r.object(element, "a header", func(key string, value node) bool {
			switch key {
			case "key":
				header.Key = r.string(value, key)
			case "value":
				header.Value = r.string(value, key)
			default:
				return false
			}
			return true
		}, []string{"key", "value"})
		headers = append(headers, header)
	})
	return headers
}

func (r *reader) customFields(n node) map[string]string {
	fields := map[string]string{}
	r.members(n, "customFields", map[string]bool{}, func(_ node, key string, value node) {
		fields[key] = r.string(value, "the custom field "+key)
	})
	return fields
}
