package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// workspace gives the page what it shows.
func (o *previewOptions) workspace() (page.Workspace, error) {
	said, err := o.said()
	if err != nil {
		return page.Workspace{}, err
	}
	sets, err := pairs("set", o.sets)
	if err != nil {
		return page.Workspace{}, err
	}
	scanner := &scanner{options: o, said: said, changes: meeting.Changes{Sets: sets, CustomFields: said.CustomFields}}
	return page.Workspace{
		Scan: scanner.scan,
		Check: func(ctx context.Context, t workspace.Template) lint.Result {
			return lint.Check(ctx, t, lint.Options{Now: o.app.now(), ShowSecrets: o.app.showSecrets})
		},
		Fix:         fixForPage,
		Limits:      o.limits,
		ShowSecrets: o.app.showSecrets,
		Hide:        o.app.hidden,
	}, nil
}

// fixForPage returns a template with its JSON repaired.
func fixForPage(ctx context.Context, t workspace.Template) (string, error) {
	result, err := rewrite.Template(ctx, &t, rewrite.Options{})
	if err != nil {
		return "", err
	}
	return result.Text, nil
}

// scanner finds the templates that the page lists.
type scanner struct {
	options *previewOptions
	said    workspace.Said
	changes meeting.Changes
}

func (s *scanner) scan(context.Context) page.Scan {
	o := s.options
	found := page.Scan{Change: s.changes.Apply}
	_, err := o.app.loadConfigs() // they may have changed since the start
	found.Err = err
	w := o.app.workspace(s.said, "")
	var paths []string
	if o.template != "" {
		paths = []string{o.template}
	}
	sources, err := w.Find(paths...)
	found.Err = errors.Join(found.Err, err)
	for _, source := range sources {
		contents, err := w.Open(source)
		found.Err = errors.Join(found.Err, err)
		for _, t := range contents.Templates {
			found.Templates = append(found.Templates, listed(t))
		}
	}
	found.Files = append(w.Watched(), o.events...)
	for _, path := range o.events {
		found.Err = errors.Join(found.Err, s.events(&found, path))
	}
	return found
}

// listed is a template as the page lists it.
func listed(t workspace.Template) page.Template {
	listed := page.Template{Template: t, ID: t.ID(), Group: filepath.Dir(t.Path), Title: filepath.Base(t.Path)}
	if hook := t.Hook(); hook != nil {
		listed.Group, listed.Title = hook.Name+" in "+hook.Path, t.Name
	}
	if t.Err == nil {
		t.Err = t.Unset
	}
	listed.Err = pageError(t.Err)
	if t.Err == nil {
		listed.Save = func(text string) error {
			return pageError(workspace.Save(replaceFile, workspace.Change{Template: &t, Text: text}))
		}
	}
	return listed
}

// events reads the user's own events.
func (s *scanner) events(found *page.Scan, path string) error {
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
		if err := s.changes.Apply(&ev); err != nil {
			return err
		}
		found.Events = append(found.Events, page.Sample{Name: fmt.Sprintf("%s %d", path, n), Doc: "of your own", Event: ev})
	}
	return nil
}

// mostEvents bounds how many events of a file the page offers.
const mostEvents = 50

// pageError words an error as the command line does, for the page.
func pageError(err error) error {
	if err == nil {
		return nil
	}
	return source.ProblemOf(err)
}
