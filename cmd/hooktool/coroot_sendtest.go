package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootTestLong = `Have Coroot send its test messages with the webhook of --webhook as defined in the
local configuration: from Coroot's own network, to the URL of that webhook. Nothing
is stored in Coroot.

Coroot sends an incident, then a deployment, and stops at the first failure. It
does not test the alert template or other states; test-send --states all does.`

const corootTestExample = `  hooktool coroot test -w telegram
  hooktool coroot test -w telegram --project production`

func newCorootTestCmd(a *app) *cobra.Command {
	f, name := corootFlags{app: a}, ""
	cmd := f.command(about{"test", "Have Coroot send its test with a local webhook", corootTestLong, corootTestExample},
		func(ctx context.Context) error { return runCorootTest(ctx, &f, name) })
	f.localVar(cmd, &name)
	f.register(cmd)
	return cmd
}

func runCorootTest(ctx context.Context, f *corootFlags, name string) error {
	local, client, project, err := f.openLocal(ctx, name)
	if err != nil {
		return err
	}
	return f.app.corootTest(ctx, client, project, local)
}

// openLocal returns a webhook in the configuration, and signs in to Coroot.
func (f *corootFlags) openLocal(ctx context.Context, name string) (coroot.Definition, *coroot.Client, coroot.Project, error) {
	local, err := f.app.localDefinition(name)
	if err != nil {
		return local, nil, coroot.Project{}, err
	}
	client, project, err := f.openProject(ctx)
	return local, client, project, err
}

// localDefinition returns a webhook in the configuration in the form that Coroot's API
// accepts.
func (a *app) localDefinition(name string) (coroot.Definition, error) {
	return coroot.Local(a.workspace(workspace.Said{Webhooks: []string{name}}, ""), name, a.getenv)
}

// corootTest makes Coroot send its test message and reports the outcome.
func (a *app) corootTest(ctx context.Context, client *coroot.Client, project coroot.Project, d coroot.Definition) error {
	err := client.TestWebhook(ctx, project, d, a.showSecrets)
	if refused := new(coroot.Error); errors.As(err, &refused) && refused.Refused() {
		return &exit.Error{Code: exit.Findings, Err: err}
	}
	if err != nil {
		return err
	}
	sent := d.Tested()
	if sent == "" {
		a.note("Coroot sends no test if incidents and deployments are switched off")
		return nil
	}
	err = printAll(a.out, a.outPalette().Green("✓")+" Coroot sent its test: "+sent+"\n")
	if d.Alerts {
		a.note("Coroot does not test the alert template: hooktool test-send --states all -t alert does")
	}
	return err
}
