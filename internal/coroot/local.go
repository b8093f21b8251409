package coroot

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
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
	templates, err := usable(w)
	if err != nil {
		return Definition{}, err
	}
	resolved.Templates = map[event.Kind]string{}
	for _, t := range templates {
		resolved.Templates[t.Key()] = t.Text
	}
	return NewDefinition(resolved), nil
}

// usable returns the templates of the webhooks that are meant. One that cannot be used
// is an error of the user.
func usable(w *workspace.Workspace) ([]workspace.Template, error) {
	templates, err := w.Templates("")
	for _, t := range templates {
		if err == nil && t.Err != nil {
			err = &workspace.Error{Usage: true, Err: t.Err}
		}
	}
	return templates, err
}

// CheckTemplates rejects templates that cannot be used, or that contain a secret, unless
// those may be shown.
func CheckTemplates(w *workspace.Workspace, showSecrets bool) error {
	templates, err := usable(w)
	if err != nil || showSecrets {
		return err
	}
	for _, t := range templates {
		if found := webhook.FindSecrets(t.Text); len(found) > 0 {
			return &source.Problem{
				Path: t.Path, Pos: t.Position(found[0].Start), Message: found[0].Name + " is in the " + t.Kind.String() + " template: nothing was written",
				Hint: "move it to a custom field of the webhook, or give --show-secrets",
			}
		}
	}
	return nil
}
