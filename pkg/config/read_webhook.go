package config

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// webhookReader reads the definition of one webhook.
type webhookReader struct {
	*reader
	hook   *Webhook
	unread map[event.Kind]bool // templates that are no text
}

// WebhookKeys lists the keys of a webhook. Template files and the name of the
// destination are hooktool's additions.
func WebhookKeys(format Format) []string {
	if format == FormatAPI {
		return apiKeys()
	}
	keys := []string{"url", "tlsSkipVerify", "basicAuth", "customHeaders", "customFields", "incidents", "deployments", "alerts"}
	for _, kind := range event.Kinds() {
		keys = append(keys, kind.TemplateName())
	}
	if format == FormatHooktool {
		keys = append(keys, "destination")
		for _, kind := range event.Kinds() {
			keys = append(keys, kind.TemplateName()+"File")
		}
	}
	return keys
}

// webhook reads a webhook whose name or key is at a node.
func (r *reader) webhook(format Format, at node, name string, n node) Webhook {
	w := Webhook{Name: name, Path: r.path, Pos: r.position(at), Format: format, Templates: map[event.Kind]Template{}, index: r.index, stray: map[string][]int{}}
	read := webhookReader{reader: r, hook: &w, unread: map[event.Kind]bool{}}
	r.object(n, fmt.Sprintf("webhook %q", name), func(at node, key string, value node) bool {
		if format == FormatAPI {
			if key = fromAPI(key); r.resolve(value) == nil {
				return key != "" // null counts as no webhook
			}
		}
		return read.setting(at, key, value) || read.template(at, key, value)
	}, WebhookKeys(format))
	read.checkSwitches(at)
	return w
}

// checkSwitches finds kinds that are switched on but have no template.
func (r webhookReader) checkSwitches(at node) {
	for _, kind := range event.Kinds() {
		if _, ok := r.hook.Templates[kind]; ok || r.unread[kind] || !r.hook.Enabled(kind) {
			continue
		}
		hint := "add " + kind.TemplateName()
		if r.hook.Format == FormatAPI {
			hint = "add " + kind.String() + apiTemplate
		}
		if r.hook.Format == FormatHooktool {
			hint += " or " + kind.TemplateName() + "File"
		}
		r.problem(at, hint, "webhook %q has %ss switched on but no template for them%s", r.hook.Name, kind, r.withoutTemplate(kind))
	}
}

// withoutTemplate says what Coroot does with a kind that is switched on but has no
// template.
func (r webhookReader) withoutTemplate(kind event.Kind) string {
	switch {
	case r.hook.Format == FormatHooktool:
		return ""
	case r.hook.Format == FormatCoroot:
		return ": Coroot does not start"
	case r.hook.Format == FormatAPI:
		return ": the API refuses it"
	case kind == event.KindAlert:
		return ": the operator passes it on, and Coroot does not start"
	}
	return ": the operator switches them off"
}

// note records a setting with its place.
func (r webhookReader) note(path string, at, value node) {
	s := Setting{Path: path, Key: at.Value, KeyPos: r.position(at), ValuePos: r.position(value)}
	if v := target(value); v != nil && v.Kind == yaml.ScalarNode && (r.effective[v].exp != nil || r.resolve(value) != nil) {
		s.Value, s.Expanded, s.Unset = r.asWritten(v), v.Value, r.lacks(v)
		s.ValuePos = r.position(v)
		if exp := r.effective[v].exp; exp != nil {
			for _, ref := range exp.refs {
				if !exp.meant(ref) {
					r.hook.stray[path] = append(r.hook.stray[path], ref.start)
				}
			}
		}
	}
	r.hook.Settings = append(r.hook.Settings, s)
}

