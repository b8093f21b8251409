package meeting

import (
	"errors"
	"fmt"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// Open returns the templates at a path, or without one those that are meant, each with
// its events. Even if it returns some, the error joins the reasons why others cannot be
// used.
func Open(w *workspace.Workspace, path string, o Options) ([]*Input, error) {
	templates, unread := usable(w, path)
	if len(templates) == 0 {
		return nil, unread
	}
	m, err := New(templates, o)
	if err != nil {
		return nil, err
	}
	var inputs []*Input
	for _, t := range templates {
		switch in, err := m.With(t); {
		case err != nil:
			unread = errors.Join(unread, err)
		case in != nil:
			inputs = append(inputs, in)
		}
	}
	if len(inputs) == 0 && unread == nil {
		unread = m.NoTemplate(templates)
	}
	return inputs, unread
}

// usable returns the templates at a path, or without one those that are meant. It
// includes those of unknown kind, because an event can tell it.
func usable(w *workspace.Workspace, path string) ([]workspace.Template, error) {
	found, unread := w.SomeTemplates(path)
	var all []workspace.Template
	for _, t := range found {
		switch {
		case t.Err == nil, errors.Is(t.Err, workspace.ErrNoKind):
			all = append(all, t)
		case path == "": // the configuration names it
			unread = errors.Join(unread, &workspace.Error{Usage: true, Err: t.Err})
		default:
			unread = errors.Join(unread, t.Err)
		}
	}
	return all, unread
}

// OpenOne returns the one template at a path, or without a path that of the webhooks
// that are meant, with its events; shared says that other webhooks use it too.
func OpenOne(w *workspace.Workspace, path string, o Options) (in *Input, shared bool, err error) {
	inputs, err := Open(w, path, o)
	if err != nil {
		return nil, false, err // what could be read is not what was meant
	}
	first := inputs[0]
	severalKinds := false
	for _, other := range inputs[1:] {
		severalKinds = severalKinds || other.Template.Kind != first.Template.Kind
	}
	const choose = "choose one with --type, with --sample, or by an event"
	switch {
	case path == "" && severalKinds:
		return nil, false, misuse(choose, "%s has templates for several kinds of event", w.Hooks())
	case path != "" && first.Template.Inside():
		return nil, false, &workspace.Error{
			Usage: true, Path: path, Err: errors.New("this is a configuration with webhooks, not a template"),
			Hint: fmt.Sprintf("choose one of its webhooks: --config %s --webhook %s", path, first.Template.Webhook),
		}
	case severalKinds:
		return nil, false, &workspace.Error{Usage: true, Path: path, Err: errors.New("this template is used for several kinds of event"), Hint: choose}
	}
	return first, len(inputs) > 1, nil
}
