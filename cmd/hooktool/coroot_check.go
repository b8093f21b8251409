package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootCheckLong = `Check the webhook of a running Coroot as hooktool validate checks files, with the
same findings, formats and exit codes. A Viewer can do this, but does not see the
URL: --destination then says where the messages go.

Positions refer to the files that hooktool coroot pull would write.`

const corootCheckExample = `  hooktool coroot check
  hooktool coroot check --project production --format github
  hooktool coroot check -d telegram --fail-on warning    as a Viewer, every night`

func newCorootCheckCmd(a *app) *cobra.Command {
	f, o := corootFlags{app: a}, validateOptions{app: a}
	cmd := f.command(about{"check", "Validate the webhook of a running Coroot", corootCheckLong, corootCheckExample},
		func(ctx context.Context) error { return runCorootCheck(ctx, &f, &o) })
	option.Define(cmd, "destination", &o.destination)
	o.registerReport(cmd)
	f.register(cmd)
	return cmd
}

func runCorootCheck(ctx context.Context, f *corootFlags, o *validateOptions) error {
	check, err := o.lint()
	if err != nil {
		return err
	}
	client, project, err := f.openProject(ctx)
	if err != nil {
		return err
	}
	live, err := client.Live(ctx, project)
	if err != nil {
		return err
	}
	if live.Hidden() && o.destination == "" {
		f.app.note("Coroot hides the URL from this user: use --destination to say where the messages go")
	}
	w, err := coroot.Workspace(project, live, workspace.Said{Destination: o.destination})
	if err != nil {
		return err
	}
	sources, err := w.Find()
	if err != nil {
		return err
	}
	o.elsewhere = true
	return o.check(ctx, check, w, sources)
}

// checkWebhook validates a webhook in the configuration.
func (a *app) checkWebhook(ctx context.Context, name string) ([]lint.Result, error) {
	check, err := (&validateOptions{app: a}).lint()
	if err != nil {
		return nil, err
	}
	w := a.workspace(workspace.Said{Webhooks: []string{name}}, "")
	sources, err := w.Find()
	if err != nil {
		return nil, err
	}
	r, failed := a.checkSources(ctx, w, sources, check)
	if failed != exit.OK {
		return nil, &exit.Error{Code: failed, Err: &r.Failures[0]}
	}
	return r.Results, ctx.Err()
}
