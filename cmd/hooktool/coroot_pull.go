package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootPullLong = `Write the webhook of a running Coroot to this repository: its templates as files,
and its settings as a webhook of the configuration, named after the project or by
--name.

No secret is written: the URL, the password, and headers and fields that contain a
secret become variables such as ${PRODUCTION_URL}, whose names are printed. A
template that contains a secret is written only with --show-secrets. Existing files
are overwritten only with --force, and a webhook of the same name in the
configuration stays as it is.`

const corootPullExample = `  hooktool coroot pull --dir templates
  hooktool coroot pull --project production --name telegram`

type corootPullOptions struct {
	corootFlags
	dir   string
	name  string
	force bool
}

func newCorootPullCmd(a *app) *cobra.Command {
	o := corootPullOptions{corootFlags: corootFlags{app: a}, dir: "."}
	cmd := o.command(about{"pull", "Write the webhook of a running Coroot to a repository", corootPullLong, corootPullExample}, o.run)
	option.Define(cmd, "dir", &o.dir)
	option.DefineAs(cmd, "name", &o.name, "`name` of the webhook in the configuration (default: the project's)")
	option.Define(cmd, "force", &o.force)
	o.register(cmd)
	cmd.Annotations = map[string]string{createsConfig: "true"}
	return cmd
}

func (o *corootPullOptions) run(ctx context.Context) error {
	client, project, err := o.openProject(ctx)
	if err != nil {
		return err
	}
	live, err := client.Live(ctx, project)
	if err != nil {
		return err
	}
	w, err := coroot.Workspace(project, live, workspace.Said{})
	if err != nil {
		return err
	}
	if err := coroot.CheckTemplates(w, o.app.showSecrets); err != nil {
		return err
	}
	at := initOptions{app: o.app, dir: o.dir, force: o.force}
	options, err := at.options()
	if err != nil {
		return err
	}
	plan, err := coroot.PlanPull(live, cmp.Or(o.name, project.Name), o.app.showSecrets, options)
	if err == nil {
		err = plan.Write()
	}
	if err != nil {
		return planError(err)
	}
	return printAll(o.app.out, plan.Text(o.app.outPalette(), o.app.reach(plan.Plan)))
}
