package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/printable"
)

const corootProjectsLong = `List Coroot's projects. For each, say whether it has a webhook, what the webhook
sends and where to (masked), and whether it comes from Coroot's configuration file:
Coroot then undoes changes made through the API when it next starts.`

const corootProjectsExample = `  COROOT_BASE_URL=https://coroot.example.com COROOT_USERNAME=viewer hooktool coroot projects
  hooktool coroot projects --coroot-url https://coroot.example.com --format json`

func newCorootProjectsCmd(a *app) *cobra.Command {
	f, format := corootFlags{app: a}, ""
	cmd := f.command(about{"projects", "List Coroot's projects and what their webhooks send", corootProjectsLong, corootProjectsExample},
		func(ctx context.Context) error { return runCorootProjects(ctx, &f, format) })
	f.register(cmd)
	option.Format(cmd, &format, "text", "json")
	return cmd
}

func runCorootProjects(ctx context.Context, f *corootFlags, format string) error {
	client, err := f.open(ctx)
	if err != nil {
		return err
	}
	o, err := client.Overview(ctx, f.project, f.app.showSecrets)
	if err != nil {
		return err
	}
	if format == "json" {
		return jsontree.Write(f.app.out, o.JSON())
	}
	if err := printAll(f.app.out, coroot.States(o.Projects, f.app.outPalette())); err != nil {
		return err
	}
	if !o.User.MayWrite() {
		f.app.note("you are %s: you can read, but only an Admin can write and test a webhook", printable.Text(o.User.String()))
	}
	return nil
}
