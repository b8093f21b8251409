package main

import (
	"errors"
	"io"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// meeting is what the templates of a run meet: event files, or built-in events.
type meeting struct {
	app    *app
	flags  *inputFlags
	sets   [][2]string
	kind   event.Kind   // of the events; empty: those of each template's kind
	sample event.Sample // that --sample names
	next   func() (event.Document, error)
	docs   []event.Document // when several templates meet the same events
}

// maxShared bounds how many events are kept for several templates.
const maxShared = 1000

// chooseEvents decides where the events come from. Where templates are for several
// kinds, or nothing tells theirs, the first event does.
func (a *app) chooseEvents(f *inputFlags, templates []workspace.Template, paths []string) (*meeting, error) {
	m := &meeting{app: a, flags: f}
	var err error
	if m.sets, err = pairs("set", f.sets); err != nil {
		return nil, err
	}
	switch {
	case f.rule.id != "":
		m.sample, err = f.rule.sample(a, f.sample)
		m.kind = event.KindAlert
		return m, err
	case f.sample != "":
		m.sample, err = sampleEvent(f.sample)
		m.kind = m.sample.Kind
		return m, err
	case len(paths) == 0:
		return m, nil
	}
	if err := checkFiles(paths); err != nil {
		return nil, err
	}
	files := &eventFiles{app: a, paths: paths}
	m.next = files.next
	if kind, ok := onlyKind(templates); ok {
		m.kind = kind
	} else if err := m.kindOfFirst(); err != nil {
		return nil, err
	}
	if len(templates) > 1 {
		return m, m.readAll()
	}
	return m, nil
}

// onlyKind returns the kind of all templates, if it is known and the same.
func onlyKind(templates []workspace.Template) (event.Kind, bool) {
	kind := templates[0].Kind
	return kind, kind != "" && !slices.ContainsFunc(templates, func(t workspace.Template) bool { return t.Kind != kind })
}

// kindOfFirst reads one event ahead to learn the kind.
func (m *meeting) kindOfFirst() error {
	rest := m.next
	first, err := rest()
	if err != nil {
		return err
	}
	if m.kind, err = first.DetectKind(); err != nil {
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

// readAll keeps the events, because several templates meet them.
func (m *meeting) readAll() error {
	for {
		doc, err := m.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(m.docs) == maxShared:
			return usageError("choose one template", "more than %d events for several templates", maxShared)
		}
		m.docs = append(m.docs, doc)
	}
}

// with lets a template meet the events; nil if it is for another kind.
func (m *meeting) with(t workspace.Template) (*input, error) {
	if t.Kind == "" && m.kind != "" {
		t.Kind, t.KindBy, t.Name, t.Err = m.kind, workspace.KindByEvent, m.kind.TemplateName(), nil
	}
	switch {
	case t.Kind == "":
		return nil, errNoKind(t.Path)
	case m.kind != "" && t.Kind != m.kind:
		return nil, nil //nolint:nilnil // these events are not for it
	}
	if t.Unset != nil {
		return nil, configError(t.Unset)
	}
	in := &input{app: m.app, flags: m.flags, template: t, changes: changes{customFields: t.CustomFields, sets: m.sets}}
	switch {
	case m.docs != nil:
		docs := m.docs
		in.next = func() (doc event.Document, err error) {
			if len(docs) == 0 {
				return doc, io.EOF
			}
			doc, docs = docs[0], docs[1:]
			return doc, nil
		}
	case m.next != nil:
		in.next = m.next
	case m.sample.Name != "":
		in.samples = []event.Sample{m.sample}
	default:
		in.samples = []event.Sample{event.DefaultSample(t.Kind)}
	}
	if in.next == nil {
		in.next = once()
	}
	return in, nil
}

// once is a stream of one event that has no text, as a built-in event takes its place.
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

// noTemplate says that the events are for none of the templates.
func (m *meeting) noTemplate(f *inputFlags, templates []workspace.Template) error {
	switch {
	case m.sample.Name == "":
		return usageError("add "+m.kind.TemplateName()+" or "+m.kind.TemplateName()+"File to it",
			"webhook %q has no template for kind %s", f.webhook, m.kind)
	case len(templates) > 1:
		return usageError("choose a sample of another kind: see hooktool samples", "there is no template for the sample %s", m.sample.Name)
	}
	return usageError("choose a sample of its kind: see hooktool samples",
		"the sample %s is of kind %s, but the template is for kind %s", m.sample.Name, m.sample.Kind, templates[0].Kind)
}
