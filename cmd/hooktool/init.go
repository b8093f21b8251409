package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/starter"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

const initLong = `Write three ready-made templates for a destination and define a webhook in the
configuration. hooktool destinations lists the destinations.

The templates are safe for every event: their JSON is always valid, they stay
within every limit, and they notify nobody by mistake. Values that you must
replace, such as the chat of a Telegram bot, are constants at the top of each
template; --set fills them in. A secret given as ${NAME} is not written to the
files: it becomes a custom field of the webhook, read from the environment.

The webhook is added to this project's .hooktool.yaml, which is created if it does
not exist. Existing text in it is not touched, and existing templates are
overwritten only with --force.`

const initExample = `  hooktool init telegram
  hooktool init telegram --dir templates --set chat_id=-1001234567890
  hooktool init pagerduty --set 'routing_key=${PAGERDUTY_ROUTING_KEY}'
  hooktool init slack --dir slack-team-b --name team-b`

type initOptions struct {
	app    *app
	dir    string
	name   string
	values []string
	force  bool
}

func newInitCmd(a *app) *cobra.Command {
	o := initOptions{app: a, dir: "."}
	cmd := about{"init DESTINATION", "Write starter templates for a destination", initLong, initExample}.command(o.run)
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 && catalog.ByName(args[1]) != nil {
			return exit.Usage("run it once for each, each with a --dir of its own", "init sets up one destination at a time")
		}
		return help.Args(1, 1, "hooktool init DESTINATION [--dir DIR]; hooktool destinations lists the destinations")(cmd, args)
	}
	cmd.ValidArgsFunction = completeDestination
	cmd.Annotations = map[string]string{createsConfig: "true"}
	option.Define(cmd, "dir", &o.dir, "name", &o.name)
	option.DefineAs(cmd, "set", &o.values, "replace a constant of the templates, as `NAME=VALUE`; repeatable")
	option.Define(cmd, "force", &o.force)
	return cmd
}

// completeDestination completes the first argument.
func completeDestination(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return option.Destinations(cmd, args, word)
}

func (o *initOptions) run(_ context.Context, args []string) error {
	d, err := option.Destination(args[0])
	if err != nil {
		return err
	}
	options, err := o.options()
	if err != nil {
		return err
	}
	plan, err := starter.New(d, options)
	if err != nil {
		return planError(err)
	}
	if err := plan.Write(); err != nil {
		return planError(err)
	}
	return printAll(o.app.out, o.describe(plan))
}

func (o *initOptions) options() (starter.Options, error) {
	if o.dir == "" {
		return starter.Options{}, exit.Usage("leave it out for this folder", "--dir is empty")
	}
	path, err := o.app.config.ForNew(o.dir)
	if err != nil {
		return starter.Options{}, exit.Misused(err)
	}
	return starter.Options{Dir: o.dir, Config: path, Settings: settings.Names(), Name: o.name, Values: option.Values(o.values), Force: o.force}, nil
}

// planError rewords the error of a plan to set up a webhook.
func planError(err error) error {
	var (
		value   *starter.ValueError
		refused *starter.RefusedError
		inPath  *fs.PathError
	)
	switch {
	case errors.As(err, &value), errors.As(err, &refused):
		return exit.Usage("", "--set: %w", err)
	case errors.As(err, &inPath):
		return files.WriteFailure(inPath.Path, err)
	}
	return err
}

// describe says what was written and what to do next.
func (o *initOptions) describe(p *starter.Plan) string {
	colour := o.app.outPalette()
	if o.app.quiet {
		return p.Text(colour)
	}
	return p.Text(colour) + p.Next(colour, o.values, o.app.reach(p))
}

// reach says how commands reach the webhook of a plan that was written.
func (a *app) reach(p *starter.Plan) starter.Reach {
	if named := a.config.NamedFile(); named != "" {
		return starter.Reach{Config: named}
	}
	if a.config.InForce(p.Config) {
		return starter.Reach{}
	}
	return starter.Reach{Folder: filepath.Dir(p.Config)}
}
