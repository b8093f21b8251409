package workspace

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
)

// means reports whether the webhook of this name is meant.
func (w *Workspace) means(name string) bool {
	return len(w.o.Webhooks) == 0 || slices.Contains(w.o.Webhooks, name)
}

// meantIn returns those webhooks of a file that are meant. One of Coroot's projects has
// the project's name.
func (w *Workspace) meantIn(f *file) []config.Webhook {
	var meant []config.Webhook
	for _, hook := range f.config.Webhooks {
		if w.means(hook.Name) {
			meant = append(meant, hook)
		}
	}
	return meant
}

// meansFile reports whether a template file that is in a folder is meant: whether one of
// the webhooks that are meant names it. One that nobody names could be anybody's.
func (w *Workspace) meansFile(path string) bool {
	if len(w.o.Webhooks) == 0 {
		return true
	}
	owners, err := w.ownersOf(path)
	return err != nil || slices.ContainsFunc(owners, func(o owner) bool { return w.means(o.hook.Name) })
}

// said returns the webhooks that are meant: those of the configuration, or else of the
// files that Find has read.
func (w *Workspace) said() ([]config.Webhook, error) {
	var hooks []config.Webhook
	for _, name := range w.o.Webhooks {
		hook, ok := w.met[name]
		if _, configured := w.named[name]; configured || !ok {
			var err error
			if hook, err = w.FindWebhook(name); err != nil {
				return nil, err
			}
		}
		hooks = append(hooks, hook)
	}
	return hooks, nil
}

// meet remembers the webhooks of a file that are meant.
func (w *Workspace) meet(hooks []config.Webhook) {
	if w.met == nil {
		w.met = map[string]config.Webhook{}
	}
	for _, hook := range slices.Backward(hooks) {
		if _, ok := w.met[hook.Name]; !ok {
			w.met[hook.Name] = hook
		}
	}
}

// mayDefine reports whether a file that is not read before it is opened may turn out to
// define webhooks.
func mayDefine(path string) bool {
	return path == "-" || strings.EqualFold(filepath.Ext(path), ".json")
}

// noneIn reports that the webhooks that are meant have no template at some paths.
func (w *Workspace) noneIn(paths ...string) error {
	shown := make([]string, len(paths))
	for i, path := range paths {
		shown[i] = Shown(path)
	}
	hint := "leave out --webhook, or name a template file, which then counts as the webhook's"
	return &Error{Usage: true, Hint: hint, Err: fmt.Errorf("%s: there is no template in %s", w.Hooks(), words.And(shown))}
}
