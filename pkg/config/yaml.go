package config

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/repeated"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/source"
)

// maxVisits bounds how many values are read from a file. Aliases and merged mappings
// can make many more of them than the file has.
const maxVisits = 300_000

// maxMerged bounds how deeply merged mappings may nest.
const maxMerged = 50

// node is a value in a YAML document; nil is null.
type node = *yaml.Node

// reader reads values from YAML and collects problems.
//
// Coroot reads its configuration with the same parser, go.yaml.in/yaml/v3 under its
// older name, so both agree on what a file says.
type reader struct {
	path      string
	layer     *layer // the text that is being read
	index     *source.Index
	shown     []byte // the file as its lines are shown in messages
	visits    int
	merged    int                // how deeply mappings are being merged
	effective map[node]effective // for copies of the file's nodes
	problems  []error
	told      repeated.Counter // counts the problems of each kind
	unknown   int              // counts unknown keys

	env     Environment
	compose bool              // the document is a Docker Compose file
	own     map[string]string // what the file itself sets in Coroot's environment
}

func newReader(path string, data []byte) *reader {
	return &reader{
		path: path, layer: newLayer(data, func(offset int) int { return offset }),
		index: source.NewIndex(string(data)), shown: data, effective: map[node]effective{},
	}
}

func (r *reader) lookup(name string) (string, bool) { return r.env.lookup(r.own, name) }

// add records a problem, unless there are already many of its kind.
func (r *reader) add(p *source.Problem) {
	if r.told.Tell("", p.Message) {
		r.problems = append(r.problems, p)
	}
}

// failure joins the problems; it is nil when there are none.
func (r *reader) failure() error {
	for _, rest := range r.told.Rest() {
		r.problems = append(r.problems, &source.Problem{Path: r.path, Pos: source.Position{Line: 1, Column: 1}, Message: rest.Message()})
	}
	return errors.Join(r.problems...)
}

// position returns where a node begins.
func (r *reader) position(n node) source.Position {
	if n == nil || n.Line == 0 {
		return source.Position{}
	}
	return r.index.Position(r.layer.offset(n))
}

func (r *reader) problem(at node, hint, format string, args ...any) {
	r.add(&source.Problem{Path: r.path, Pos: r.position(at), Message: fmt.Sprintf(format, args...), Hint: hint})
}

// visit counts a value that is read, and reports whether more may follow.
func (r *reader) visit(at node) bool {
	r.visits++
	if r.visits == maxVisits {
		r.problem(at, "", "aliases and merged mappings make this file too large to read")
	}
	return r.visits < maxVisits
}

// resolve follows an alias. Null becomes nil.
func (r *reader) resolve(n node) node {
	if n != nil && n.Kind == yaml.AliasNode {
		r.layer.followed[r.written(n)] = true
		n = n.Alias
	}
	if n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" {
		return nil
	}
	return n
}

// object calls read for each key of a mapping. If read does not know the key it returns
// false, and the message suggests one of known.
func (r *reader) object(n node, what string, read func(at node, key string, value node) bool, known []string) {
	r.members(n, what, map[string]node{}, func(at node, key string, value node) {
		if read(at, key, value) {
			return
		}
		hint := ""
		if r.unknown++; r.unknown <= repeated.Most {
			hint = words.Suggest(key, known, "the keys are "+strings.Join(known, ", "))
		}
		r.problem(at, hint, "unknown key %q", key)
	})
}

// shapes are hints about the settings of a webhook that other tools write in another
// shape.
var shapes = map[string]string{
	"customHeaders": "write a list of headers: [{key: X-Name, value: text}]",
	"a header":      "write {key: X-Name, value: text}",
	"customFields":  "write {name: text}, not a list of keys and values",
	"webhooks":      "write the name of each webhook as its key: {name: {url: …}}",
	"rules":         "write the severity after each rule: {length-limit: off}",
	"paths":         "write the rules after each pattern: {legacy/**: {length-limit: off}}",
	"basicAuth":     "write {username: name, password: text}; Coroot's API calls the first user",
}

// members calls visit for each key of a mapping, including those of merged mappings
// unless they are overridden.
func (r *reader) members(n node, what string, seen map[string]node, visit func(at node, key string, value node)) {
	m := r.resolve(n)
	if m == nil || !r.visit(n) {
		return
	}
	if m.Kind != yaml.MappingNode {
		r.problem(n, shapes[what], "%s must be a mapping of keys to values, not %s", what, typeName(m))
		return
	}
	own := map[string]node{}
	var merged []node
	for i := 0; i+1 < len(m.Content); i += 2 {
		at, value := m.Content[i], m.Content[i+1]
		if !r.visit(at) {
			return
		}
		if at.ShortTag() == "!!merge" {
			merged = append(merged, value)
			continue
		}
		if first := own[at.Value]; first != nil {
			r.problem(at, "", "the key %q appears twice, first at %s", at.Value, r.position(first))
			continue
		}
		own[at.Value] = at
		if seen[at.Value] == nil {
			seen[at.Value] = at
			visit(at, at.Value, value)
		}
	}
	for _, other := range merged {
		r.merge(other, what, seen, visit)
	}
}

// merge visits the keys of what is merged with <<: a mapping, or a list of them.
func (r *reader) merge(n node, what string, seen map[string]node, visit func(at node, key string, value node)) {
	if r.merged >= maxMerged {
		if r.visits < maxVisits {
			r.problem(n, "", "mappings are merged too deeply here, or one with itself")
			r.visits = maxVisits
		}
		return
	}
	r.merged++
	defer func() { r.merged-- }()
	resolved := r.resolve(n)
	if resolved == nil || resolved.Kind != yaml.SequenceNode {
		r.members(n, what, seen, visit)
		return
	}
	for _, element := range resolved.Content {
		if !r.visit(element) {
			return
		}
		r.members(element, what, seen, visit)
	}
}

// list calls read for each element of a sequence.
func (r *reader) list(n node, what string, read func(i int, element node)) {
	switch v := r.resolve(n); {
	case v == nil:
	case v.Kind == yaml.SequenceNode:
		for i, element := range v.Content {
			if !r.visit(element) {
				return
			}
			read(i, element)
		}
	default:
		r.problem(n, shapes[what], "%s must be a list, not %s", what, typeName(v))
	}
}

// string reads text. A number or a boolean where text is expected is taken as it is
// written.
func (r *reader) string(n node, what string) string {
	switch v := r.resolve(n); {
	case v == nil:
	case v.Kind == yaml.ScalarNode:
		return v.Value
	default:
		r.problem(n, "", "%s must be text, not %s", what, typeName(v))
	}
	return ""
}

func (r *reader) bool(n node, what string) bool {
	v := r.resolve(n)
	if v == nil {
		return false
	}
	if v.Kind == yaml.ScalarNode && v.ShortTag() == "!!bool" {
		return strings.EqualFold(v.Value, "true")
	}
	hint := ""
	if v.Kind == yaml.ScalarNode {
		if _, err := strconv.ParseBool(v.Value); err == nil || strings.EqualFold(v.Value, "yes") || strings.EqualFold(v.Value, "no") {
			hint = "write true or false, without quotes"
		}
	}
	r.problem(n, hint, "%s must be true or false, not %s", what, typeName(v))
	return false
}

func typeName(n node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!bool":
		return "true or false"
	case "!!int", "!!float":
		return "a number"
	}
	return "text"
}
