// Package help prints the output of --help and hooktool help, and words mistakes on the
// command line.
package help

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
)

// Printer prints help.
type Printer struct {
	// Columns returns the width to wrap at: that of the terminal or of COLUMNS, or 0
	// for no wrapping if help goes elsewhere.
	Columns func() int
}

// Set sets the help and the usage errors of a command and all its subcommands.
func (p Printer) Set(root *cobra.Command) {
	root.SetUsageFunc(p.usage)
	root.SetHelpFunc(p.help)
	root.SetFlagErrorFunc(flagError)
}

// leastWidth is the smallest width that help is wrapped at: text beside the flags needs
// some room.
const leastWidth = 40

func (p Printer) width() int {
	if columns := p.Columns(); columns > 0 {
		return max(columns, leastWidth)
	}
	return 0
}

// help writes what --help prints.
func (p Printer) help(cmd *cobra.Command, _ []string) {
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	if columns := p.width(); columns > 0 && columns <= terminal.DefaultWidth {
		text = typeset.Reflow(text, columns)
	}
	fmt.Fprint(cmd.OutOrStdout(), strings.TrimRight(text, " \n")+"\n\n")
	p.usage(cmd) //nolint:errcheck // helpWriter keeps the error
}

// usage writes what --help prints below the description of a command. Only the root's
// help covers what applies to all commands, so that help fits on a screen.
func (p Printer) usage(cmd *cobra.Command) error {
	var b strings.Builder
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " COMMAND [flags]"
	}
	fmt.Fprintf(&b, "Usage:\n  %s\n", line)
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	for _, group := range cmd.Groups() {
		p.writeCommands(&b, cmd, group.Title, group.ID)
	}
	if cmd.HasAvailableSubCommands() && len(cmd.Groups()) == 0 {
		p.writeCommands(&b, cmd, "Commands:", "")
	}
	if flags := cmd.LocalFlags(); flags.HasAvailableFlags() {
		fmt.Fprintf(&b, "\nFlags:\n%s\n", strings.TrimRight(flags.FlagUsagesWrapped(p.width()), "\n"))
	}
	if inherited := cmd.InheritedFlags(); inherited.HasAvailableFlags() {
		var names []string
		inherited.VisitAll(func(f *pflag.Flag) { names = append(names, shortest(f)) })
		b.WriteString("\n" + typeset.Hang("", "It also takes "+strings.Join(names, ", ")+": see hooktool --help", 0, p.width()))
	}
	switch {
	case !cmd.HasParent():
		b.WriteString("\n" + typeset.Hang("", "More: hooktool COMMAND --help, and hooktool help "+words.Or(topicNames()), 0, p.width()))
	case cmd.HasAvailableSubCommands():
		fmt.Fprintf(&b, "\nRun %s COMMAND --help for more about a command.\n", cmd.CommandPath())
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

func shortest(f *pflag.Flag) string {
	if f.Shorthand != "" {
		return "-" + f.Shorthand
	}
	return "--" + f.Name
}

func (p Printer) writeCommands(b *strings.Builder, cmd *cobra.Command, title, group string) {
	fmt.Fprintf(b, "\n%s\n", title)
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.GroupID == group {
			prefix := fmt.Sprintf("  %-*s  ", sub.NamePadding(), sub.Name())
			b.WriteString(typeset.Hang(prefix, sub.Short, len(prefix), p.width()))
		}
	}
}

// Command returns the help command: "hooktool help COMMAND" prints the same as
// "hooktool COMMAND --help".
func Command() *cobra.Command {
	return &cobra.Command{
		Use:    "help [COMMAND|TOPIC]",
		Short:  "Show help for a command or topic",
		Hidden: true,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return append(commandNames(cmd.Root()), topicNames()...), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if text, ok := topicText(args); ok {
				_, err := fmt.Fprint(cmd.OutOrStdout(), text)
				return err
			}
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return NoCommand(about, rest)
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}
