package coroot

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Local returns a webhook of the configuration in the API's format, with its templates
// and with the values of its variables. A missing webhook, a file that cannot be read
// and a variable that is not set are errors of the user.
func Local(w *workspace.Workspace, name string, getenv func(string) string) (Definition, error) {
	hook, err := w.FindWebhook(name)
	if err != nil {
		return Definition{}, err
	}
	resolved, err := hook.Resolve(getenv)
	if err != nil {
		return Definition{}, &workspace.Error{Usage: true, Err: err}
	}
	templates, err := w.Templates("")
	if err != nil {
		return Definition{}, err
	}
	resolved.Templates = map[event.Kind]string{}
	for _, t := range templates {
		if t.Err != nil {
			return Definition{}, &workspace.Error{Usage: true, Err: t.Err}
		}
		resolved.Templates[t.Key()] = t.Text
	}
	return NewDefinition(resolved), nil
}
