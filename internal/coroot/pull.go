package coroot

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Pulled is a definition in the format of hooktool's own configuration.
type Pulled struct {
	Name      string
	Entry     string                // the webhook's definition, as it is under webhooks
	Templates map[event.Kind]string // to be written to the files that Entry names
	Variables []Secret              // replaced by variables
}

// Secret is a secret that was replaced by a variable.
type Secret struct {
	Variable string
	Setting  string // such as url or basicAuth.password
	Value    string // as Coroot has it; empty for a URL that it hides
}

// PullOptions say how to write down a definition.
type PullOptions struct {
	Name     string                       // of the webhook
	FileName func(kind event.Kind) string // of a template, relative to the configuration's folder
	Literal  bool                         // write secrets as they are, for what stays in memory
}

// pulledEntry is a definition with its keys in the order in which people write them.
type pulledEntry struct {
	Destination            string            `yaml:"destination,omitempty"`
	URL                    string            `yaml:"url"`
	TLSSkipVerify          bool              `yaml:"tlsSkipVerify,omitempty"`
	BasicAuth              *pulledAuth       `yaml:"basicAuth,omitempty"`
	CustomHeaders          []pulledHeader    `yaml:"customHeaders,omitempty"`
	CustomFields           map[string]string `yaml:"customFields,omitempty"`
	Incidents              bool              `yaml:"incidents"`
	IncidentTemplateFile   string            `yaml:"incidentTemplateFile,omitempty"`
	Deployments            bool              `yaml:"deployments"`
	DeploymentTemplateFile string            `yaml:"deploymentTemplateFile,omitempty"`
	Alerts                 bool              `yaml:"alerts"`
	AlertTemplateFile      string            `yaml:"alertTemplateFile,omitempty"`
}

type pulledAuth struct {
	Username string `yaml:"username"`
	Password string `yaml:"password"`
}

type pulledHeader struct {
	Key   string `yaml:"key"`
	Value string `yaml:"value"`
}

// Pull converts a definition to the format of hooktool's own configuration, with
// variables in place of secrets.
func Pull(d Definition, o PullOptions) (*Pulled, error) {
	p := &puller{options: o, pulled: &Pulled{Name: o.Name, Templates: map[event.Kind]string{}}}
	d = d.normal()
	entry := pulledEntry{
		URL: p.url(d), TLSSkipVerify: d.TLSSkipVerify, CustomFields: map[string]string{},
		Incidents: d.Incidents, Deployments: d.Deployments, Alerts: d.Alerts,
		IncidentTemplateFile:   p.file(event.KindIncident, d),
		DeploymentTemplateFile: p.file(event.KindDeployment, d),
		AlertTemplateFile:      p.file(event.KindAlert, d),
	}
	if receiver := catalog.ByURL(d.URL); receiver != nil && !d.Hidden() {
		entry.Destination = receiver.Name
	}
	if d.BasicAuth != nil {
		entry.BasicAuth = &pulledAuth{Username: plain(d.BasicAuth.User), Password: p.secret("basicAuth.password", "password", d.BasicAuth.Password)}
	}
	for i, h := range d.CustomHeaders {
		value := plain(h.Value)
		if webhook.SecretHeaderValue(h.Key, h.Value) {
			value = p.secret(fmt.Sprintf("customHeaders[%d].value", i), h.Key, h.Value)
		}
		entry.CustomHeaders = append(entry.CustomHeaders, pulledHeader{Key: h.Key, Value: value})
	}
	for _, key := range slices.Sorted(maps.Keys(d.CustomFields)) {
		value := plain(d.CustomFields[key])
		if webhook.SecretSetting(key, d.CustomFields[key]) {
			value = p.secret("customFields."+key, key, d.CustomFields[key])
		}
		entry.CustomFields[key] = value
	}
	var text strings.Builder
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(map[string]pulledEntry{o.Name: entry}); err != nil {
		return nil, err
	}
	p.pulled.Entry = indent(text.String())
	return p.pulled, nil
}

// getenv returns the values of the variables, as the environment would.
func (p *Pulled) getenv(name string) string {
	for _, v := range p.Variables {
		if v.Variable == name {
			return v.Value
		}
	}
	return ""
}

type puller struct {
	options PullOptions
	pulled  *Pulled
}

// url returns the URL, or a variable if it contains a secret or is hidden.
func (p *puller) url(d Definition) string {
	if d.Hidden() {
		return p.secret("url", "url", "")
	}
	if catalog.ByURL(d.URL) == nil || catalog.SecretURL(d.URL) {
		return p.secret("url", "url", d.URL)
	}
	return plain(d.URL)
}

// secret returns what is written in place of a secret.
func (p *puller) secret(setting, what, value string) string {
	if p.options.Literal {
		return plain(value)
	}
	if value == "" && setting != "url" {
		return ""
	}
	name := variableName(p.options.Name + "_" + what)
	p.pulled.Variables = append(p.pulled.Variables, Secret{Variable: name, Setting: setting, Value: value})
	return "${" + name + "}"
}

// file returns the path of the file for a template, if there is one.
func (p *puller) file(kind event.Kind, d Definition) string {
	text := d.template(kind)
	if text == "" {
		return ""
	}
	p.pulled.Templates[kind] = text
	return p.options.FileName(kind)
}

// plain escapes a text so that hooktool's configuration takes no part of it for a
// variable.
func plain(text string) string { return strings.ReplaceAll(text, "${", "$${") }

// indent indents a definition to go below "webhooks:".
func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String()
}
