package config

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/pkg/source"
)

// nestedDepth bounds how deep values of a chart are searched for: in an Argo CD
// resource they are at spec.sources[].helm.valuesObject, below the chart's name.
const nestedDepth = 10

// maxLayers bounds how deeply YAML may be nested in YAML.
const maxLayers = 3

// nested looks for projects below other keys, as in values for a chart that contains
// Coroot's, or in a HelmRelease, and for YAML in text, as in a ConfigMap or in Argo
// CD's helm.values. It follows no aliases. secret is the mapping whose texts are
// base64, or nil.
func (r *reader) nested(file *File, n node, settings []string, secret node, depth int) bool {
	if n == nil || depth > nestedDepth || !r.visit(n) {
		return false
	}
	known := false
	if n.Kind == yaml.SequenceNode {
		for _, child := range n.Content {
			known = r.nested(file, child, settings, secret, depth+1) || known
		}
	}
	if n.Kind != yaml.MappingNode {
		return known
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		switch {
		case key == "projects" && depth > 0 && r.hasProject(value):
			r.withOwn(n, func() { r.projects(file, FormatHelm, r.expandTree(value, nil)) })
			known = true
		case value.Kind == yaml.ScalarNode:
			known = r.text(file, key, value, settings, n == secret) || known
		default:
			known = r.nested(file, value, settings, secret, depth+1) || known
		}
	}
	return known
}

// secretData returns the mapping of a Kubernetes Secret whose values are base64.
func (r *reader) secretData(doc node) node {
	if r.scalarValue(doc, "kind") == "Secret" && r.scalarValue(doc, "apiVersion") == "v1" {
		return r.child(doc, "data")
	}
	return nil
}

// text reads a scalar that holds YAML with projects in it.
func (r *reader) text(file *File, key string, n node, settings []string, encoded bool) bool {
	inner := n.Value
	var interpolated *expansion
	if r.compose && key == "content" {
		var bad int
		if interpolated, bad = interpolate(inner, r.env); interpolated == nil {
			return looksLikeProjects(inner) && r.refusedByCompose(n, bad)
		}
		inner = interpolated.text
	}
	if encoded {
		decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(inner), ""))
		if err != nil {
			return false
		}
		inner = string(decoded)
	}
	if !looksLikeProjects(inner) || r.layer.depth() >= maxLayers {
		return false
	}
	outer := r.layer
	defer func() { r.layer = outer }()
	r.layer = r.inner(n, inner, encoded)
	if interpolated != nil {
		locate := r.layer.locate
		r.layer.locate = func(offset int) int { return locate(interpolated.source(offset)) }
		r.layer.encode = interpolated.write
	}
	r.layer.values = isValuesKey(key)
	return r.read(file, settings)
}

// refusedByCompose reports a $ that Compose does not take.
func (r *reader) refusedByCompose(n node, at int) bool {
	pos := r.position(n)
	if scalar, ok := r.layer.text.Scalar(n); ok {
		pos = r.index.Position(r.layer.locate(scalar.Source(at)))
	}
	r.add(&source.Problem{Path: r.path, Pos: pos, Message: "Docker Compose reads this $ as the beginning of one of its own variables, and cannot parse it", Hint: "write $$ for a $ that Coroot must see"})
	return true
}

// looksLikeProjects checks cheaply whether a text may be YAML with Coroot's projects.
func looksLikeProjects(text string) bool {
	return strings.Contains(text, "projects") && strings.Contains(text, "\n") &&
		(strings.Contains(text, "notificationIntegrations") || strings.Contains(text, "alertingRules"))
}

// isValuesKey recognises the keys that hold Helm values as text: helm.values of Argo
// CD, and the usual keys of a ConfigMap or Secret for valuesFrom of Flux.
func isValuesKey(key string) bool {
	return slices.Contains([]string{"values", "values.yaml", "values.yml"}, key)
}

// inner makes the layer of a scalar's text.
func (r *reader) inner(n node, text string, encoded bool) *layer {
	outer := r.layer
	start := outer.offset(n)
	locate := func(int) int { return start }
	if scalar, ok := outer.text.Scalar(n); ok && !encoded {
		locate = func(offset int) int { return outer.locate(scalar.Source(offset)) }
	}
	l := newLayer([]byte(text), locate)
	l.in, l.at, l.frozen = outer, n, outer.frozen
	if encoded {
		r.hide(n)
		l.encode = func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	}
	return l
}

// hide replaces a scalar by asterisks in the lines that are shown: it is a secret that
// nothing would recognise as one.
func (r *reader) hide(n node) {
	scalar, ok := r.layer.text.Scalar(n)
	if !ok {
		return
	}
	start, end := r.layer.locate(scalar.Source(0)), r.layer.locate(scalar.Source(len(scalar.Text)))
	shown := bytes.Clone(r.shown)
	for i := start; i < end && i < len(shown); i++ {
		if shown[i] > ' ' {
			shown[i] = '*'
		}
	}
	r.shown, r.index = shown, source.NewIndex(string(shown))
}

// withOwn calls read with the environment that a resource's spec, or the values of its
// chart, define for Coroot.
func (r *reader) withOwn(spec node, read func()) {
	outer := r.own
	r.own = map[string]string{}
	for name, value := range outer {
		r.own[name] = value
	}
	for _, variable := range content(r.child(spec, "env")) {
		if value := r.child(variable, "value"); value != nil && value.Kind == yaml.ScalarNode {
			r.own[r.scalarValue(variable, "name")] = value.Value
		}
	}
	read()
	r.own = outer
}
