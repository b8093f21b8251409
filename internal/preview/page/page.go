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
	"path/filepath"
	"slices"
	"strings"
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
	// Events are the user's own events, besides the built-in ones, and what to change in
	// all of them.
	Events meeting.Options
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

	chosen  bool             // the user gave events
	own     *meeting.Meeting // of these; nil if they cannot be read
	builtIn *meeting.Meeting
}

// mostEvents bounds how many of the user's events the page offers.
const mostEvents = 50

// Scan searches the workspace as it is now.
func (w Workspace) Scan() Scan {
	files, err := w.Open()
	var found Scan
	errs := []error{err}
	sources, err := files.Find(w.Paths...)
	errs = append(errs, err)
	for _, source := range sources {
		contents, err := files.Open(source)
		errs = append(errs, err)
		found.Templates = append(found.Templates, contents.Templates...)
	}
	if len(found.Templates) == 0 && errors.Join(errs...) == nil {
		err = files.NoTemplate(strings.Join(w.Paths, ", "))
	} else {
		err = found.meet(w.Events)
	}
	errs = append(errs, err)
	found.Files, found.Err = append(files.Watched(), w.Events.Paths...), errors.Join(errs...)
	return found
}

// meet reads the user's events, which tell the kinds of templates that nothing else
// tells.
func (s *Scan) meet(o meeting.Options) (err error) {
	if s.chosen = len(o.Paths) > 0 || o.Sample.Name != ""; s.chosen {
		o.Keep = mostEvents
		s.own, err = meeting.New(s.Templates, o)
	}
	s.builtIn, _ = meeting.New(nil, meeting.Options{All: true, Sets: o.Sets, Strict: o.Strict}) // which reads nothing
	for i := range s.Templates {
		t := &s.Templates[i]
		if s.own != nil {
			s.own.Identify(t)
		}
		if t.Err == nil {
			t.Err = meeting.Unset(*t)
		}
	}
	return err
}

// Own returns the user's events for a template; none if there are only others.
func (s Scan) Own(t workspace.Template) (all []Sample, err error) {
	if s.own == nil {
		return nil, nil
	}
	in, err := s.own.With(t)
	if err != nil || in == nil {
		return nil, err
	}
	doc := "your own event"
	if len(in.Samples) > 0 {
		doc = in.Samples[0].Doc
	}
	err = in.Each(func(name string, ev event.Event) error {
		all = append(all, Sample{name, doc, ev})
		return nil
	})
	return all, err
}

// BuiltIn returns the built-in events of a template's kind, without those that do not
// have a field to change.
func (s Scan) BuiltIn(t workspace.Template) ([]Sample, error) {
	in, err := s.builtIn.With(t)
	if err != nil {
		return nil, err
	}
	var all []Sample
	for _, sample := range in.Samples {
		ev, failed := in.Sample(sample)
		if err = failed; err == nil {
			all = append(all, Sample{sample.Name, sample.Doc, ev})
		}
	}
	if len(all) > 0 {
		return all, nil
	}
	return nil, err
}

// samples returns all events to try a template with, the user's own first.
func (s Scan) samples(t workspace.Template) ([]Sample, error) {
	all, err := s.Own(t)
	builtIn, failed := s.BuiltIn(t)
	for _, sample := range builtIn {
		if !slices.ContainsFunc(all, func(own Sample) bool { return own.Name == sample.Name }) {
			all = append(all, sample)
		}
	}
	return all, errors.Join(err, failed)
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
