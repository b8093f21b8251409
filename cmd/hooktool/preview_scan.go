package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// workspace gives the page what it shows.
func (o *previewOptions) workspace() (page.Workspace, error) {
	changes, err := o.changes(nil)
	if err != nil {
		return page.Workspace{}, err
	}
	scanner := &scanner{options: o, changes: changes}
	return page.Workspace{
		Scan:   scanner.scan,
		Detect: scanner.detect,
		Check: func(ctx context.Context, t workspace.Template) lint.Result {
			return lint.Check(ctx, t, lint.Options{Now: o.app.now()})
		},
		Fix:         repair,
		Limits:      o.limits,
		ShowSecrets: o.app.showSecrets,
	}, nil
}

// repair makes the JSON of a template safe.
func repair(ctx context.Context, t workspace.Template) (string, error) {
	result, err := rewrite.Fix(ctx, t.Kind, t.Text, rewrite.Options{CustomFields: t.CustomFields})
	if err != nil {
		return "", rewrite.Problem("", t.Text, err)
	}
	return result.Text, nil
}

// scanner finds the templates that the page lists.
type scanner struct {
	options *previewOptions
	changes changes
}

// found collects what a scan finds.
type found struct {
	page.Scan
	seen map[string]bool // template files
}

func (s *scanner) scan(context.Context) page.Scan {
	f := &found{seen: map[string]bool{}}
	f.Change = s.changes.apply
	o := s.options
	switch {
	case o.template != "":
		s.path(f, o.template)
	case o.webhook != "":
		s.webhook(f, o.webhook)
	default:
		for _, name := range o.app.webhookNames() {
			s.webhook(f, name)
		}
		s.folder(f, ".")
	}
	for _, path := range o.events {
		f.Files = append(f.Files, path)
		if err := s.events(f, path); err != nil {
			f.Err = errors.Join(f.Err, err)
		}
	}
	return f.Scan
}

// path lists what the user named: a folder, a file with webhooks, a template.
func (s *scanner) path(f *found, path string) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		s.folder(f, path)
	case isYAML(path):
		s.documents(f, path)
	default:
		s.file(f, path)
	}
}

// folder lists the templates in a folder and below it, and those in its YAML
// files.
func (s *scanner) folder(f *found, dir string) {
	f.watchFolders(dir)
	paths, err := findTemplates(dir)
	f.Err = errors.Join(f.Err, err)
	for _, path := range paths {
		s.file(f, path)
	}
	entries, err := os.ReadDir(dir)
	f.Err = errors.Join(f.Err, err)
	for _, entry := range entries {
		if path := filepath.Join(dir, entry.Name()); entry.Type().IsRegular() && isYAML(path) && entry.Name() != config.FileName {
			s.documents(f, path)
		}
	}
}

// mostFolders bounds how many folders are watched for new templates.
const mostFolders = 500

// watchFolders watches a folder and those below it for files that are new.
func (f *found) watchFolders(dir string) {
	n := 0
	// What cannot be read cannot be watched either.
	_ = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || !entry.IsDir():
			return nil
		case path != dir && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "node_modules"):
			return fs.SkipDir
		case n == mostFolders:
			return fs.SkipAll
		}
		n++
		f.Files = append(f.Files, filepath.Join(path, "*"))
		return nil
	})
}

// file lists a template file.
func (s *scanner) file(f *found, path string) {
	f.Files = append(f.Files, path)
	if f.seen[path] {
		return
	}
	f.seen[path] = true
	t := page.Template{ID: path, Group: filepath.Dir(path), Title: filepath.Base(path)}
	t.Path, t.CustomFields = path, s.changes.customFields
	source, err := s.options.app.readTemplate(path)
	if err == nil {
		if t.Kind, err = s.options.resolveKind(source.kind); err == nil && t.Kind == "" {
			err = errNoKind(path)
		}
	}
	t.Text, t.Err = source.text, pageError(err)
	if err == nil {
		t.Name = t.Kind.TemplateName()
		t.Destination = s.options.destination
		t.Save = func(text string) error {
			return pageError(replaceFile(path, []byte(source.text), []byte(text)))
		}
	}
	f.Templates = append(f.Templates, t)
}

