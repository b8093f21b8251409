package workspace

import (
	"maps"
	"path/filepath"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// owner is a webhook that names a template file, and the kind for which it does.
type owner struct {
	hook config.Webhook
	kind event.Kind
}

// own remembers the template files that a webhook names.
func (w *Workspace) own(hook config.Webhook) {
	for _, kind := range event.Kinds() {
		t, ok := hook.Templates[kind]
		if !ok || !t.File {
			continue
		}
		if real, err := w.Files.Real(t.Path); err == nil {
			w.owners[real] = append(w.owners[real], owner{hook, kind})
		}
	}
}

// ownersOf returns the webhooks that name a template file: those of the
// configuration, or else those of the configuration of the folder that it is in.
func (w *Workspace) ownersOf(path string) ([]owner, error) {
	real, err := w.Files.Real(path)
	if err != nil {
		return nil, nil //nolint:nilerr // it is told when the file is read
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if owners := w.owners[real]; len(owners) > 0 || w.ConfigFor == nil {
		return owners, nil
	}
	file, err := w.ConfigFor(filepath.Dir(real))
	if err != nil || file == nil || w.known[file.Path] {
		return nil, err
	}
	w.known[file.Path] = true
	for _, hook := range file.Webhooks {
		w.own(hook)
	}
	return w.owners[real], nil
}

// chosen returns as which templates a file is meant: once for each webhook that
// has it and each kind; the zero owner for a file that belongs to none.
func (w *Workspace) chosen(path string) ([]owner, error) {
	owners, err := w.ownersOf(path)
	if err != nil {
		return nil, err
	}
	if w.Webhook != "" {
		hook, err := w.FindWebhook(w.Webhook)
		if err != nil {
			return nil, err
		}
		if owners = ownersIn(owners, hook); len(owners) == 0 {
			owners = []owner{{hook: hook}}
		}
	}
	if w.Kind != "" && len(owners) > 0 {
		owners = w.ofKind(owners)
	}
	if len(owners) == 0 {
		owners = []owner{{}}
	}
	return owners, nil
}

func ownersIn(owners []owner, hook config.Webhook) []owner {
	var own []owner
	for _, o := range owners {
		if o.hook.Name == hook.Name && o.hook.Path == hook.Path {
			own = append(own, o)
		}
	}
	return own
}

// ofKind leaves the owners that have the file for the kind that the user said. When
// none has, it is a template of that kind for the first webhook, as the user knows
// better.
func (w *Workspace) ofKind(owners []owner) []owner {
	var fitting []owner
	for _, o := range owners {
		if o.kind == w.Kind {
			fitting = append(fitting, o)
		}
	}
	if len(fitting) == 0 {
		return []owner{{hook: owners[0].hook}}
	}
	return fitting
}

// belong fills in what the webhook of a template says of it.
func (w *Workspace) belong(t *Template, hook config.Webhook) {
	t.hook, t.Webhook, t.Configured = &hook, hook.Name, hook.Destination
	t.URL, t.Secrets = hook.LikelyURL(w.Getenv), Secrets(hook)
	fields, err := hook.CustomFields(w.Getenv)
	if err != nil {
		fields, t.Unset = hook.Raw().CustomFields, err
	}
	t.CustomFields = merge(fields, w.CustomFields)
}

// merge puts custom fields together; the later ones win.
func merge(layers ...map[string]string) map[string]string {
	merged := map[string]string{}
	for _, layer := range layers {
		maps.Copy(merged, layer)
	}
	return merged
}
