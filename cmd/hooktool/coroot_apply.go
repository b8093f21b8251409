package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/words"
)

const corootApplyLong = `Write the webhook of --webhook to Coroot, replacing the one there.

It shows the difference first and asks for confirmation; without a terminal it
needs --yes. It writes nothing if the webhook comes from Coroot's configuration
file (Coroot would undo the change when it next starts), if validate finds an
error in the webhook or an event that breaks its JSON (unless --force is given),
or if somebody else has changed Coroot's webhook in the meantime. It reads back
what it wrote. If interrupted, it says which of the two definitions is in place.

The whole webhook is replaced: headers, fields and templates that the local one
does not have are removed from Coroot.`

const corootApplyExample = `  hooktool coroot apply -w telegram
  hooktool coroot apply -w telegram --yes --test    in CI; Coroot then sends its test`

type corootApplyOptions struct {
	corootFlags
	webhook string
	yes     bool
	force   bool
	test    bool
}

func newCorootApplyCmd(a *app) *cobra.Command {
	o := corootApplyOptions{corootFlags: corootFlags{app: a}}
	cmd := o.command(about{"apply", "Write a local webhook to Coroot", corootApplyLong, corootApplyExample}, o.run)
	o.localVar(cmd, &o.webhook)
	option.Define(cmd, "yes", &o.yes)
	option.DefineAs(cmd, "force", &o.force, "write it even if validate finds errors in it")
	option.Define(cmd, "test", &o.test)
	o.register(cmd)
	return cmd
}

func (o *corootApplyOptions) run(ctx context.Context) error {
	a := o.app
	local, err := a.localDefinition(o.webhook)
	if err != nil {
		return err
	}
	if err := o.validate(ctx); err != nil {
		return err
	}
	client, project, err := o.openProject(ctx)
	if err != nil {
		return err
	}
	live, err := o.writable(ctx, client, project)
	if err != nil {
		return err
	}
	differs, err := a.printCorootDiff(project, o.webhook, live, local)
	if err != nil {
		return err
	}
	if differs {
		if err := o.confirm(ctx, project); err != nil {
			return err
		}
		if err := client.Replace(ctx, project, live, local); err != nil {
			return err
		}
		a.note("the webhook of %s in Coroot is now the one in %s", printable.Text(project.String()), printable.Text(o.webhook))
	} else {
		a.note("Coroot already has this webhook: nothing was written")
	}
	if o.test {
		return a.corootTest(ctx, client, project, local)
	}
	return nil
}

// writable reads the existing webhook and rejects changes that would be undone or
// refused.
func (o *corootApplyOptions) writable(ctx context.Context, client *coroot.Client, project coroot.Project) (coroot.Definition, error) {
	live, configured, err := client.Writable(ctx, project, o.webhook)
	if err == nil && !configured {
		o.app.note("%s has no webhook yet", printable.Text(project.String()))
	}
	return live, err
}

// validate rejects a webhook that would lose messages.
func (o *corootApplyOptions) validate(ctx context.Context) error {
	results, err := o.app.checkWebhook(ctx, o.webhook)
	if err != nil {
		return err
	}
	bad := coroot.Losing(results)
	if bad == 0 {
		return nil
	}
	message := fmt.Sprintf("validate finds %s in the webhook %q", words.Count(bad, "error"), o.webhook)
	if o.force {
		o.app.note("%s; writing it anyway because of --force", message)
		return nil
	}
	return &exit.Error{Code: exit.Findings, Err: fmt.Errorf("%s: nothing was written", message), Hint: "see them with hooktool validate -w " + o.webhook + ", or give --force"}
}

// confirm asks for confirmation on a terminal.
func (o *corootApplyOptions) confirm(ctx context.Context, project coroot.Project) error {
	if o.yes {
		return nil
	}
	if !terminal.IsTerminal(o.app.in) {
		return exit.Usage("give --yes, or run this on a terminal", "nothing was written: there is no terminal to ask for confirmation")
	}
	answer, err := terminal.ReadLine(ctx, o.app.in, o.app.err, fmt.Sprintf("Write this to %s? [y/N] ", printable.Text(project.String())))
	if err != nil {
		return err
	}
	if answer := strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
		return exit.Failed("", "nothing was written")
	}
	return nil
}
