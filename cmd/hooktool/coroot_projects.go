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
	all := []coroot.State{}
	for _, p := range client.User().Projects {
		if f.project != "" && f.project != p.ID && f.project != p.Name {
			continue
		}
		described, err := client.State(ctx, p, f.app.showSecrets)
		if err != nil {
			return err
		}
		all = append(all, described)
	}
	if len(all) == 0 {
		if _, err := client.Project(f.project); err != nil {
			return err
		}
	}
	user := client.User()
	if format == "json" {
		return jsontree.Write(f.app.out, map[string]any{"version": 1, "user": map[string]any{"email": user.Email, "role": user.Role, "anonymous": user.Anonymous}, "projects": all})
	}
	if err := printAll(f.app.out, coroot.States(all, f.app.outPalette())); err != nil {
		return err
	}
	if !user.MayWrite() {
		f.app.note("you are %s: you can read, but only an Admin can write and test a webhook", printable.Text(user.String()))
	}
	return nil
}
