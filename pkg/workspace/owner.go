package workspace

import (
	"cmp"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// owner is a webhook that names a template file, and the kind that it names it for.
type owner struct {
	hook config.Webhook
	kind event.Kind
}

// own records the template files that a webhook names.
func (w *Workspace) own(hook config.Webhook) {
	for _, kind := range event.Kinds() {
		t, ok := hook.Templates[kind]
		if !ok || !t.File {
			continue
		}
		if real, err := w.o.Files.Real(t.Path); err == nil {
			w.owners[real] = append(w.owners[real], owner{hook, kind})
		}
	}
}

// ownersOf returns the webhooks that name a template file: those of the configuration,
// or, if there are none, those of the configuration of the file's own folder.
func (w *Workspace) ownersOf(path string) ([]owner, error) {
	real, err := w.o.Files.Real(path)
	if err != nil {
		return nil, nil //nolint:nilerr // it is told when the file is read
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if owners := w.owners[real]; len(owners) > 0 || w.o.ConfigFor == nil {
		return owners, nil
	}
	dir := filepath.Dir(real)
	if w.asked[dir] {
		return nil, nil
	}
	file, err := w.o.ConfigFor(dir)
	if err != nil {
		return nil, &Error{Usage: true, Err: err} // for each file there: without it they would be misjudged
	}
	w.asked[dir] = true
	if file == nil || w.known[file.Path] {
		return nil, nil
	}
	w.known[file.Path] = true
	if !w.seen[file.Path] {
		w.seen[file.Path] = true
		w.watch = append(w.watch, file.Path)
	}
	for _, hook := range file.Webhooks {
		w.own(hook)
	}
	return w.owners[real], nil
}

// chosen returns the roles in which a template file is wanted: one for each webhook and
// kind that has it. For a file without an owner it is the zero owner.
func (w *Workspace) chosen(path string) ([]owner, error) {
	owners, err := w.ownersOf(path)
	if err != nil {
		return nil, err
	}
	said, err := w.said()
	if err != nil {
		return nil, err
	}
	var chosen []owner
	for _, hook := range said {
		chosen = append(chosen, w.ofKind(ownersIn(owners, hook))...)
		if len(owners) > 0 && w.o.Borrowed != nil && !slices.ContainsFunc(owners, hasHook(hook)) {
			w.o.Borrowed(path, owners[0].hook.Name, hook.Name)
		}
	}
	switch {
	case len(said) > 0:
		return chosen, nil
	case len(owners) > 0:
		return w.ofKind(owners), nil
	}
	return []owner{{}}, nil
}

// hasHook returns a function that recognises a webhook's owners.
func hasHook(hook config.Webhook) func(owner) bool {
	return func(o owner) bool { return o.hook.Name == hook.Name && o.hook.Path == hook.Path }
}

// ownersIn picks the owners from one webhook: for the kinds for which it has the file,
// or else for the kinds of the others.
func ownersIn(owners []owner, hook config.Webhook) []owner {
	var own, other []owner
	for _, o := range owners {
		if hasHook(hook)(o) {
			own = append(own, o)
		} else if o.hook = hook; !slices.ContainsFunc(other, func(p owner) bool { return p.kind == o.kind }) {
			other = append(other, o)
		}
	}
	switch {
	case len(own) > 0:
		return own
	case len(other) > 0:
		return other
	}
	return []owner{{hook: hook}}
}

// ofKind keeps the owners that have the file for the kind that the user said, if any. If
// there are none, it is a template of that kind for the first webhook: the user knows
// better.
func (w *Workspace) ofKind(owners []owner) []owner {
	if w.o.Kind == "" {
		return owners
	}
	var fitting []owner
	for _, o := range owners {
		if o.kind == w.o.Kind {
			fitting = append(fitting, o)
		}
	}
	if len(fitting) == 0 {
		return []owner{{hook: owners[0].hook}}
	}
	return fitting
}

// belong fills in what the webhook of a template says about it.
func (w *Workspace) belong(t *Template, hook config.Webhook) {
	t.hook, t.Webhook, t.Configured = &hook, hook.Name, hook.Destination
	t.URL, t.Secrets = likelyURL(hook.LikelyURLs(w.o.Getenv)), Secrets(hook, w.o.Getenv)
	if w.o.Found != nil {
		w.o.Found(hook)
	}
	if w.o.Read != nil {
		w.o.Read([]byte(t.Text))
	}
	t.CustomFields, t.unset = hook.CustomFields(w.o.Getenv)
	t.give(w.o.CustomFields)
}

// Give gives the template custom fields of the user, which take precedence over those of
// its webhook.
func (t *Template) Give(fields map[string]string) {
	t.give(fields)
	t.needs()
}

// give is Give for a template whose text is not known yet.
func (t *Template) give(fields map[string]string) {
	t.CustomFields, t.unset = MergeFields(t.CustomFields, fields), maps.Clone(t.unset)
	for key := range fields {
		delete(t.unset, key)
	}
}

// needs sets Unset: why custom fields that the template uses have no value here.
func (t *Template) needs() {
	if t.Unset = nil; len(t.unset) == 0 {
		return
	}
	parsed, err := source.ParseTemplate(t.Name, t.Text)
	if err != nil {
		return // whoever renders it says so
	}
	maps.DeleteFunc(t.unset, func(key string, _ error) bool { return !webhook.UsesCustomField(parsed, key) })
	t.Unset = UnsetError(t.unset)
}

// UnsetError joins the errors about custom fields without a value; nil if there are
// none.
func UnsetError(unset map[string]error) error {
	var all []error
	for _, key := range slices.Sorted(maps.Keys(unset)) {
		all = append(all, unset[key])
	}
	return errors.Join(all...)
}

// likelyURL returns the first of a webhook's possible URLs that a destination knows,
// preferably one on the destination's own host, and in a form of its URLs. Failing that
// it is the first, or empty if the host is unknown too: then nothing rules a destination
// out.
func likelyURL(urls []string, hostKnown bool) string {
	var byPath, byHost string
	for _, u := range urls {
		d := catalog.ByURL(u)
		switch {
		case d == nil:
		case d.Malformed(u) != nil:
			byHost = cmp.Or(byHost, u)
		case !d.Form(u).AnyHost:
			return u
		case byPath == "":
			byPath = u
		}
	}
	if known := cmp.Or(byPath, byHost); known != "" || !hostKnown || len(urls) == 0 {
		return known
	}
	return urls[0]
}

// MergeFields merges custom fields; later ones win.
func MergeFields(layers ...map[string]string) map[string]string {
	merged := map[string]string{}
	for _, layer := range layers {
		maps.Copy(merged, layer)
	}
	return merged
}

// Fields adds the user's fields to the custom fields of a webhook.
func (s Said) Fields(ofWebhook map[string]string) map[string]string {
	return MergeFields(ofWebhook, s.CustomFields)
}
