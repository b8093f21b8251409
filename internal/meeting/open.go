package meeting

import (
	"errors"
	"fmt"
	"slices"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// Open returns the templates at a path, or without one those that are meant, each with
// its events. Even if it returns some, the error joins the reasons why others cannot be
// used.
func Open(w *workspace.Workspace, path string, o Options) ([]*Input, error) {
	templates, off, unread := usable(w, path, o.On)
	if len(templates) == 0 {
		return nil, unread
	}
	o.off = off
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
	m.tellLeftOut(w.Meant(), inputs)
	return inputs, unread
}

// OpenEach is like Open for several webhooks that are meant, each of which needs a
// template, unless it has none for the chosen events. Templates of other webhooks, which
// a file with webhooks can hold too, are left out.
func OpenEach(w *workspace.Workspace, path string, o Options) ([]*Input, error) {
	inputs, err := Open(w, path, o)
	if err != nil {
		return nil, err
	}
	var all []*Input
	for _, name := range w.Meant() {
		var own []*Input
		for _, in := range inputs {
			if in.Template.Webhook == name {
				own = append(own, in)
			}
		}
		switch {
		case len(own) == 0 && o.On && (len(inputs) == 0 || len(o.Paths) == 0):
			return nil, misuse("set incidents, deployments or alerts to true, or choose a kind with --type", "webhook %q has nothing switched on", name)
		case path != "":
			if err := checkOne(w, path, o, own); err != nil {
				return nil, err
			}
		}
		all = append(all, own...)
	}
	if len(all) == 0 {
		return nil, misuse("", "%s: there is no template for these events", w.Hooks())
	}
	return all, nil
}

// usable returns the templates at a path, or without one those that are meant. It
// includes those of unknown kind, because an event can tell it. If on is set, those of
// kinds that their webhook has turned off are apart.
func usable(w *workspace.Workspace, path string, on bool) (all, off []workspace.Template, unread error) {
	found, unread := w.SomeTemplates(path)
	for _, t := range found {
		switch {
		case on && t.Hook() != nil && !t.Hook().Enabled(t.Key()):
			off = append(off, t)
		case t.Err == nil, errors.Is(t.Err, workspace.ErrNoKind):
			all = append(all, t)
		case path == "": // the configuration names it
			unread = errors.Join(unread, &workspace.Error{Usage: true, Err: t.Err})
		default:
			unread = errors.Join(unread, t.Err)
		}
	}
	return all, off, unread
}

// OpenOne returns the one template at a path, or without a path that of the webhooks
// that are meant, with its events; shared says that other webhooks use it too.
func OpenOne(w *workspace.Workspace, path string, o Options) (in *Input, shared bool, err error) {
	inputs, err := Open(w, path, o)
	if err != nil {
		return nil, false, err // what could be read is not what was meant
	}
	return inputs[0], len(inputs) > 1, checkOne(w, path, o, inputs)
}

// checkOne rejects templates inside a file that was named as one, and those for several
// kinds of event.
func checkOne(w *workspace.Workspace, path string, o Options, inputs []*Input) error {
	first := inputs[0].Template
	severalKinds := slices.ContainsFunc(inputs, func(in *Input) bool { return in.Template.Kind != first.Kind })
	choose := "choose one with --type, with --sample, or by an event"
	if len(o.Paths) > 0 {
		choose = "choose one with --type, or give the events of one kind"
	}
	switch {
	case path == "" && severalKinds:
		return misuse(choose, "%s has templates for several kinds of event", w.Hooks())
	case path != "" && first.Inside():
		return &workspace.Error{
			Usage: true, Path: path, Err: errors.New("this is a configuration with webhooks, not a template"),
			Hint: fmt.Sprintf("choose one of its webhooks: --config %s --webhook %s", path, first.Webhook),
		}
	case severalKinds:
		return &workspace.Error{Usage: true, Path: path, Err: errors.New("this template is used for several kinds of event"), Hint: choose}
	}
	return nil
}
