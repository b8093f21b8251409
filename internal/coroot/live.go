package coroot

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Live reads the webhook of a project. It is an error if the project has none.
func (c *Client) Live(ctx context.Context, p Project) (Definition, error) {
	state, err := c.Integrations(ctx, p)
	if err != nil {
		return Definition{}, err
	}
	if !state.Webhook.Configured {
		return Definition{}, &Error{
			Message: fmt.Sprintf("the project %s has no webhook", printable.Text(p.String())),
			Hint:    "create one with hooktool init, and write it with hooktool coroot apply",
		}
	}
	return c.Webhook(ctx, p)
}

// Workspace returns a workspace with the templates of a definition in Coroot, in the
// files that pulling it would write.
func Workspace(p Project, d Definition, said workspace.Said) (*workspace.Workspace, error) {
	name := printable.Text(p.Name)
	dir := path.Join("coroot", fileName(name))
	pulled, err := pull(d, name, "", false)
	if err != nil {
		return nil, err
	}
	at := path.Join(dir, config.FileName)
	texts := map[string]string{at: "webhooks:\n" + pulled.entry}
	for kind, text := range pulled.templates {
		texts[path.Join(dir, templateFile(kind))] = text
	}
	file, err := config.Parse(at, []byte(texts[at]), nil)
	if err != nil && file == nil {
		return nil, &workspace.Error{Usage: true, Err: err}
	}
	said.Webhooks = []string{name}
	return workspace.New(workspace.Options{
		Files: workspace.NewOverlay(nil, texts), Configs: []*config.File{file}, Getenv: pulled.getenv, Said: said,
	}), nil
}

// templateFile is the name of the file into which a template is pulled.
func templateFile(kind event.Kind) string { return kind.String() + ".tmpl" }

// fileName makes a name that is valid on every file system.
func fileName(name string) string {
	name = strings.Trim(regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(name, "-"), ".-")
	if name == "" {
		return "project"
	}
	return name
}
