package option

import (
	"cmp"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/words"
)

// Define defines flags by their names in the table of settings, each with its variable:
// "diff", &diff, "write", &write. The default is the value of the variable.
func Define(cmd *cobra.Command, flags ...any) { defineAll(cmd, cmd.Flags(), flags) }

// DefineGlobal defines flags of a command and all its subcommands.
func DefineGlobal(cmd *cobra.Command, flags ...any) { defineAll(cmd, cmd.PersistentFlags(), flags) }

// DefineAs defines a flag with a usage text specific to a command.
func DefineAs(cmd *cobra.Command, name string, value any, usage string) {
	define(cmd, cmd.Flags(), name, value, usage)
}

func defineAll(cmd *cobra.Command, set *pflag.FlagSet, flags []any) {
	for i := 0; i < len(flags); i += 2 {
		define(cmd, set, flags[i].(string), flags[i+1], "") //nolint:forcetypeassert // tests cover all
	}
}

func define(cmd *cobra.Command, set *pflag.FlagSet, name string, value any, usage string) {
	s, ok := settings.ByName(name)
	if !ok {
		panic("there is no setting " + name)
	}
	usage = cmp.Or(usage, s.Usage)
	if s.Words != nil {
		usage += ": " + words.Or(s.Words)
	}
	switch v := value.(type) {
	case *bool:
		set.BoolVarP(v, name, s.Short, *v, usage)
	case *[]string:
		set.VarP(&list{values: v, commas: s.Commas, check: check(name, usage)}, name, s.Short, usage)
	case *string:
		if s.Words == nil && check(name, usage) == nil {
			set.StringVarP(v, name, s.Short, *v, usage)
			break
		}
		set.VarP(checked(s, value), name, s.Short, usage)
	default:
		set.VarP(checked(s, value), name, s.Short, usage)
	}
	once(set.Lookup(name))
	if complete := completion(s); complete != nil {
		CompleteBy(cmd, name, complete)
	}
}

// checked returns the value of a flag that does not accept everything of its type.
func checked(s settings.Setting, value any) pflag.Value {
	switch v := value.(type) {
	case *string:
		if s.Words == nil {
			return textValue{v, check(s.Name, "")}
		}
		return &wordValue{value: v, words: s.Words, noun: s.Noun}
	case *int:
		return count(v, cmp.Or(s.Most, settings.MostCount))
	case *time.Duration:
		return duration(v, s.Zero)
	case *float64:
		return percent(v)
	case *float32:
		return anyNumber(v)
	}
	return value.(pflag.Value) //nolint:forcetypeassert // as above
}

// completion returns the completion function of a flag whose values are known.
func completion(s settings.Setting) cobra.CompletionFunc {
	if s.Words != nil {
		return cobra.FixedCompletions(s.Words, cobra.ShellCompDirectiveNoFileComp)
	}
	switch s.Name {
	case "sample":
		return Samples
	case "destination":
		return Destinations
	case "as":
		return standIns
	case "enable", "disable":
		return Rules
	case "severity":
		return severities
	case "output":
		return outputs
	}
	return nil
}
