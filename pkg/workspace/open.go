package workspace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// StdinName is the name of standard input in messages.
const StdinName = "<stdin>"

// Shown returns the name of a path in messages, which differs for "-", standard input.
func Shown(path string) string {
	if path == "-" {
		return StdinName
	}
	return path
}

// Contents is what was read from a source.
type Contents struct {
	// Webhooks are the webhooks that are defined here.
	Webhooks []Webhook
	// Projects are Coroot's projects that are defined here, or that the webhooks belong
	// to.
	Projects []*config.Project
	// Templates are those in the source, and those in files that its webhooks name. The
	// kind of a template without Err is known.
	Templates []Template

	document *file // the file that was named or found; nil for a template and for webhooks of the configuration
}

// Webhook is the definition of a webhook, with the problems that its reader found.
type Webhook struct {
	config.Webhook
	Problems error // joins a *source.Problem for each
}

// file is a file that was read.
type file struct {
	path   string // as the user wrote it; "-" is standard input
	name   string // for messages
	data   []byte
	config *config.File // nil for a template
	err    error        // the problems of its webhooks
}

// Open reads a source. Its errors are about this source alone.
func (w *Workspace) Open(s *Source) (Contents, error) {
	switch {
	case s.err != nil:
		return Contents{}, s.err
	case s.hook != nil:
		c := w.fromWebhooks(w.configured(s.hook.Path), Webhook{Webhook: *s.hook})
		if s.hook.Project != nil {
			c.Projects = append(c.Projects, s.hook.Project)
		}
		return c, nil
	case s.read != nil && s.read.config != nil:
		return w.fromDocument(s.read)
	}
	read, err := s.read, error(nil)
	if read == nil {
		read, err = w.look(s.Path)
	}
	if err != nil {
		return Contents{}, err
	}
	w.want(read)
	if w.isDocument(read) {
		return w.fromDocument(w.parse(read.path, read.name, read.data))
	}
	if len(w.o.Webhooks) == 0 && HoldsEvents(read.data) {
		return Contents{}, &Error{
			Path: read.name, Usage: true, Err: errEvents,
			Hint: "give a template before it, or the webhook that has one; validate and preview also take events with --events",
		}
	}
	return w.fromFile(read)
}

// HoldsEvents reports whether a file consists of events, rather than being a template.
// An event that lacks something does not count.
func HoldsEvents(data []byte) bool {
	if bytes.Contains(data, []byte("{{")) {
		return false
	}
	first, err := event.NewDecoder(bytes.NewReader(data), "").Next()
	if err != nil {
		return false
	}
	kind, err := first.DetectKind("")
	if err != nil {
		return false
	}
	_, warnings, err := first.Decode(kind)
	return err == nil && len(warnings) == 0
}

// configured returns a file of the configuration.
func (w *Workspace) configured(path string) *file {
	for _, c := range w.o.Configs {
		if c.Path == path {
			return &file{path: path, name: path, data: c.Data(), config: c}
		}
	}
	return nil
}

// read reads a file or standard input that is wanted.
func (w *Workspace) read(path string) (*file, error) {
	f, err := w.look(path)
	if err == nil {
		w.want(f)
	}
	return f, err
}

// want tells of a file that was read, before anything is said about it.
func (w *Workspace) want(f *file) {
	if w.o.Read != nil {
		w.o.Read(f.data)
	}
}

// look reads a file that may turn out to be unwanted.
func (w *Workspace) look(path string) (*file, error) {
	f := &file{path: path, name: Shown(path)}
	var err error
	if path == "-" {
		if w.o.StdinName != "" {
			f.name = w.o.StdinName
		}
		f.data, err = readAll(w.o.Stdin, f.name)
	} else {
		f.data, err = w.o.Files.ReadFile(path, maxTemplateSize)
	}
	if err != nil {
		return nil, err
	}
	if err := badEncoding(f); err != nil {
		return nil, err
	}
	if bytes.IndexByte(f.data, 0) >= 0 {
		return nil, badFile(f.name, "a template is a text file", "%w", errBinary)
	}
	return f, nil
}

// badEncoding reports a file whose text cannot be read; nil if it can.
func badEncoding(f *file) error {
	if p := source.UTF16(f.name, f.data); p != nil {
		return badFile(f.name, p.Hint, "%s", p.Message)
	}
	return nil
}

func readAll(r io.Reader, name string) ([]byte, error) {
	if r == nil {
		r = strings.NewReader("")
	}
	data, err := limited.Read(r, maxTemplateSize)
	if err != nil {
		return nil, badFile(name, "", "%w", err)
	}
	return data, nil
}

// isDocument reports whether a file holds webhooks rather than a template. It goes by
// the name; for JSON, and for standard input without a name, by the contents.
func (w *Workspace) isDocument(f *file) bool {
	json := strings.EqualFold(filepath.Ext(f.name), ".json")
	if !json && (f.name != StdinName || w.o.Kind != "") {
		return IsYAML(f.name)
	}
	doc, _ := config.ParseDocuments(f.name, f.data, w.o.Settings(), config.WithEnvironment(w.o.Coroot))
	return len(doc.Webhooks)+len(doc.Projects) > 0
}

