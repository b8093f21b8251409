package config

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Webhook is a webhook with a name.
type Webhook struct {
	Name        string
	Path        string          // the configuration file
	Pos         source.Position // of its definition
	Project     *Project        // Coroot's project that it belongs to; nil in hooktool's own configuration
	BaseURL     string          // what Coroot puts before its links; empty: unknown
	Format      Format          // of the document that it is in
	Destination string          // the name of the receiving system; empty: unknown
	Templates   map[event.Kind]Template
	Settings    []Setting   // everything except the templates, in the order of the file
	Expansions  []Expansion // what Coroot expands in its definition, in the order of the file

	path     string          // the keys that lead to it
	settings webhook.Webhook // before ${…} is replaced

	stray     map[string][]int // by the path of a setting, the offsets of unintended references in it
	likelyURL string           // with [unset] in place of variables that are not set for Coroot
	index     *source.Index
}

// Index finds lines and positions in the file that the webhook is in.
func (w Webhook) Index() *source.Index { return w.index }

// Setting is a value in the definition of a webhook, with its place.
type Setting struct {
	Path     string          // such as url, basicAuth.password, customHeaders[0].value, customFields.team
	Key      string          // the last key of the path
	Value    string          // as it is in the file, ${…} included
	Expanded string          // as Coroot reads it; the same where nothing is expanded
	Unset    bool            // a variable in it is not set for Coroot, so Expanded is incomplete
	KeyPos   source.Position // of the key
	ValuePos source.Position // of the value
}

// Known reports whether the value is known without the environment of the program that
// finally reads the file.
func (s Setting) Known() bool { return !s.Unset && !strings.Contains(s.Expanded, "${") }

// Setting returns the setting at a path.
func (w Webhook) Setting(path string) (Setting, bool) {
	for _, s := range w.Settings {
		if s.Path == path {
			return s, true
		}
	}
	return Setting{}, false
}

// Raw returns the settings without the templates: from hooktool's own configuration as
// they are in the file, including ${…}, and from all others as Coroot reads them. The
// result must not be changed.
func (w Webhook) Raw() webhook.Webhook { return w.settings }

// Template is a webhook's template for one kind: text in the configuration, or
// the path of a file.
type Template struct {
	Kind event.Kind
	Path string          // of the file, or of the configuration
	Text string          // when it is in the configuration
	Pos  source.Position // of the value in the configuration
	Key  source.Position // of the key in the configuration
	File bool            // Path is the template file; if it is set, Text is empty

	config  string                           // the configuration that names a file
	node    node                             // nil when it is empty
	layer   *layer                           // the layer that the node is in
	exp     *expansion                       // nil: nothing in it is expanded
	lookup  func(name string) (string, bool) // of Coroot's environment; nil where nothing is expanded
	written func(offset int) int             // the configuration's byte for each byte of the written text
	source  func(offset int) int             // the configuration's byte for each byte of Text; nil if unknown
	index   *source.Index                    // of the configuration
}

// Position returns where in the configuration the byte at offset in Text is, accounting
// for indentation, folding and escapes. For an alias it is at the anchor.
func (t Template) Position(offset int) source.Position {
	if t.source == nil {
		return t.Pos
	}
	return t.index.Position(t.source(offset))
}

// Shares reports whether two templates are one text of the document, to which an alias
// leads.
func (t Template) Shares(other Template) bool { return t.node != nil && t.node == other.node }

// Flows reports whether the template is in a scalar that writes a line break as
// something else: all of YAML's styles but that of a literal block.
func (t Template) Flows() bool {
	return !t.File && t.node != nil && t.node.Style&yaml.LiteralStyle == 0
}

// Index finds lines and positions in the configuration; nil for a template in
// a file of its own.
func (t Template) Index() *source.Index { return t.index }

// Read returns the text of the template. Its errors include that of Allowed.
func (t Template) Read() (string, error) {
	if !t.File {
		return t.Text, nil
	}
	if err := t.Allowed(); err != nil {
		return "", err
	}
	if root, ok := projectOf(t.config); ok {
		text, err := project.ReadFile(root, t.Path, maxTemplateSize)
		return string(text), err
	}
	text, err := limited.ReadFile(t.Path, maxTemplateSize)
	return string(text), err
}

