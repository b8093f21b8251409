// Package meeting provides templates with events: from files, built-in ones, or one
// that an alerting rule makes, with the user's changes applied.
package meeting

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Options say which events templates are rendered with, and how.
type Options struct {
	Paths  []string                                 // files with events; "-" is standard input
	Open   func(path string) (io.ReadCloser, error) // opens one of them
	Lines  bool                                     // each line of the files is one event
	Past   bool                                     // they hold events of any kind: each template gets those of its own
	Kind   event.Kind                               // that the user says: of events whose keys do not tell it
	Sort   bool                                     // they may hold events of other kinds than the templates', which are left out with a warning
	Keep   int                                      // the first events to keep for reading them again; 0: those of one template are read once, as a stream
	Sample event.Sample                             // replaces files; without a name: that of each kind
	On     bool                                     // only templates of kinds that their webhook has switched on
	All    bool                                     // all built-in events of each kind, in place of one
	Sets   [][2]string                              // fields to change in every event, with their values
	Strict bool                                     // treat warnings about events as errors
	Limits webhook.Limits                           // of templates
	Warn   func(*event.Problem)                     // called with warnings about events, one at a time

	off []workspace.Template // left out because their webhook has their kind turned off
}

// Meeting holds the events for the templates of a run: event files, or built-in events.
type Meeting struct {
	options Options
	kind    event.Kind // of the events, or the first of them; empty: each template's own
	next    func() (event.Document, error)
	docs    map[event.Kind][]event.Document // for the templates of each kind, if they are kept
	warning sync.Mutex
}

// maxShared limits how many events are kept for several templates.
const maxShared = 1000

// New determines where the events come from. If templates are for several kinds, each
// event is for those of its own kind, and if the kind of some is unknown, the first event
// decides.
func New(templates []workspace.Template, o Options) (*Meeting, error) {
	m := &Meeting{options: o}
	switch {
	case o.Sample.Name != "":
		m.kind = o.Sample.Kind
		return m, nil
	case len(o.Paths) == 0:
		return m, nil
	}
	files := &files{open: o.Open, lines: o.Lines, paths: o.Paths, past: o.Past}
	m.next = files.next
	kinds := map[event.Kind]bool{}
	for _, t := range templates {
		kinds[t.Kind] = true
	}
	switch {
	case o.Past && !kinds[""]: // each event says its own
	case !o.Past && len(kinds) == 1 && !kinds[""]:
		m.kind = templates[0].Kind
	default:
		if err := m.kindOfFirst(); err != nil {
			files.close()
			return nil, err
		}
	}
	if kinds[""] {
		delete(kinds, "")
		kinds[m.kind] = true
	}
	if o.Sort && !o.Past && len(kinds) == 1 && m.kind != "" {
		m.next = m.only(m.kind, templates)
	}
	if len(templates) > 1 || o.Past || o.Keep > 0 {
		defer files.close()
		return m, m.readAll(kinds)
	}
	return m, nil
}

// kindOfFirst reads one event ahead to learn the kind, if there is an event.
func (m *Meeting) kindOfFirst() error {
	rest := m.next
	first, err := rest()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	if m.kind, err = first.DetectKind(m.options.Kind); err != nil {
		return err
	}
	pending := true
	m.next = func() (event.Document, error) {
		if pending {
			pending = false
			return first, nil
		}
		return rest()
	}
	return nil
}

// readAll keeps the events for templates of some kinds.
func (m *Meeting) readAll(kinds map[event.Kind]bool) error {
	o := m.options
	m.docs = map[event.Kind][]event.Document{}
	for n := 0; o.Keep == 0 || n < o.Keep; n++ {
		doc, err := m.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case n == maxShared && !o.Past:
			return misuse("choose one template", "there are more than %d events for several templates", maxShared)
		}
		kind := m.kind
		if o.Past || len(kinds) > 1 {
			if kind, err = doc.DetectKind(o.Kind); err != nil {
				return err
			}
		}
		if !kinds[kind] && !o.Past {
			m.leaveOut(doc, kind)
		}
		m.docs[kind] = append(m.docs[kind], doc)
	}
	return nil
}

// Identify gives a template whose kind is unknown that of the events.
func (m *Meeting) Identify(t *workspace.Template) {
	if t.Kind == "" && m.kind != "" && (t.Err == nil || errors.Is(t.Err, workspace.ErrNoKind)) {
		t.Kind, t.KindBy, t.Name, t.Err = m.kind, workspace.KindByEvent, m.kind.TemplateName(), nil
	}
}

// With returns a template with its events, or nil if all events are of other kinds.
func (m *Meeting) With(t workspace.Template) (*Input, error) {
	m.Identify(&t)
	switch {
	case t.Kind == "":
		return nil, errNoKind(t.Path)
	case m.docs == nil && m.kind != "" && t.Kind != m.kind, len(m.docs) > 0 && len(m.docs[t.Kind]) == 0 && !m.options.Past:
		return nil, nil //nolint:nilnil // the events are of another kind
	}
	if err := Unset(t); err != nil {
		return nil, err
	}
	in := &Input{Template: t, options: m.options, warn: m.warn}
	m.give(in)
	odd := neverSent(t.Kind, m.options.Sets)
	if len(odd) > 0 && m.options.Strict {
		return nil, &workspace.Error{Usage: true, Err: odd[0]}
	}
	in.warn(odd...)
	return in, nil
}

// give sets the events of an input.
func (m *Meeting) give(in *Input) {
	in.Next = once()
	switch kind := in.Template.Kind; {
	case m.docs != nil:
		docs := m.docs[kind]
		in.kept = len(docs)
		in.Next = func() (doc event.Document, err error) {
			if len(docs) == 0 {
				return doc, io.EOF
			}
			doc, docs = docs[0], docs[1:]
			return doc, nil
		}
	case m.next != nil:
		in.Next = m.next
	case m.options.Sample.Name != "":
		in.Samples = []event.Sample{m.options.Sample}
	case m.options.All:
		in.Samples = event.SamplesOf(kind)
	default:
		in.Samples = []event.Sample{event.DefaultSample(kind)}
	}
}

// warn passes on warnings, one at a time.
func (m *Meeting) warn(warnings ...*event.Problem) {
	if m.options.Warn == nil || len(warnings) == 0 {
		return
	}
	m.warning.Lock()
	defer m.warning.Unlock()
	for _, warning := range warnings {
		m.options.Warn(warning)
	}
}

// Unset returns the error about custom fields of a template that have no value, and adds
// that a flag can give it.
func Unset(t workspace.Template) error {
	if t.Unset == nil {
		return nil
	}
	var all []error
	for _, p := range source.ProblemsOf(t.Unset) {
		with := *p
		with.Hint += ", or give the field with --custom-field"
		all = append(all, &with)
	}
	return &workspace.Error{Usage: true, Err: errors.Join(all...)}
}

// once returns a stream of one event without text, because a built-in event takes its
// place.
func once() func() (event.Document, error) {
	given := false
	return func() (event.Document, error) {
		if given {
			return event.Document{}, io.EOF
		}
		given = true
		return event.Document{}, nil
	}
}

// errNoKind lists the ways to specify the kind of a template that meets events.
func errNoKind(path string) error {
	const byEvent = "or by giving an event with the template"
	if path == workspace.StdinName {
		return workspace.NoKind(path, byEvent)
	}
	return workspace.NoKind(path, workspace.NamedAfterKind, byEvent)
}

// misuse reports a mistake on the command line.
func misuse(hint, format string, args ...any) error {
	return &workspace.Error{Usage: true, Hint: hint, Err: fmt.Errorf(format, args...)}
}
