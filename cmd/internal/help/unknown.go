package help

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// NoCommand rejects words that are not a command, and suggests the nearest one.
func NoCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	names := commandNames(cmd)
	if len(names) == 0 {
		return exit.Usage(seeHelp(cmd), "%s has no command %q", cmd.CommandPath(), args[0])
	}
	hint := "the commands are " + strings.Join(names, ", ")
	if all := topics(cmd); len(all) > 0 {
		hint += "; the topics of hooktool help are " + strings.Join(all, ", ")
	}
	nearest := meantCommand(cmd, args[0], append(names, topics(cmd)...))
	if slices.Contains(topicNames(), nearest) {
		nearest = "help " + nearest
	}
	if nearest != "" {
		hint = words.DidYouMean(strconv.Quote(cmd.CommandPath() + " " + nearest))
	}
	return exit.Usage(hint, "unknown command %q", args[0])
}

// meantCommand returns the command that a word means: another tool's name for it, a
// misspelt command, one joined to its argument, or another tool's name misspelt. It is
// empty if there is none.
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
	if head, tail, ok := strings.Cut(word, "-"); ok && slices.Contains(names, head) {
		return head + " " + tail // schema-incident
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

// flagError adds a suggestion to cobra's message about an unknown flag.
func flagError(cmd *cobra.Command, err error) error {
	if given := cmd.Flags().Args(); cmd.HasSubCommands() && len(given) > 0 {
		return NoCommand(cmd, given) // the flag belongs to the command that was meant
	}
	if _, unknown, ok := strings.Cut(err.Error(), "unknown flag: "); ok {
		return exit.Usage(flagHint(cmd, unknown), "unknown flag %q", unknown)
	}
	if _, unknown, ok := strings.Cut(err.Error(), "unknown shorthand flag: "); ok {
		letter, _, _ := strings.Cut(strings.TrimPrefix(unknown, "'"), "'")
		return exit.Usage(flagHint(cmd, "-"+letter), "unknown flag %q", "-"+letter)
	}
	if problem, ok := option.Problem(err); ok {
		return problem
	}
	return exit.Usage(seeHelp(cmd), "%w", err)
}

// FlagsTogether rewords cobra's error about mutually exclusive flags.
func FlagsTogether(cmd *cobra.Command) error {
	err := cmd.ValidateFlagGroups()
	if err == nil {
		return nil
	}
	_, set, _ := strings.Cut(err.Error(), "; [")
	set, _, _ = strings.Cut(set, "]")
	return exit.Usage("remove one of them", "--%s cannot be used together", strings.Join(strings.Fields(set), " and --"))
}

func seeHelp(cmd *cobra.Command) string { return "see " + cmd.CommandPath() + " --help" }

// flagHint suggests what was meant by an unknown flag: the equivalent of another tool's
// flag, a flag of other commands, or a misspelt one.
func flagHint(cmd *cobra.Command, unknown string) string {
	if meant := meantFlag(cmd, unknown); meant != "" {
		return words.DidYouMean(meant)
	}
	if instead := insteadOf(cmd, unknown); instead != "" {
		return instead
	}
	name, long := strings.CutPrefix(unknown, "--")
	if !long {
		if name = longName(cmd.Root(), strings.TrimPrefix(unknown, "-")); name == "" {
			return seeHelp(cmd)
		}
		return flagHint(cmd, "--"+name)
	}
	if others := commandsWith(cmd.Root(), name); len(others) > 0 {
		return unknown + " is a flag of " + words.And(others)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	nearest := words.Nearest(name, names)
	for _, other := range names {
		if nearest == "" && (strings.HasPrefix(name, other+"-") || strings.HasPrefix(other, name+"-")) {
			nearest = other
		}
	}
	if nearest == "" {
		return seeHelp(cmd)
	}
	return words.DidYouMean("--" + nearest)
}

// commandsWith lists the subcommands that have a flag.
func commandsWith(cmd *cobra.Command, flag string) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() && sub.LocalNonPersistentFlags().Lookup(flag) != nil {
			names = append(names, strings.TrimPrefix(sub.CommandPath(), "hooktool "))
		}
		names = append(names, commandsWith(sub, flag)...)
	}
	return names
}

// longName returns the long name that a letter is short for in other commands, or "".
func longName(cmd *cobra.Command, letter string) string {
	for _, sub := range cmd.Commands() {
		if len(letter) == 1 { // pflag knows no others
			if flag := sub.LocalNonPersistentFlags().ShorthandLookup(letter); flag != nil {
				return flag.Name
			}
		}
		if name := longName(sub, letter); name != "" {
			return name
		}
	}
	return ""
}

// meantFlag returns the name here of another tool's flag, if the command has it, or
// else "".
func meantFlag(cmd *cobra.Command, flag string) string {
	for _, meant := range foreign.Flags(flag) {
		name, _, _ := strings.Cut(strings.TrimPrefix(meant, "--"), " ")
		if cmd.Flags().Lookup(name) != nil || cmd.InheritedFlags().Lookup(name) != nil {
			return meant
		}
	}
	return ""
}

// insteadOf says what to do instead of using another tool's flag that has no equivalent
// here. It is empty if the flag is not known.
func insteadOf(cmd *cobra.Command, flag string) string {
	for _, word := range foreign.Arguments(flag) {
		if at := strings.Index(strings.ToUpper(cmd.Use), word); at >= 0 {
			return "give it as an argument: " + strings.TrimSuffix(cmd.UseLine(), " [flags]")
		}
	}
	return foreign.Habits(flag)
}

// Args checks the number of arguments.
func Args(least, most int, usage string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return exit.Usage("usage: "+usage, "an argument is missing")
		case len(args) > most:
			return exit.Usage(words.Hint(valueOf(cmd, args[most]), "usage: "+usage), "unexpected argument %q", args[most])
		}
		return nil
	}
}

// valueOf returns the flag of which an argument is probably the value, with that value;
// "" if there is none.
func valueOf(cmd *cobra.Command, arg string) string {
	has := func(flag string) bool { return cmd.Flags().Lookup(flag) != nil }
	switch {
	case has("as") && catalog.ByName(arg) != nil:
		return "--as " + arg
	case has("coroot-url") && IsURL(arg):
		return "--coroot-url " + printable.ShellWord(arg)
	case has("webhook") && has("coroot-url") && !has("limit"):
		return "-w " + printable.ShellWord(arg)
	}
	return ""
}

// IsURL reports whether an argument is a URL rather than a file.
func IsURL(arg string) bool {
	return strings.HasPrefix(arg, "https://") || strings.HasPrefix(arg, "http://")
}
