package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Format is a format in which webhooks are defined.
type Format string

// The formats. In all except hooktool's own and the API's, a webhook is at
// projects[].notificationIntegrations.webhook and has the name of its project.
const (
	// FormatHooktool is hooktool's configuration, with webhooks by name.
	FormatHooktool Format = "hooktool"
	// FormatCoroot is Coroot's configuration file, with projects at its top.
	FormatCoroot Format = "coroot"
	// FormatResource is the Coroot operator's resource of apiVersion coroot.com/v1 and
	// kind Coroot, with projects under spec; or a List of them.
	FormatResource Format = "resource"
	// FormatHelm is a values file for the charts coroot-ce and coroot-ee, for one that
	// contains them, or a resource that holds such values.
	FormatHelm Format = "helm"
	// FormatAPI is the definition of one webhook in the JSON of Coroot's API. Nothing
	// in it is expanded, and the webhook has the name of the file.
	FormatAPI Format = "api"
)

// ErrNoWebhooks is returned for a YAML file that defines no webhooks.
var ErrNoWebhooks = errors.New("no webhooks are defined in this file")

// Parse reads hooktool's configuration file. The path serves messages, and the paths of
// template files in it are relative to its folder. settings are the names of other keys
// that may be at the top level; names that begin with x- are allowed too, as a place
// for anchors.
//
// All that is wrong is reported at once: the error joins a *source.Problem for each
// unknown key (with the nearest one that is known), wrong type, and duplicate key.
func Parse(path string, data []byte, settings []string) (*File, error) {
	r := newReader(path, data)
	docs := r.documents(data)
	r.layer.docs = docs
	if len(docs) > 1 {
		r.problem(docs[1], "", "there is more than one document in the file")
	}
	if len(r.problems) > 0 {
		return nil, r.failure()
	}
	file := &File{Path: path, root: r.layer}
	if len(docs) > 0 {
		r.hooktool(file, docs[0], settings)
	}
	return file, r.failure()
}

// Option changes how ParseDocuments and ParseAny read a file.
type Option func(*reader)

// WithEnvironment sets Coroot's environment. Without it, only the variables that the
// file itself sets are known.
func WithEnvironment(env Environment) Option { return func(r *reader) { r.env = env } }

// ParseDocuments reads the webhooks of a YAML file in any of the formats, which it
// recognises by their content, document by document. Other documents, which Kubernetes
// manifests often contain too, are skipped. path and settings are as in Parse.
//
// What Coroot would expand is expanded before it is read: in Coroot's own configuration
// the whole file, in a resource and in Helm values the projects. Positions point into
// the file as it is written.
//
// The error is ErrNoWebhooks if there is nothing to read, and otherwise like that of
// Parse; the file is returned with it as far as it could be read. Keys are checked in
// the definitions of webhooks, not around them.
func ParseDocuments(path string, data []byte, settings []string, options ...Option) (*File, error) {
	r := newReader(path, data)
	for _, option := range options {
		option(r)
	}
	file := &File{Path: path, root: r.layer}
	known := r.read(file, settings)
	if !known && len(r.problems) == 0 {
		return file, ErrNoWebhooks
	}
	return file, r.failure()
}

// document reads one document, and reports whether it is of a known format.
func (r *reader) document(file *File, doc node, settings []string) bool {
	switch {
	case r.isResource(doc):
		if p := r.chartProblem(chartAction); p != nil {
			r.add(p)
			return true
		}
		spec := r.child(doc, "spec")
		r.withOwn(spec, func() { r.projects(file, FormatResource, r.expandTree(r.child(spec, "projects"), nil)) })
		return true
	case r.isList(doc):
		known := false
		for _, item := range content(r.child(doc, "items")) {
			known = r.document(file, item, settings) || known
		}
		return known
	case r.child(doc, "apiVersion") == nil && r.child(doc, "webhooks") != nil && r.child(doc, "projects") == nil:
		r.hooktool(file, doc, settings)
		return true
	case r.isDefinition(doc):
		r.definition(file, doc)
		return true
	}
	if format, ok := r.projectsFormat(doc); ok {
		if p := r.chartProblem(chartValue); p != nil {
			r.add(p)
			return true
		}
		r.withOwn(doc, func() {
			projects := r.child(doc, "projects")
			if format == FormatHelm || r.layer.values {
				format = FormatHelm
				projects = r.expandTree(projects, nil)
			}
			r.projects(file, format, projects)
		})
		return true
	}
	outer := r.own
	r.compose = r.child(doc, "services") != nil && r.child(doc, "configs") != nil
	if r.compose {
		r.own = r.composeEnvironment(r.child(doc, "services"))
	}
	defer func() { r.compose, r.own = false, outer }()
	return r.nested(file, doc, settings, r.secretData(doc), 0)
}

// projectsFormat distinguishes Coroot's configuration from values for its charts, by
// keys that only charts have. Without such keys, both mean the same.
func (r *reader) projectsFormat(doc node) (Format, bool) {
	if !r.hasProject(r.child(doc, "projects")) {
		return "", false
	}
	for _, key := range []string{
		"corootCE", "corootEE", "corootCommunityEdition", "corootEnterpriseEdition", "communityEdition",
		"enterpriseEdition", "clickhouse", "prometheus", "nodeAgent", "clusterAgent", "storage", "metricsRefreshInterval", "agentsOnly", "replicas", "service", "ingress", "env",
	} {
		if r.child(doc, key) != nil {
			return FormatHelm, true
		}
	}
	return FormatCoroot, true
}

