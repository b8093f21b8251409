package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
)

// Groups of commands, in the order in which help shows them.
const (
	groupWrite  = "write"
	groupCheck  = "check"
	groupSend   = "send"
	groupCoroot = "coroot"
	groupOther  = "other"
)

func commandGroups() []*cobra.Group {
	return []*cobra.Group{
		{ID: groupWrite, Title: "Write templates:"},
		{ID: groupCheck, Title: "Check them:"},
		{ID: groupSend, Title: "Send messages:"},
		{ID: groupCoroot, Title: "Talk to Coroot:"},
		{ID: groupOther, Title: "Other:"},
	}
}

// addGroup adds commands to the root under one heading of its help.
func addGroup(root *cobra.Command, group string, commands ...*cobra.Command) {
	for _, cmd := range commands {
		cmd.GroupID = group
	}
	root.AddCommand(commands...)
}

// help writes what --help prints.
func (a *app) help(cmd *cobra.Command, _ []string) {
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	if columns := a.helpWidth(); columns > 0 && columns <= terminal.DefaultWidth {
		text = typeset.Reflow(text, columns)
	}
	fmt.Fprint(cmd.OutOrStdout(), strings.TrimRight(text, " \n")+"\n\n")
	a.usage(cmd) //nolint:errcheck // helpWriter keeps it
}

// usage writes what --help prints below the description of a command. What
// holds for all commands is told once, by the root, so that help fits a screen.
func (a *app) usage(cmd *cobra.Command) error {
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
		a.writeCommands(&b, cmd, group.Title, group.ID)
	}
	if cmd.HasAvailableSubCommands() && len(cmd.Groups()) == 0 {
		a.writeCommands(&b, cmd, "Commands:", "")
	}
	if flags := cmd.LocalFlags(); flags.HasAvailableFlags() {
		fmt.Fprintf(&b, "\nFlags:\n%s\n", strings.TrimRight(flags.FlagUsagesWrapped(a.helpWidth()), "\n"))
	}
	if inherited := cmd.InheritedFlags(); inherited.HasAvailableFlags() {
		var names []string
		inherited.VisitAll(func(f *pflag.Flag) { names = append(names, shortest(f)) })
		b.WriteString("\n" + typeset.Hang("", "Like every command, it takes "+strings.Join(names, ", ")+": see hooktool --help", 0, a.helpWidth()))
	}
	switch {
	case !cmd.HasParent():
		b.WriteString("\n" + typeset.Hang("", "More: hooktool COMMAND --help, and hooktool help "+words.Or(topicNames()), 0, a.helpWidth()))
	case cmd.HasAvailableSubCommands():
		fmt.Fprintf(&b, "\n%s COMMAND --help shows more about a command.\n", cmd.CommandPath())
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

// leastHelpWidth is the least width that help is wrapped at: words beside the flags
// need some room.
const leastHelpWidth = 40

// helpWidth is the width to wrap help at, in columns: that of the terminal or of
// COLUMNS; 0, which means never, when help goes elsewhere.
func (a *app) helpWidth() int {
	if columns := a.outColumns(); columns > 0 {
		return max(columns, leastHelpWidth)
	}
	return 0
}

func (a *app) writeCommands(b *strings.Builder, cmd *cobra.Command, title, group string) {
	fmt.Fprintf(b, "\n%s\n", title)
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.GroupID == group {
			prefix := fmt.Sprintf("  %-*s  ", sub.NamePadding(), sub.Name())
			b.WriteString(typeset.Hang(prefix, sub.Short, len(prefix), a.helpWidth()))
		}
	}
}

// newHelpCmd answers "hooktool help COMMAND" as "hooktool COMMAND --help" does.
func newHelpCmd() *cobra.Command {
	return &cobra.Command{
		Annotations: map[string]string{needsNoConfig: "true"},
		Use:         "help [COMMAND|TOPIC]",
		Short:       "Print what a command does and takes",
		Hidden:      true,
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
				return noCommand(about, rest)
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// noCommand refuses words that are no command, with the nearest one.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := commandNames(cmd)
	hint := "the commands are " + strings.Join(names, ", ")
	nearest := meantCommand(cmd, args[0], append(names, topics(cmd)...))
	if slices.Contains(topicNames(), nearest) {
		hint = words.DidYouMean(strconv.Quote("hooktool help " + nearest))
	} else if nearest != "" {
		hint = words.DidYouMean(strconv.Quote(cmd.CommandPath() + " " + nearest))
	}
	return exit.Usage(hint, "unknown command %q", args[0])
}

// meantCommand returns the command that a word means: what other tools call it, a
// command that is spelt nearly so, or nearly what other tools call it; empty: it is
// not known.
func meantCommand(cmd *cobra.Command, word string, names []string) string {
	inner := ""
	if cmd.HasParent() {
		inner = cmd.Name()
	}
	known := foreign.Commands(inner)
	if meant := known[strings.ToLower(word)]; meant != "" {
		return meant
	}
	if meant := words.Nearest(word, names); meant != "" {
		return meant
	}
	if near := words.Nearest(word, slices.Sorted(maps.Keys(known))); near != "" && near[0] == strings.ToLower(word)[0] {
		return known[near]
	}
	return ""
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}
