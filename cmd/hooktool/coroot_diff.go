package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/coroot"
)

const corootDiffLong = `Compare the settings and templates of the webhook in Coroot with the webhook of
--webhook in the local configuration, as a unified diff from Coroot to local, with
secrets masked. If a secret differs, the diff says only that.

It exits with 1 if they differ, and with 0 if they are the same. Coroot shows the
URL only to an Admin; for other users it is left out of the comparison.`

const corootDiffExample = `  hooktool coroot diff -w telegram
  hooktool coroot diff -w telegram --project production --color always | less -R`

func newCorootDiffCmd(a *app) *cobra.Command {
	f, name := corootFlags{app: a}, ""
	cmd := f.command(about{"diff", "Compare Coroot's webhook with a local one", corootDiffLong, corootDiffExample},
		func(ctx context.Context) error { return runCorootDiff(ctx, &f, name) })
	f.localVar(cmd, &name)
	f.register(cmd)
	return cmd
}

func runCorootDiff(ctx context.Context, f *corootFlags, name string) error {
	local, client, project, err := f.openLocal(ctx, name)
	if err != nil {
		return err
	}
	live, err := client.Webhook(ctx, project)
	if err != nil {
		return err
	}
	differs, err := f.app.printCorootDiff(project, name, live, local)
	switch {
	case err != nil:
		return err
	case differs:
		return exit.Status(exit.Findings)
	}
	return nil
}

// printCorootDiff prints the difference between two definitions, if any.
func (a *app) printCorootDiff(project coroot.Project, name string, live, local coroot.Definition) (differs bool, err error) {
	if live.Hidden() {
		a.note("Coroot hides the URL from this user, so it is not compared")
	}
	text := coroot.DiffText(project, name, live, local, a.outPalette(), a.showSecrets)
	return text != "", printAll(a.out, text)
}
