package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootExportLong = `Print the definition of a webhook for Coroot's configuration file, its operator's
resource, the values of its Helm charts, or the body of an API request. A running
Coroot is not needed.

Coroot expands every $ in its configuration before reading it, and resources and
Helm values end up there too. So each $ of a template is written as ${DOLLAR}, and
a comment says which variables Coroot needs and where to set them. The definition
is first read back as Coroot reads it, and the templates are compared byte for
byte.

Secrets are left out: ${NAME} in the configuration stays a variable, and a secret
in it becomes one, unless --show-secrets is given.`

const corootExportExample = `  hooktool coroot export -w telegram --for config
  hooktool coroot export -w telegram --for operator --project production --base-url https://coroot.example.com
  hooktool coroot export -w telegram --for helm > webhook-values.yaml
  hooktool coroot export -w telegram --for api --show-secrets | curl -X PUT -d @- ...`

type corootExportOptions struct {
	app     *app
	webhook string
	place   string
	project string
	baseURL string
}

func newCorootExportCmd(a *app) *cobra.Command {
	o := corootExportOptions{app: a}
	f := corootFlags{app: a}
	cmd := f.command(about{
		"export -w NAME --for PLACE", "Print a webhook for Coroot's configuration, operator, charts or API", corootExportLong, corootExportExample,
	}, o.run)
	f.localVar(cmd, &o.webhook)
	option.Define(cmd, "for", &o.place)
	option.DefineAs(cmd, "project", &o.project, "the `name` of Coroot's project (default: the definition's, or production)")
	option.DefineAs(cmd, "base-url", &o.baseURL, "the `URL` of Coroot, with which the links in messages begin")
	return cmd
}

func (o *corootExportOptions) run(context.Context) error {
	hook, err := o.app.webhook(o.webhook)
	switch {
	case err != nil:
		return err
	case o.place == "":
		return exit.Usage("it is "+words.Or(coroot.Places()), "no place was given: --for")
	}
	if err := coroot.CheckTemplates(o.app.workspace(workspace.Said{Webhooks: []string{hook.Name}}, ""), o.app.showSecrets); err != nil {
		return err
	}
	exported, err := coroot.Export(hook, coroot.ExportOptions{
		Place: coroot.Place(o.place), Project: o.project, BaseURL: o.baseURL, ShowSecrets: o.app.showSecrets, Getenv: o.app.getenv,
	})
	if err != nil {
		return exit.Failed("", "%w", err)
	}
	o.note(exported)
	return printAll(asIs(o.app.out), string(exported.Text))
}

// note says what the exported text lacks.
func (o *corootExportOptions) note(e *coroot.Exported) {
	for _, moved := range e.Moved {
		o.app.note("%s in the configuration is a secret: writing ${%s} instead; --show-secrets writes the secret itself", moved.Setting.Path, moved.Variable)
	}
	if len(e.Unresolved) > 0 {
		var names []string
		for _, name := range e.Unresolved {
			names = append(names, fmt.Sprintf("${%s}", name))
		}
		hint := "--show-secrets inserts the values set here"
		if o.app.showSecrets {
			hint = "set it here"
		}
		o.app.note("the API does not replace variables, but the text contains %s: %s", words.And(names), hint)
	}
}
