package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/pkg/event"
)

// apiTemplate follows the kind in the API's name of a template.
const apiTemplate = "_template"

// apiNames are the API's keys of a webhook that differ from those in YAML.
var apiNames = map[string]string{
	"tls_skip_verify": "tlsSkipVerify", "basic_auth": "basicAuth", "custom_headers": "customHeaders", "custom_fields": "customFields",
}

// apiKeys lists the keys of a webhook in Coroot's API.
func apiKeys() []string {
	keys := []string{"url", "tls_skip_verify", "basic_auth", "custom_headers", "custom_fields", "incidents", "deployments", "alerts"}
	for _, kind := range event.Kinds() {
		keys = append(keys, kind.String()+apiTemplate)
	}
	return keys
}

// fromAPI returns the key in YAML for a webhook's key in the API, or "" for one that
// the API does not have.
func fromAPI(key string) string {
	if !slices.Contains(apiKeys(), key) {
		return ""
	}
	if name, ok := apiNames[key]; ok {
		return name
	}
	for _, kind := range event.Kinds() {
		if key == kind.String()+apiTemplate {
			return kind.TemplateName()
		}
	}
	return key
}

// isDefinition reports whether a document is the definition of a webhook as the API has
// it: with a URL and a template.
func (r *reader) isDefinition(doc node) bool {
	return r.child(doc, "url") != nil && slices.ContainsFunc(event.Kinds(), func(kind event.Kind) bool {
		return r.child(doc, kind.String()+apiTemplate) != nil
	})
}

// definition reads a webhook in the API's format. Its name is that of the file.
func (r *reader) definition(file *File, doc node) {
	r.layer.frozen = "this is what Coroot's API takes: change it where it comes from, and export it again"
	name := filepath.Base(r.path)
	if name = strings.TrimSuffix(name, filepath.Ext(name)); strings.HasPrefix(name, "<") {
		name = "webhook" // standard input
	}
	file.Webhooks = append(file.Webhooks, r.webhook(FormatAPI, doc, name, doc))
}
