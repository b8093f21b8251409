package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/starter"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

const initLong = `Write three ready-made templates for a destination, and define a webhook in the
configuration.

The templates are safe for every event: their JSON is always valid, they stay
within every limit, and they notify nobody by mistake. Values that you must
replace, such as the chat of a Telegram bot, are constants at the top of each
template; --set fills them in. A secret given as ${NAME} stays out of the files:
it becomes a custom field of the webhook, read from the environment.

The webhook is added to the .hooktool.yaml of this project, which is created if
there is none. Existing text in it is not touched, and existing templates are
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
	o := initOptions{app: a}
	cmd := &cobra.Command{
		Use:               "init DESTINATION",
		Short:             "Write starter templates for a destination",
		Long:              initLong,
		Example:           initExample,
		Args:              args(1, 1, "hooktool init DESTINATION [--dir DIR]"),
		ValidArgsFunction: completeDestination,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.run(args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.dir, "dir", ".", "write the templates into this `folder`")
	flags.StringVar(&o.name, "name", "", "`name` of the webhook in the configuration (default: the destination's)")
	flags.StringArrayVar(&o.values, "set", nil, "replace a constant of the templates, as `NAME=VALUE`; can be repeated")
	flags.BoolVar(&o.force, "force", false, "overwrite templates that are there")
	return cmd
}

// completeDestination completes the first argument.
func completeDestination(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return completeDestinations(cmd, args, word)
}

func (o *initOptions) run(name string) error {
	if name == "" {
		return usageError("the destinations are "+strings.Join(catalog.Names(), ", "), "the name of the destination is empty")
	}
	if err := checkDestination(name); err != nil {
		return err
	}
	options, err := o.options()
	if err != nil {
		return err
	}
	plan, err := starter.New(catalog.ByName(name), options)
	if err != nil {
		return o.planError(err)
	}
	if err := plan.Write(); err != nil {
		return o.planError(err)
	}
	return printAll(o.app.out, o.describe(plan))
}

func (o *initOptions) options() (starter.Options, error) {
	if o.dir == "" {
		return starter.Options{}, usageError("leave it out for this folder", "--dir is empty")
	}
	values, err := valuesOf("set", o.values)
	if err != nil {
		return starter.Options{}, err
	}
	path, err := o.app.config.ForNew(o.dir)
	if err != nil {
		return starter.Options{}, misused(err)
	}
	return starter.Options{Dir: o.dir, Config: path, Settings: settings.Names(), Name: o.name, Values: values, Force: o.force}, nil
}

func (o *initOptions) planError(err error) error {
	var (
		exists  *starter.ExistsError
		value   *starter.ValueError
		refused *starter.RefusedError
		inPath  *fs.PathError
	)
	switch {
	case errors.As(err, &exists):
		return failed("give another folder with --dir, or overwrite with --force; nothing was written", "%w", err)
	case errors.As(err, &value), errors.As(err, &refused):
		return usageError("", "--set: %w", err)
	case errors.As(err, &inPath):
		return writeFailure(inPath.Path, err)
	}
	return err
}

// planned says what was written.
func (a *app) planned(p *starter.Plan) string {
	colour := a.outPalette()
	var b strings.Builder
	for _, file := range p.Files {
		word := "wrote    "
		if file.Same {
			word = "unchanged"
		}
		fmt.Fprintf(&b, "%s %s\n", colour.Green(word), file.Path)
	}
	name := printable.Text(p.Name)
	switch p.Place {
	case starter.Created:
		fmt.Fprintf(&b, "%s %s with the webhook %s\n", colour.Green("wrote    "), p.Config, name)
	case starter.Added:
		fmt.Fprintf(&b, "%s the webhook %s to %s\n", colour.Green("added    "), name, p.Config)
	case starter.Kept:
		if len(p.Missing) > 0 {
			fmt.Fprintf(&b, "%s to customFields of the webhook %s in %s, which the templates use now:\n\n    customFields:\n", colour.Yellow("add this "), name, p.Config)
			for _, line := range p.Missing {
				fmt.Fprintf(&b, "      %s\n", line)
			}
			break
		}
		fmt.Fprintf(&b, "%s the webhook %s in %s, which is already defined; use --name for another\n", colour.Yellow("unchanged"), name, p.Config)
	case starter.ByHand:
		fmt.Fprintf(&b, "%s under webhooks to %s, which hooktool cannot edit:\n\n%s", colour.Yellow("add this "), p.Config, p.Entry)
	}
	return b.String()
}

// describe says what was written, and what is to be done next.
func (o *initOptions) describe(p *starter.Plan) string {
	colour := o.app.outPalette()
	var b strings.Builder
	b.WriteString(o.app.planned(p))
	if o.app.quiet {
		return b.String()
	}
	fmt.Fprintf(&b, "\n%s\n", colour.Bold("Next"))
	for i, step := range o.steps(p) {
		fmt.Fprintf(&b, "%d. %s\n", i+1, step)
	}
	if p.Destination.Notice != "" {
		fmt.Fprintf(&b, "\n%s\n", p.Destination.Notice)
	}
	return b.String()
}

func (o *initOptions) steps(p *starter.Plan) []string {
	var steps []string
	for _, step := range p.Steps {
		steps = append(steps, upper(step))
	}
	hook := printable.ShellWord(p.Name)
	for _, pair := range p.References() {
		steps = append(steps, fmt.Sprintf("Put the %s into the environment variable %s", pair[0], pair[1]))
	}
	for _, value := range p.Placeholder {
		steps = append(steps, fmt.Sprintf("Replace %s, %q, at the top of each template, or write them again: %s", value.Name, value.Placeholder, o.again(p, value)))
	}
	return append(
		steps,
		"See the messages: hooktool preview -w "+hook,
		"Check the templates: hooktool validate -w "+hook,
		"Send a test: hooktool test-send -w "+hook,
		fmt.Sprintf("Bring it to Coroot: hooktool coroot export -w %s --for config (or operator, helm, api)", hook),
	)
}

// again is the command line that fills in a value.
func (o *initOptions) again(p *starter.Plan, value starter.Value) string {
	words := []string{"hooktool", "init", p.Destination.Name}
	if o.dir != "." {
		words = append(words, "--dir", printable.ShellWord(o.dir))
	}
	variable := strings.ToUpper(p.Destination.Name + "_" + value.Name)
	if p.Name != p.Destination.Name {
		words = append(words, "--name", printable.ShellWord(p.Name))
		variable = starter.VariableFor(variable, p.Name)
	}
	if named := o.app.config.NamedFile(); named != "" {
		words = append(words, "--config", printable.ShellWord(named))
	}
	for _, given := range o.values {
		words = append(words, "--set", printable.ShellWord(given))
	}
	set := value.Name + "=…"
	if slices.Contains(p.Destination.SecretMembers, value.Name) {
		set = fmt.Sprintf("'%s=${%s}'", value.Name, variable)
	}
	return strings.Join(append(words, "--force", "--set", set), " ")
}

// upper writes the first letter large.
func upper(s string) string {
	return strings.ToUpper(s[:1]) + s[1:]
}