// documents lists the webhooks in a YAML file. One that defines none, as most do,
// is passed over.
func (s *scanner) documents(f *found, path string) {
	f.Files = append(f.Files, path)
	data, err := s.options.app.readAll(path, maxTemplateSize)
	if err != nil {
		f.Err = errors.Join(f.Err, err)
		return
	}
	if !bytes.Contains(data, []byte("Template")) {
		return
	}
	file, err := config.ParseDocuments(path, data, nil, config.WithEnvironment(s.options.app.environment()))
	if err != nil {
		if !errors.Is(err, config.ErrNoWebhooks) {
			f.Err = errors.Join(f.Err, err)
		}
		return
	}
	for _, hook := range file.Webhooks {
		s.webhookTemplates(f, file, data, hook)
	}
}

// webhook lists the templates of a webhook of the configuration.
func (s *scanner) webhook(f *found, name string) {
	hook, err := s.options.app.webhook(name)
	if err != nil {
		f.Err = errors.Join(f.Err, err)
		return
	}
	// It is read anew, because the file may have changed since the start.
	data, err := s.options.app.readAll(hook.Path, maxTemplateSize)
	if err != nil {
		f.Err = errors.Join(f.Err, err)
		return
	}
	f.Files = append(f.Files, hook.Path)
	file, err := config.Parse(hook.Path, data, s.options.settings)
	if err != nil {
		f.Err = errors.Join(f.Err, err)
		return
	}
	for _, hook := range file.Webhooks {
		if hook.Name == name {
			s.webhookTemplates(f, file, data, hook)
		}
	}
}

func (s *scanner) webhookTemplates(f *found, file *config.File, data []byte, hook config.Webhook) {
	for _, kind := range event.Kinds() {
		if in, ok := hook.Templates[kind]; ok {
			f.Files = append(f.Files, in.Path)
			f.seen[in.Path] = f.seen[in.Path] || in.File
			f.Templates = append(f.Templates, s.webhookTemplate(file, data, hook, in, kind))
		}
	}
}

func (s *scanner) webhookTemplate(file *config.File, data []byte, hook config.Webhook, in config.Template, kind event.Kind) page.Template {
	t := page.Template{ID: hook.Path + "#" + hook.Name + "." + kind.TemplateName(), Group: hook.Name + " in " + hook.Path, Title: kind.TemplateName()}
	t.Path, t.Name, t.Kind = in.Path, kind.TemplateName(), kind
	t.Destination = s.options.destination
	if t.Destination == "" {
		t.Destination = hook.Destination
	}
	text, err := in.Read()
	fields, fieldsErr := hook.CustomFields(s.options.app.getenv)
	t.Text, t.Err = text, pageError(errors.Join(err, fieldsErr))
	t.CustomFields = fields
	if len(s.changes.customFields) > 0 {
		t.CustomFields = s.changes.customFields
	}
	if in.File {
		t.Save = func(changed string) error {
			return pageError(replaceFile(in.Path, []byte(text), []byte(changed)))
		}
		return t
	}
	t.File, t.Locate = in.Index(), in.Position
	t.Save = func(changed string) error {
		after, err := file.Apply(config.Change{Template: in, Text: changed})
		if err != nil {
			return pageError(err)
		}
		return pageError(replaceFile(hook.Path, data, after))
	}
	return t
}

// events reads the user's own events.
func (s *scanner) events(f *found, path string) error {
	r, err := s.options.app.open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	decoder := event.NewDecoder(r, path)
	for n := 1; n <= mostEvents; n++ {
		doc, err := decoder.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		kind, err := doc.DetectKind()
		if err != nil {
			return err
		}
		ev, _, err := doc.Decode(kind)
		if err != nil {
			return err
		}
		if err := s.changes.apply(&ev); err != nil {
			return err
		}
		f.Events = append(f.Events, page.Sample{Name: eventName(path, n), Doc: "of your own", Event: ev})
	}
	return nil
}

// mostEvents bounds how many events of a file the page offers.
const mostEvents = 50

// detect tells the destination of a template.
func (s *scanner) detect(t page.Template, body []byte) (*destination.Destination, error) {
	d, _, err := catalog.Detect(catalog.Hints{
		Name: s.options.destination, Template: t.Text, Configured: t.Destination, Path: t.Path, Body: body,
	})
	return d, err
}

// pageError words an error as the command line does, for the page.
func pageError(err error) error {
	if err == nil {
		return nil
	}
	return source.ProblemOf(err)
}
