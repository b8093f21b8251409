package main

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/starter"
	"github.com/hooktool/hooktool/pkg/event"
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
	plan, pulled, err := o.plan(project, live)
	if err != nil {
		return err
	}
	if err := plan.Write(); err != nil {
		return planError(err)
	}
	return printAll(o.app.out, o.describe(plan, pulled))
}

// plan decides what to write where.
func (o *corootPullOptions) plan(project coroot.Project, live coroot.Definition) (*starter.Plan, *coroot.Pulled, error) {
	name := o.name
	if name == "" {
		name = project.Name
	}
	at := initOptions{app: o.app, dir: o.dir}
	options, err := at.options()
	if err != nil {
		return nil, nil, err
	}
	options.Force = o.force
	dir, err := starter.Relative(filepath.Dir(options.Config), o.dir)
	if err != nil {
		return nil, nil, err
	}
	pulled, err := coroot.Pull(live, coroot.PullOptions{
		Name: name, Literal: o.app.showSecrets,
		FileName: func(kind event.Kind) string { return path.Join(dir, coroot.TemplateFile(kind)) },
	})
	if err != nil {
		return nil, nil, err
	}
	var files []starter.File
	for _, kind := range event.Kinds() {
		if text, ok := pulled.Templates[kind]; ok {
			files = append(files, starter.File{Path: filepath.Join(o.dir, coroot.TemplateFile(kind)), Text: text})
		}
	}
	plan, err := starter.Known(name, pulled.Entry, files, options)
	if err != nil {
		return nil, nil, planError(err)
	}
	return plan, pulled, nil
}

// describe says what was written, and what remains to be set.
func (o *corootPullOptions) describe(plan *starter.Plan, pulled *coroot.Pulled) string {
	var b strings.Builder
	b.WriteString(plan.Text(o.app.outPalette()))
	if len(pulled.Variables) > 0 && plan.Place != starter.Kept {
		fmt.Fprintf(&b, "\nSet these variables of the environment to what Coroot has:\n")
		for _, v := range pulled.Variables {
			fmt.Fprintf(&b, "  %-24s %s\n", v.Variable, v.Setting)
		}
	}
	reach := o.app.reach(plan)
	b.WriteString("\nNext: ")
	if enter := reach.Enter(); enter != "" {
		b.WriteString(enter + "; ")
	}
	fmt.Fprintf(&b, "hooktool validate %[1]s; hooktool coroot diff %[1]s\n", reach.Webhook(plan.Name))
	return b.String()
}
