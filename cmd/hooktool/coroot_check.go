package main

import (
	"context"
	"path"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/coroot"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const corootCheckLong = `Check the webhook that runs in Coroot, as hooktool validate checks files: the same
findings, formats and exit codes. It works as a Viewer, to whom Coroot does not
tell the URL; then --destination says where the messages go.

Places are those in the files that hooktool coroot pull would write.`

const corootCheckExample = `  hooktool coroot check
  hooktool coroot check --project production --format github
  hooktool coroot check -d telegram --fail-on warning    as a Viewer, every night`

func newCorootCheckCmd(a *app) *cobra.Command {
	f := corootFlags{app: a}
	o := validateOptions{app: a}
	cmd := &cobra.Command{
		Use:     "check",
		Short:   "Validate the webhook that runs in Coroot",
		Long:    corootCheckLong,
		Example: corootCheckExample,
		Args:    args(0, 0, "hooktool coroot check"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runCorootCheck(cmd.Context(), &f, &o) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.VarP(destinationValue{&o.destination}, "destination", "d", "the `name` of the receiving system, such as telegram; see hooktool destinations")
	completeBy(cmd, "destination", completeDestinations)
	o.registerReport(cmd)
	f.register(cmd)
	return cmd
}

func runCorootCheck(ctx context.Context, f *corootFlags, o *validateOptions) error {
	check, err := o.checker()
	if err != nil {
		return err
	}
	client, project, err := f.openProject(ctx)
	if err != nil {
		return err
	}
	live, err := f.liveDefinition(ctx, client, project)
	if err != nil {
		return err
	}
	if live.Hidden() && o.destination == "" {
		f.app.note("Coroot hides the URL from this user: say where the messages go with --destination")
	}
	w, err := f.app.liveWorkspace(project, live, workspace.Said{Destination: o.destination})
	if err != nil {
		return err
	}
	sources, err := w.Find()
	if err != nil {
		return asCoded(err)
	}
	o.elsewhere = true
	return o.check(ctx, check, w, sources)
}

// liveDefinition reads the webhook of a project that has one.
func (f *corootFlags) liveDefinition(ctx context.Context, client *coroot.Client, project coroot.Project) (coroot.Definition, error) {
	state, err := client.Integrations(ctx, project)
	if err != nil {
		return coroot.Definition{}, corootError(err)
	}
	if !state.Webhook.Configured {
		return coroot.Definition{}, failed("set one up with hooktool init, and write it with hooktool coroot apply", "the project %s has no webhook", terminal.Printable(project.String()))
	}
	live, err := client.Webhook(ctx, project)
	return live, corootError(err)
}

// liveWorkspace has the templates of a definition that runs in Coroot, in the
// files that pulling it would write.
func (a *app) liveWorkspace(project coroot.Project, d coroot.Definition, said workspace.Said) (*workspace.Workspace, error) {
	name := printable.Text(project.Name)
	dir := path.Join("coroot", fileName(name))
	pulled, err := coroot.Pull(d, coroot.PullOptions{Name: name, FileName: templateFileName})
	if err != nil {
		return nil, err
	}
	at := path.Join(dir, config.FileName)
	texts := map[string]string{at: "webhooks:\n" + pulled.Entry}
	for kind, text := range pulled.Templates {
		texts[path.Join(dir, templateFileName(kind))] = text
	}
	file, err := config.Parse(at, []byte(texts[at]), nil)
	if err != nil && file == nil {
		return nil, configError(err)
	}
	said.Webhook = name
	return workspace.New(workspace.Options{
		Files: workspace.NewOverlay(nil, texts), Configs: []*config.File{file}, Getenv: pulled.Getenv, Said: said,
	}), nil
}

func templateFileName(kind event.Kind) string { return kind.String() + ".tmpl" }

// checkWebhook validates a webhook of the configuration.
func (a *app) checkWebhook(ctx context.Context, name string) ([]lint.Result, error) {
	o := validateOptions{app: a, minSeverity: string(lint.Info)}
	check, err := o.checker()
	if err != nil {
		return nil, err
	}
	w := a.workspace(workspace.Said{Webhook: name}, "")
	sources, err := w.Find()
	if err != nil {
		return nil, asCoded(err)
	}
	r := check.run(ctx, w, sources)
	if len(r.Failures) > 0 {
		return nil, &codedError{code: max(check.failureCode, exitUsage), err: &r.Failures[0]}
	}
	return r.Results, ctx.Err()
}