// Allowed returns a *source.Problem if the template's file may not be read: it must be
// in the project of the configuration that names it, and be a regular file. The user's
// own configuration may name any file.
func (t Template) Allowed() error {
	if !t.File {
		return nil
	}
	err := MayName(t.config, t.Path)
	if err == nil {
		return nil
	}
	return &source.Problem{
		Path: t.config, Pos: t.Pos, Message: fmt.Sprintf("%sFile: %v", t.Kind.TemplateName(), errors.Unwrap(err)), Err: err,
		Hint: "the templates of a project are files in its repository, or else in the folder of its configuration",
	}
}

// MayName returns why a configuration may not name a file: an *fs.PathError with
// project.ErrOutside or project.ErrNotRegular.
func MayName(config, path string) error {
	root, ok := projectOf(config)
	if !ok {
		return nil
	}
	return project.Barred(root, path)
}

// projectOf returns the root of the project that must contain what a configuration names.
func projectOf(config string) (root string, ok bool) {
	path, err := filepath.Abs(config)
	if own, ownErr := UserPath(); err != nil || ownErr == nil && own == path {
		return "", false
	}
	return project.Root(filepath.Dir(path)), true
}

// Enabled reports whether events of a kind are sent.
func (w Webhook) Enabled(kind event.Kind) bool { return w.settings.Enabled(kind) }

// Resolve replaces ${NAME} and ${NAME:-default} in the URL, user, password, headers and
// custom fields using getenv, and returns the webhook ready for use, without its
// templates. $${ is an escaped ${. A variable that is not set is an error. Only
// hooktool's own configuration has variables.
func (w Webhook) Resolve(getenv func(string) string) (webhook.Webhook, error) {
	resolved := w.settings
	if w.Format != FormatHooktool {
		return resolved, nil // it was expanded when it was read
	}
	e := expander{getenv: getenv}
	resolved.URL = e.expand(resolved.URL)
	if auth := resolved.BasicAuth; auth != nil {
		resolved.BasicAuth = &webhook.BasicAuth{Username: e.expand(auth.Username), Password: e.expand(auth.Password)}
	}
	resolved.CustomHeaders = nil
	for _, header := range w.settings.CustomHeaders {
		resolved.CustomHeaders = append(resolved.CustomHeaders, webhook.Header{Key: header.Key, Value: e.expand(header.Value)})
	}
	fields, unset := w.CustomFields(getenv)
	resolved.CustomFields = fields
	if len(unset) > 0 && e.problem == "" {
		return resolved, unset[slices.Sorted(maps.Keys(unset))[0]] // the same one each time
	}
	return resolved, w.problem(e)
}

// Settled is Resolve, except that references to variables that are not set stay as they
// are.
func (w Webhook) Settled(getenv func(string) string) webhook.Webhook {
	return w.written(func(s Setting) string {
		if w.Format != FormatHooktool {
			return s.Expanded
		}
		e := expander{getenv: getenv}
		if value := e.expand(s.Value); e.problem == "" {
			return value
		}
		return s.Value
	})
}

// Without returns the webhook without its URL, its user and password, or its custom
// fields. Variables in them are then not needed.
func (w Webhook) Without(url, basicAuth, customFields bool) Webhook {
	if customFields {
		w.settings.CustomFields = nil
	}
	if url {
		w.settings.URL = ""
	}
	if basicAuth {
		w.settings.BasicAuth = nil
	}
	return w
}

// CustomFields returns the custom fields as Resolve does, without needing the variables
// that are used elsewhere. unset has an error for each field whose value is unknown
// because a variable is not set; such a value is as it is in the file.
func (w Webhook) CustomFields(getenv func(string) string) (fields map[string]string, unset map[string]error) {
	if w.Format != FormatHooktool || len(w.settings.CustomFields) == 0 {
		return w.settings.CustomFields, nil
	}
	fields, unset = map[string]string{}, map[string]error{}
	for key, text := range w.settings.CustomFields {
		e := expander{getenv: getenv}
		fields[key] = e.expand(text)
		if e.problem == "" {
			continue
		}
		fields[key] = text
		problem := &source.Problem{Path: w.Path, Pos: w.Pos, Message: fmt.Sprintf("webhook %q: the custom field %s: %s", w.Name, key, e.problem), Hint: e.hint}
		if s, ok := w.Setting("customFields." + key); ok {
			problem.Pos = s.ValuePos
		}
		unset[key] = problem
	}
	return fields, unset
}

func (w Webhook) problem(e expander) error {
	if e.problem == "" {
		return nil
	}
	return &source.Problem{Path: w.Path, Pos: w.Pos, Message: fmt.Sprintf("webhook %q: %s", w.Name, e.problem), Hint: e.hint}
}