func (r webhookReader) setting(at node, key string, value node) bool {
	s := &r.hook.settings
	switch key {
	case "url":
		s.URL = r.string(value, key)
		r.hook.likelyURL = r.likelyURL(value, s.URL)
	case "tlsSkipVerify":
		s.TLSSkipVerify = r.bool(value, key)
	case "basicAuth":
		s.BasicAuth = r.basicAuth(value)
	case "customHeaders":
		s.CustomHeaders = r.headers(value)
	case "customFields":
		s.CustomFields = r.customFields(value)
	case "incidents":
		s.Incidents = r.bool(value, key)
	case "deployments":
		s.Deployments = r.bool(value, key)
	case "alerts":
		s.Alerts = r.bool(value, key)
	case "destination":
		if r.hook.Format != FormatHooktool {
			return false
		}
		r.hook.Destination = r.string(value, key)
	default:
		return false
	}
	switch key {
	case "basicAuth", "customHeaders", "customFields": // their members are settings
	default:
		r.note(key, at, value)
	}
	return true
}

func (r webhookReader) template(at node, key string, value node) bool {
	name, inFile := strings.CutSuffix(key, "File")
	for _, kind := range event.Kinds() {
		if name != kind.TemplateName() || inFile && r.hook.Format != FormatHooktool {
			continue
		}
		if _, ok := r.hook.Templates[kind]; ok {
			r.problem(value, "remove one of them", "both %s and %sFile are set", name, name)
			return true
		}
		t := Template{Kind: kind, Path: r.path, Text: r.string(value, key), Pos: r.position(value), Key: r.position(at)}
		if v := target(value); v != nil && (v.Kind == yaml.MappingNode || v.Kind == yaml.SequenceNode) {
			r.unread[kind] = true
			return true
		}
		if inFile {
			t.Path, t.Text, t.File, t.config = r.relative(t.Text), "", true, r.path
		} else {
			r.locate(&t, value)
		}
		if r.hook.Format != FormatAPI || t.Text != "" { // which writes absent ones as empty
			r.hook.Templates[kind] = t
		}
		return true
	}
	return false
}

// relative resolves a path in the configuration.
func (r webhookReader) relative(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.path), path)
}

// locate finds where the bytes of a template are.
func (r webhookReader) locate(t *Template, value node) {
	value = r.resolve(value)
	t.node, t.index, t.layer = r.written(value), r.index, r.layer
	t.exp, t.lookup = r.effective[value].exp, nil
	if r.hook.Format != FormatHooktool && r.hook.Format != FormatAPI {
		own, env := r.own, r.env
		t.lookup = func(name string) (string, bool) { return env.lookup(own, name) }
	}
	scalar, ok := r.layer.text.Scalar(t.node)
	if !ok {
		return
	}
	layer, exp := r.layer, t.exp
	t.written = func(offset int) int { return layer.locate(scalar.Source(offset)) }
	t.source = t.written
	if exp != nil {
		t.source = func(offset int) int { return layer.locate(scalar.Source(exp.source(offset))) }
	}
}

func (r webhookReader) basicAuth(n node) *webhook.BasicAuth {
	auth := &webhook.BasicAuth{}
	user := "username"
	if r.hook.Format == FormatAPI {
		user = "user"
	}
	known := []string{user, "password"}
	if r.hook.Format == FormatResource || r.hook.Format == FormatHelm {
		known = append(known, "passwordSecret")
	}
	r.object(n, "basicAuth", func(at node, key string, value node) bool {
		switch {
		case key == user:
			auth.Username, key = r.string(value, key), "username"
		case key == "password":
			auth.Password = r.string(value, key)
		case key != "passwordSecret" || len(known) == 2:
			return false
		}
		r.note("basicAuth."+key, at, value)
		return true
	}, known)
	return auth
}

func (r webhookReader) headers(n node) []webhook.Header {
	var headers []webhook.Header
	r.list(n, "customHeaders", func(i int, element node) {
		var header webhook.Header
		r.object(element, "a header", func(at node, key string, value node) bool {
			switch key {
			case "key":
				header.Key = r.string(value, key)
			case "value":
				header.Value = r.string(value, key)
			default:
				return false
			}
			r.note(fmt.Sprintf("customHeaders[%d].%s", i, key), at, value)
			return true
		}, []string{"key", "value"})
		headers = append(headers, header)
	})
	return headers
}

func (r webhookReader) customFields(n node) map[string]string {
	fields := map[string]string{}
	r.members(n, "customFields", map[string]node{}, func(at node, key string, value node) {
		fields[key] = r.string(value, "the custom field "+key)
		r.note("customFields."+key, at, value)
	})
	return fields
}
