package coroot

import (
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/starter"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// PullPlan is how a definition is brought into a repository.
type PullPlan struct {
	*starter.Plan
	Variables []Secret // to be set in the environment
}

// PlanPull decides what to write for a definition: its templates into a folder, and its
// settings as the webhook with a name.
func PlanPull(d Definition, name string, showSecrets bool, o starter.Options) (*PullPlan, error) {
	dir, err := starter.Relative(filepath.Dir(o.Config), o.Dir)
	if err != nil {
		return nil, err
	}
	pulled, err := pull(d, name, dir, showSecrets)
	if err != nil {
		return nil, err
	}
	var files []starter.File
	for _, kind := range event.Kinds() {
		if text, ok := pulled.templates[kind]; ok {
			files = append(files, starter.File{Path: filepath.Join(o.Dir, templateFile(kind)), Text: text})
		}
	}
	plan, err := starter.Known(name, pulled.entry, files, o)
	return &PullPlan{plan, pulled.variables}, err
}

// Text says what was written, and what remains to be set.
func (p *PullPlan) Text(colour typeset.Style, reach starter.Reach) string {
	var b strings.Builder
	b.WriteString(p.Plan.Text(colour))
	if len(p.Variables) > 0 && p.Place != starter.Kept {
		b.WriteString("\nSet these variables of the environment to what Coroot has:\n")
		for _, v := range p.Variables {
			fmt.Fprintf(&b, "  %-24s %s\n", v.Variable, v.Setting)
		}
	}
	b.WriteString("\nNext: ")
	if enter := reach.Enter(); enter != "" {
		b.WriteString(enter + "; ")
	}
	fmt.Fprintf(&b, "hooktool validate %[1]s; hooktool coroot diff %[1]s\n", reach.Webhook(p.Name))
	return b.String()
}

// pulled is a definition in the format of hooktool's own configuration.
type pulled struct {
	entry     string                // the webhook's definition, as it is under webhooks
	templates map[event.Kind]string // to be written to the files that entry names
	variables []Secret              // replaced by variables
}

// Secret is a secret that was replaced by a variable.
type Secret struct {
	Variable string
	Setting  string // such as url or basicAuth.password
	Value    string // as Coroot has it; empty for a URL that it hides
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

// pull converts a definition to the format of hooktool's own configuration, with its
// templates in a folder relative to the configuration's, and with variables in place of
// secrets unless they are to be shown.
func pull(d Definition, name, dir string, showSecrets bool) (*pulled, error) {
	p := &puller{name: name, dir: dir, showSecrets: showSecrets, pulled: &pulled{templates: map[event.Kind]string{}}}
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
		if webhook.SecretField(key, d.CustomFields[key]) {
			value = p.secret("customFields."+key, key, d.CustomFields[key])
		}
		entry.CustomFields[key] = value
	}
	var text strings.Builder
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(map[string]pulledEntry{name: entry}); err != nil {
		return nil, err
	}
	p.pulled.entry = indent(text.String())
	return p.pulled, nil
}

// getenv returns the values of the variables, as the environment would.
func (p *pulled) getenv(name string) string {
	for _, v := range p.variables {
		if v.Variable == name {
			return v.Value
		}
	}
	return ""
}

type puller struct {
	name, dir   string
	showSecrets bool
	pulled      *pulled
}

// url returns the URL, or a variable if it contains a secret or is hidden.
func (p *puller) url(d Definition) string {
	if d.Hidden() {
		return p.secret("url", "url", "")
	}
	if d.URL == "" || catalog.SecretURL(d.URL) {
		return p.secret("url", "url", d.URL)
	}
	return plain(d.URL)
}

// secret returns what is written in place of a secret.
func (p *puller) secret(setting, what, value string) string {
	if p.showSecrets {
		return plain(value)
	}
	if value == "" && setting != "url" {
		return ""
	}
	name := variableName(p.name + "_" + what)
	p.pulled.variables = append(p.pulled.variables, Secret{Variable: name, Setting: setting, Value: value})
	return "${" + name + "}"
}

// file returns the path of the file for a template, if there is one.
func (p *puller) file(kind event.Kind, d Definition) string {
	text := d.template(kind)
	if text == "" {
		return ""
	}
	p.pulled.templates[kind] = text
	return path.Join(p.dir, templateFile(kind))
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
