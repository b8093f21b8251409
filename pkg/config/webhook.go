package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Webhook is a webhook under a name.
type Webhook struct {
	Name        string
	Path        string          // the configuration file
	Pos         source.Position // of its definition
	Project     *Project        // Coroot's, that it belongs to; nil in hooktool's own configuration
	BaseURL     string          // what Coroot puts before its links; empty: not said
	Format      Format          // of the document that it is in
	Destination string          // the name of the receiving system; empty: not said
	Templates   map[event.Kind]Template
	Settings    []Setting   // all but the templates, in the order of the file
	Expansions  []Expansion // what Coroot expands in its definition, in the order of the file

	path     string          // the keys that lead to it
	settings webhook.Webhook // before ${…} is replaced

	stray     map[string][]int // by the path of a setting, where in it references begin that nobody meant
	likelyURL string           // with [unset] in the place of variables that are not set for Coroot
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
	Unset    bool            // a variable in it is not set for Coroot, so that Expanded lacks something
	KeyPos   source.Position // of the key
	ValuePos source.Position // of the value
}

// Known reports whether the value is known without the environment of whoever
// reads the file in the end.
func (s Setting) Known() bool { return !s.Unset && !strings.Contains(s.Expanded, "${") }

// Setting returns the setting with a path.
func (w Webhook) Setting(path string) (Setting, bool) {
	for _, s := range w.Settings {
		if s.Path == path {
			return s, true
		}
	}
	return Setting{}, false
}

// Raw returns the settings without the templates: of hooktool's own
// configuration as they are in the file, ${…} included, and of all others as
// Coroot reads them. It must not be changed.
func (w Webhook) Raw() webhook.Webhook { return w.settings }

// Template is a webhook's template for one kind: text in the configuration, or
// the path of a file.
type Template struct {
	Kind event.Kind
	Path string          // of the file, or of the configuration
	Text string          // when it is in the configuration
	Pos  source.Position // of the value in the configuration
	Key  source.Position // of the key in the configuration
	File bool            // Path is that of a template file, and Text is empty

	config  string                           // the configuration that names a file
	node    node                             // nil when it is empty
	layer   *layer                           // that the node is in
	exp     *expansion                       // nil: nothing in it is expanded
	lookup  func(name string) (string, bool) // of Coroot's environment; nil where nothing is expanded
	written func(offset int) int             // the byte of the configuration for one of the text as it is written
	source  func(offset int) int             // the byte of the configuration for one of Text; nil when they could not be found
	index   *source.Index                    // of the configuration
}

// Position returns where the byte at offset in Text is in the
// configuration: after indentation, folding and escapes, and for an alias at
// its anchor.
func (t Template) Position(offset int) source.Position {
	if t.source == nil {
		return t.Pos
	}
	return t.index.Position(t.source(offset))
}

// Index finds lines and positions in the configuration; nil for a template in
// a file of its own.
func (t Template) Index() *source.Index { return t.index }

// Read returns the text of the template. The error of Allowed is one of its
// errors.
func (t Template) Read() (string, error) {
	if !t.File {
		return t.Text, nil
	}
	if err := t.Allowed(); err != nil {
		return "", err
	}
	if root, ok := t.project(); ok {
		text, err := project.ReadFile(root, t.Path, maxTemplateSize)
		return string(text), err
	}
	text, err := limited.ReadFile(t.Path, maxTemplateSize)
	return string(text), err
}

// Allowed returns a *source.Problem when the template's file may not be read: it
// must lie in the project of the configuration that names it, and be an ordinary
// file. The user's own configuration may name any file.
func (t Template) Allowed() error {
	root, ok := t.project()
	if !t.File || !ok {
		return nil
	}
	_, err := project.Inside(root, t.Path)
	if !errors.Is(err, project.ErrOutside) && !errors.Is(err, project.ErrNotRegular) {
		return nil // whatever else is wrong tells who reads it
	}
	return &source.Problem{
		Path: t.config, Pos: t.Pos, Message: fmt.Sprintf("%sFile: %v", t.Kind.TemplateName(), errors.Unwrap(err)), Err: err,
		Hint: "the templates of a project are files in its repository, or else in the folder of its configuration",
	}
}

// project returns the root of the project in which the template's file must lie.
func (t Template) project() (root string, ok bool) {
	path, err := filepath.Abs(t.config)
	if own, ownErr := UserPath(); err != nil || ownErr == nil && own == path {
		return "", false
	}
	return project.Root(filepath.Dir(path)), true
}

// Enabled reports whether events of a kind are sent.
func (w Webhook) Enabled(kind event.Kind) bool { return w.settings.Enabled(kind) }

// Resolve replaces ${NAME} and ${NAME:-default} in the URL, in user and
// password, in headers and in custom fields by what getenv says, and returns
// the webhook ready for use, without its templates. $${ stands for ${ itself.
// A variable that is not set is an error. Only hooktool's own configuration has
// variables.
func (w Webhook) Resolve(getenv func(string) string) (webhook.Webhook, error) {
	resolved := w.settings
	if w.Format != FormatHooktool {
		return resolved, nil // expanded when it was read
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
	resolved.CustomFields = e.expandAll(w.settings.CustomFields)
	return resolved, w.problem(e)
}

// Settled is Resolve, but for variables that are not set: the ${NAME} of a setting
// stays in its place.
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

// Without returns the webhook without its URL or without its user and password,
// for what takes their place. Variables in them are then not asked for.
func (w Webhook) Without(url, basicAuth bool) Webhook {
	if url {
		w.settings.URL = ""
	}
	if basicAuth {
		w.settings.BasicAuth = nil
	}
	return w
}

// CustomFields returns the custom fields as Resolve does, without a need for
// the variables that are elsewhere.
func (w Webhook) CustomFields(getenv func(string) string) (map[string]string, error) {
	if w.Format != FormatHooktool {
		return w.settings.CustomFields, nil
	}
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