func (r *reader) isResource(doc node) bool {
	return r.scalarValue(doc, "apiVersion") == "coroot.com/v1" && r.scalarValue(doc, "kind") == "Coroot"
}

func (r *reader) isList(doc node) bool {
	return r.scalarValue(doc, "apiVersion") == "v1" && r.scalarValue(doc, "kind") == "List"
}

func (r *reader) scalarValue(n node, key string) string {
	if value := r.child(n, key); value != nil && value.Kind == yaml.ScalarNode {
		return value.Value
	}
	return ""
}

// hasProject reports whether a list is one of Coroot's projects and one of them has
// something that is read.
func (r *reader) hasProject(projects node) bool {
	return slices.ContainsFunc(content(projects), func(project node) bool {
		return r.child(r.child(project, "notificationIntegrations"), "webhook") != nil || content(r.child(project, "alertingRules")) != nil
	})
}

// child returns the value of a key in a mapping, following aliases, or nil. It ignores
// merged mappings.
func (r *reader) child(n node, key string) node {
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

// hooktool reads a document in hooktool's own format.
func (r *reader) hooktool(file *File, doc node, settings []string) {
	r.object(doc, "the configuration", func(at node, key string, value node) bool {
		switch key {
		case "webhooks":
		case "validate":
			r.validate(file, value)
			return true
		default:
			if slices.Contains(settings, key) {
				file.Settings = append(file.Settings, r.topSetting(at, value))
				return true
			}
			if inside := within(key, settings); len(inside) > 0 {
				r.object(value, key, func(at node, name string, value node) bool {
					s := r.topSetting(at, value)
					s.Path = key + "." + name
					file.Settings = append(file.Settings, s)
					return slices.Contains(inside, name)
				}, inside)
				return true
			}
			return strings.HasPrefix(key, "x-")
		}
		r.members(value, "webhooks", map[string]node{}, func(at node, name string, value node) {
			file.Webhooks = append(file.Webhooks, r.webhook(FormatHooktool, at, name, value))
		})
		return true
	}, append([]string{"webhooks", "validate"}, topNames(settings)...))
}

// within returns the settings of a group, such as url and project of coroot.
func within(group string, settings []string) []string {
	var inside []string
	for _, name := range settings {
		if rest, ok := strings.CutPrefix(name, group+"."); ok {
			inside = append(inside, rest)
		}
	}
	return inside
}

// topNames returns the top-level keys of settings, with groups instead of their
// members.
func topNames(settings []string) []string {
	var names []string
	for _, name := range settings {
		if top, _, _ := strings.Cut(name, "."); !slices.Contains(names, top) {
			names = append(names, top)
		}
	}
	return names
}

// projects reads Coroot's projects with their webhooks.
func (r *reader) projects(file *File, format Format, n node) {
	first := len(file.Projects)
	r.list(n, "projects", func(i int, project node) {
		file.Projects = append(file.Projects, r.project(format, fmt.Sprintf("projects[%d]", i), project))
	})
	expansions := map[string][]Expansion{}
	for _, x := range r.expansions(n, "projects") {
		project, _, _ := strings.Cut(x.Path, ".")
		expansions[project] = append(expansions[project], x)
	}
	for i := range file.Projects[first:] {
		p := &file.Projects[first+i]
		p.Expansions = expansions[p.path]
		if p.Webhook != nil {
			p.Expansions, p.Webhook.Expansions = divide(p.Expansions, p.Webhook.path)
			p.Webhook.Project = p
			file.Webhooks = append(file.Webhooks, *p.Webhook)
		}
	}
}

// divide splits expansions into those that are not below a path, and those that are.
func divide(all []Expansion, path string) (others, below []Expansion) {
	for _, x := range all {
		if strings.HasPrefix(x.Path, path+".") {
			below = append(below, x)
		} else {
			others = append(others, x)
		}
	}
	return others, below
}

func (r *reader) project(format Format, path string, n node) Project {
	p := Project{Name: path, Path: r.path, Pos: r.position(n), Format: format, index: r.index, path: path}
	var integrations node
	r.members(n, "a project", map[string]node{}, func(_ node, key string, value node) {
		switch key {
		case "name":
			if text := r.string(value, key); text != "" {
				p.Name = text
			}
		case "notificationIntegrations":
			integrations = value
		case "applicationCategories":
			r.list(value, key, func(i int, element node) { p.Categories = append(p.Categories, r.category(i, element)) })
		case "alertingRules":
			r.list(value, key, func(_ int, element node) { p.AlertRules = append(p.AlertRules, r.alertRule(element)) })
		}
	})
	baseURL := ""
	r.members(integrations, "notificationIntegrations", map[string]node{}, func(at node, key string, value node) {
		switch key {
		case "baseURL":
			baseURL = r.string(value, key)
			if baseURL == "" {
				baseURL = r.asWritten(target(value)) // a variable that is not set here
			}
		case "webhook":
			w := r.webhook(format, at, p.Name, value)
			w.path = path + ".notificationIntegrations.webhook"
			p.Webhook = &w
		}
	})
	if p.Webhook != nil {
		p.Webhook.BaseURL = baseURL
	}
	return p
}