func (w *Workspace) parse(path, name string, data []byte) *file {
	f := &file{path: path, name: name, data: data}
	f.config, f.err = config.ParseDocuments(name, data, w.o.Settings(), config.WithEnvironment(w.o.Coroot))
	if f.config == nil {
		f.config = &config.File{Path: name}
	}
	return f
}

// fromDocument returns the webhooks of a YAML file that are meant. Problems in the
// definitions are given to the first of them.
func (w *Workspace) fromDocument(f *file) (Contents, error) {
	if err := badEncoding(f); err != nil {
		return Contents{}, err
	}
	if len(f.config.Webhooks) == 0 && f.err != nil {
		if errors.Is(f.err, config.ErrNoWebhooks) {
			return Contents{}, badFile(f.name, "give a template, or a file with webhooks: hooktool's or Coroot's configuration, the operator's resource, Helm values", "%w", f.err)
		}
		return Contents{}, &Error{Usage: true, Err: f.err}
	}
	if w.o.Found != nil {
		for _, hook := range f.config.Webhooks { // secrets of others are shown no more than its own
			w.o.Found(hook)
		}
	}
	meant := w.meantIn(f)
	if len(meant) == 0 && len(f.config.Webhooks) > 0 {
		return Contents{}, w.noneIn(f.name)
	}
	var hooks []Webhook
	for i, hook := range meant {
		h := Webhook{Webhook: hook}
		if i == 0 {
			h.Problems = f.err
		}
		hooks = append(hooks, h)
	}
	c := w.fromWebhooks(f, hooks...)
	c.document = f
	for i := range f.config.Projects {
		c.Projects = append(c.Projects, &f.config.Projects[i])
	}
	return c, nil
}

// fromWebhooks returns the templates of webhooks. The file that defines them may be
// nil.
func (w *Workspace) fromWebhooks(f *file, hooks ...Webhook) Contents {
	c := Contents{Webhooks: hooks}
	for _, hook := range hooks {
		for _, kind := range event.Kinds() {
			if t, ok := hook.Templates[kind]; ok && (w.o.Kind == "" || w.o.Kind == kind) {
				c.Templates = append(c.Templates, w.fromKey(f, hook.Webhook, t))
			}
		}
	}
	return c
}

// fromKey returns the template under a key of a webhook.
func (w *Workspace) fromKey(f *file, hook config.Webhook, stored config.Template) Template {
	t := Template{Path: stored.Path, Destination: w.o.Destination, stored: stored, file: f}
	w.belong(&t, hook)
	if !stored.File {
		t.Text, t.File, t.Locate = stored.Text, stored.Index(), stored.Position
		w.tellKind(&t, stored.Kind)
		return t
	}
	if err := stored.Allowed(); err != nil {
		t.Name, t.Kind, t.KindBy, t.Err = stored.Kind.TemplateName(), stored.Kind, KindByKey, &Error{Usage: true, Err: err}
		return t
	}
	w.follow(stored.Path)
	read, err := w.read(stored.Path)
	if err != nil {
		t.Name, t.Kind, t.KindBy, t.Err = stored.Kind.TemplateName(), stored.Kind, KindByKey, namedIn(hook, stored, err)
		return t
	}
	t.Text, t.file = string(read.data), read
	w.tellKind(&t, stored.Kind)
	return t
}

// namedIn adds the line of the configuration that names a file that cannot be read.
func namedIn(hook config.Webhook, t config.Template, err error) error {
	hint := fmt.Sprintf("it is named in %s:%s, as %sFile of the webhook %q", hook.Path, t.Pos, t.Kind.TemplateName(), hook.Name)
	var own *Error
	if errors.As(err, &own) {
		err = own.Err
	}
	return &Error{Path: t.Path, Hint: hint, Err: err}
}

// fromFile returns the templates of a template file: one, or one for each webhook and
// kind that uses it.
func (w *Workspace) fromFile(f *file) (Contents, error) {
	owners, err := w.chosen(f.name)
	if err != nil {
		return Contents{}, err
	}
	var c Contents
	for _, o := range owners {
		t := Template{Path: f.name, Text: string(f.data), Destination: w.o.Destination, CustomFields: w.o.CustomFields, file: f}
		if o.hook.Name != "" {
			w.belong(&t, o.hook)
		}
		w.tellKind(&t, o.kind)
		c.Templates = append(c.Templates, t)
	}
	return c, nil
}

// tellKind sets the kind of a template, or the error if nothing says it. It is called
// when the text is known.
func (w *Workspace) tellKind(t *Template, key event.Kind) {
	var err error
	t.Kind, t.KindBy, err = DetectKind(KindHints{Said: w.o.Kind, Text: t.Text, Key: key, Path: t.Path})
	switch {
	case err != nil:
		t.Err = &Error{Path: t.Path, Usage: true, Err: t.atComment("type", err)}
	case t.Kind == "":
		t.Err = noKind(t.Path)
	default:
		t.Name = t.Kind.TemplateName()
	}
	if key != "" {
		t.Name = key.TemplateName()
	}
	t.needs()
}
