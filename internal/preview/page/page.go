// Package page shows previews in a browser: a live page that follows files as they are
// saved, and exported pages to keep or to attach to a pull request.
//
// The page is drawn here, on the server, by html/template; its script only requests
// parts of it again. Everything that it needs is embedded. Nothing that comes from a
// template or an event can run in it, or load anything from elsewhere: the page's
// templates escape, URLs are checked, and a content security policy would stop what got
// through.
package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Workspace is what the page shows. Its functions are called from several goroutines.
type Workspace struct {
	// Open returns the finder of templates for the present files and configuration, and
	// any other problem, such as a configuration that cannot be read.
	Open func() (*workspace.Workspace, error)
	// Paths are where to look for templates; see workspace.Find.
	Paths []string
	// Events are files with the user's own events, which OpenEvents opens.
	Events     []string
	OpenEvents func(path string) (io.ReadCloser, error)
	// Change changes events as the user asked; nil: they stay.
	Change func(*event.Event) error
	// Heading returns how a template is listed; nil: by its webhook or folder.
	Heading func(t *workspace.Template) Heading
	// Save writes a template back to its place; nil: nothing can be saved.
	Save workspace.Writer
	// Brief uses fewer made-up events for finding mistakes and repairs.
	Brief bool
	// Limits bound each rendering.
	Limits webhook.Limits
	// Hide masks in a body what is secret in this run; nil: nothing is.
	Hide func(body []byte) []byte
	// ShowSecrets leaves secrets in the body as sent.
	ShowSecrets bool
}

// Heading is how a template is listed.
type Heading struct {
	Group string // a folder, or a webhook
	Title string // its name under that heading
	Clean bool   // it is known to be free of mistakes, and is not checked for its mark in the list
}

// Sample is an event to try.
type Sample struct {
	Name string
	Doc  string
	event.Event
}

// Scan is the result of a search.
type Scan struct {
	Templates []workspace.Template
	Files     []string // to watch
	Err       error    // other problems

	events []Sample
	change func(*event.Event) error
}

// Scan searches the workspace as it is now.
func (w Workspace) Scan() Scan {
	files, err := w.Open()
	found := Scan{change: w.Change}
	errs := []error{err}
	sources, err := files.Find(w.Paths...)
	errs = append(errs, err)
	for _, source := range sources {
		contents, err := files.Open(source)
		errs = append(errs, err)
		for _, t := range contents.Templates {
			if t.Err == nil {
				t.Err = t.Unset
			}
			found.Templates = append(found.Templates, t)
		}
	}
	for _, path := range w.Events {
		errs = append(errs, w.readEvents(&found, path))
	}
	found.Files, found.Err = append(files.Watched(), w.Events...), errors.Join(errs...)
	return found
}

// mostEvents bounds how many events of a file the page offers.
const mostEvents = 50

// readEvents reads the user's own events.
func (w Workspace) readEvents(found *Scan, path string) error {
	files := meeting.NewFiles(w.OpenEvents, path)
	defer files.Close()
	for n := 1; n <= mostEvents; n++ {
		doc, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		ev, _, err := doc.Decode("")
		if err != nil {
			return err
		}
		if w.Change != nil {
			if err := w.Change(&ev); err != nil {
				return err
			}
		}
		found.events = append(found.events, Sample{Name: fmt.Sprintf("%s %d", path, n), Doc: "your own event", Event: ev})
	}
	return nil
}

// Samples returns the events of a kind, the user's own first.
func (s Scan) Samples(kind event.Kind) []Sample {
	var all []Sample
	for _, own := range s.events {
		if own.Kind() == kind {
			all = append(all, own)
		}
	}
	for _, sample := range event.SamplesOf(kind) {
		if s.change != nil && s.change(&sample.Event) != nil {
			continue // a field that this sample does not have
		}
		all = append(all, Sample{sample.Name, sample.Doc, sample.Event})
	}
	return all
}

// heading returns how a template is listed.
func (w Workspace) heading(t *workspace.Template) Heading {
	if w.Heading != nil {
		return w.Heading(t)
	}
	if hook := t.Hook(); hook != nil {
		return Heading{Group: hook.Name + " in " + hook.Path, Title: t.Name}
	}
	group := filepath.Dir(t.Path)
	if group == "." {
		group = "this folder"
	}
	return Heading{Group: group, Title: filepath.Base(t.Path)}
}

// check looks for mistakes.
func (w Workspace) check(ctx context.Context, t workspace.Template) lint.Result {
	return lint.Check(ctx, t, lint.Options{Now: time.Now(), ShowSecrets: w.ShowSecrets, Brief: w.Brief})
}

// fix returns a template with its JSON repaired, or why it cannot be repaired.
func (w Workspace) fix(ctx context.Context, t workspace.Template) (string, error) {
	result, err := rewrite.Template(ctx, &t, rewrite.Options{Brief: w.Brief})
	if err != nil {
		return "", err
	}
	return result.Text, nil
}

// canSave reports whether a template can be written back to its place.
func (p *Pages) canSave(t workspace.Template) bool {
	return p.options.Write && p.workspace.Save != nil && t.Err == nil
}
