package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Format is a kind of YAML document in which webhooks are defined.
type Format string

// The formats. In all but hooktool's own a webhook stands at
// projects[].notificationIntegrations.webhook and has the name of its project.
const (
	// FormatHooktool is hooktool's configuration, with webhooks by name.
	FormatHooktool Format = "hooktool"
	// FormatCoroot is Coroot's configuration file, with projects at its top.
	FormatCoroot Format = "coroot"
	// FormatResource is the Coroot operator's resource of apiVersion
	// coroot.com/v1 and kind Coroot, with projects under spec; also in a List.
	FormatResource Format = "resource"
	// FormatHelm is a file of values for the charts coroot-ce and coroot-ee, or
	// for one that contains them, or a resource that holds such values.
	FormatHelm Format = "helm"
)

// ErrNoWebhooks is returned for a YAML file that defines no webhooks.
var ErrNoWebhooks = errors.New("no webhooks are defined in this file")

// Parse reads hooktool's configuration file. The path serves messages, and the
// paths of template files in it are relative to its folder. settings are the
// names of other keys that may stand at the top level; one that begins with x-
// may, too, as a place for anchors.
//
// All that is wrong is reported at once: the error joins a *source.Problem for
// each unknown key (with the nearest one that is known), wrong type, and key
// that is there twice.
func Parse(path string, data []byte, settings []string) (*File, error) {
	r := newReader(path, data)
	docs := r.documents(data)
	if len(docs) > 1 {
		r.problem(docs[1], "", "there is more than one document in the file")
	}
	if len(r.problems) > 0 {
		return nil, errors.Join(r.problems...)
	}
	file := &File{Path: path, data: data, docs: docs, followed: r.followed}
	if len(docs) > 0 {
		r.hooktool(file, docs[0], settings)
	}
	return file, errors.Join(r.problems...)
}

// ParseDocuments reads the webhooks of a YAML file in any of the formats, which
// it recognises by their content, document by document. A document of another
// kind, as Kubernetes manifests often have beside, is passed over. path and
// settings are as in Parse.
//
// The error is ErrNoWebhooks when there is nothing to read, and else as that of
// Parse; the file is returned beside it as far as it could be read. Keys are
// checked in the definitions of webhooks, not around them.
func ParseDocuments(path string, data []byte, settings []string) (*File, error) {
	r := newReader(path, data)
	file := &File{Path: path, data: data, docs: r.documents(data), followed: r.followed}
	if len(r.problems) > 0 {
		return file, errors.Join(r.problems...)
	}
	known := false
	for _, doc := range file.docs {
		known = r.document(file, doc, settings) || known
	}
	if !known && len(r.problems) == 0 {
		return file, ErrNoWebhooks
	}
	return file, errors.Join(r.problems...)
}

// document reads one document, and reports whether it is of a known format.
func (r *reader) document(file *File, doc node, settings []string) bool {
	switch {
	case r.isResource(doc):
		r.projects(file, FormatResource, r.lookup(r.lookup(doc, "spec"), "projects"))
		return true
	case r.isList(doc):
		known := false
		for _, item := range content(r.lookup(doc, "items")) {
			known = r.document(file, item, settings) || known
		}
		return known
	case r.lookup(doc, "apiVersion") == nil && r.lookup(doc, "webhooks") != nil && r.lookup(doc, "projects") == nil:
		r.hooktool(file, doc, settings)
		return true
	}
	if projects := r.lookup(doc, "projects"); r.hasWebhook(projects) {
		r.projects(file, r.projectsFormat(doc), projects)
		return true
	}
	return r.nested(file, doc, 0)
}

// nestedDepth bounds how deep values of a chart are looked for: in a resource
// of Argo CD they are at spec.source.helm.valuesObject, with the chart's name
// below.
const nestedDepth = 6

// nested looks for projects below other keys, as in values for a chart that
// contains Coroot's, or in a HelmRelease. It follows no aliases.
func (r *reader) nested(file *File, n node, depth int) bool {
	if n == nil || n.Kind != yaml.MappingNode || depth > nestedDepth {
		return false
	}
	known := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		value := n.Content[i+1]
		if n.Content[i].Value == "projects" && depth > 0 && r.hasWebhook(value) {
			r.projects(file, FormatHelm, value)
			known = true
			continue
		}
		known = r.nested(file, value, depth+1) || known
	}
	return known
}

// projectsFormat tells Coroot's configuration from values for its charts, by
// keys that only charts have. Where nothing tells, both mean the same.
func (r *reader) projectsFormat(doc node) Format {
	for _, key := range []string{
		"corootCE", "corootEE", "corootCommunityEdition", "corootEnterpriseEdition", "communityEdition",
		"enterpriseEdition", "clickhouse", "prometheus", "nodeAgent", "clusterAgent", "storage", "metricsRefreshInterval", "agentsOnly", "replicas", "service", "ingress",
	} {
		if r.lookup(doc, key) != nil {
			return FormatHelm
		}
	}
	return FormatCoroot
}

func (r *reader) isResource(doc node) bool {
	return r.scalarValue(doc, "apiVersion") == "coroot.com/v1" && r.scalarValue(doc, "kind") == "Coroot"
}

func (r *reader) isList(doc node) bool {
	return r.scalarValue(doc, "apiVersion") == "v1" && r.scalarValue(doc, "kind") == "List"
}

func (r *reader) scalarValue(n node, key string) string {
	if value := r.lookup(n, key); value != nil && value.Kind == yaml.ScalarNode {
		return value.Value
	}
	return ""
}

// hasWebhook reports whether a list is one of projects with a webhook.
func (r *reader) hasWebhook(projects node) bool {
	return slices.ContainsFunc(content(projects), func(project node) bool {
		return r.lookup(r.lookup(project, "notificationIntegrations"), "webhook") != nil
	})
}

// lookup returns the value of a key in a mapping, aliases followed, or nil. It
// does not look into what is merged.
func (r *reader) lookup(n node, key string) node {
	if n = target(n); n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !r.visit(n) {
			return nil
		}
		if n.Content[i].Value == key {
			return target(n.Content[i+1])
		}
	}
	return nil
}

func content(n node) []node {
	if n = target(n); n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

func target(n node) node {
	if n != nil && n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// hooktool reads a document of hooktool's own.
func (r *reader) hooktool(file *File, doc node, settings []string) {
	r.object(doc, "the configuration", func(_ node, key string, value node) bool {
		switch key {
		case "webhooks":
		case "validate":
			r.validate(file, value)
			return true
		default:
			return slices.Contains(settings, key) || strings.HasPrefix(key, "x-")
		}
		r.members(value, "webhooks", map[string]node{}, func(at node, name string, value node) {
			file.Webhooks = append(file.Webhooks, r.webhook(FormatHooktool, at, name, value))
		})
		return true
	}, append([]string{"webhooks", "validate"}, settings...))
}

// projects reads the webhooks of Coroot's projects.
func (r *reader) projects(file *File, format Format, n node) {
	r.list(n, "projects", func(i int, project node) {
		name := fmt.Sprintf("projects[%d]", i)
		var integrations node
		r.members(project, "a project", map[string]node{}, func(_ node, key string, value node) {
			switch key {
			case "name":
				if text := r.string(value, key); text != "" {
					name = text
				}
			case "notificationIntegrations":
				integrations = value
			}
		})
		r.members(integrations, "notificationIntegrations", map[string]node{}, func(at node, key string, value node) {
			if key == "webhook" {
				file.Webhooks = append(file.Webhooks, r.webhook(format, at, name, value))
			}
		})
	})
}
