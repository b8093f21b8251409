package option

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/words"
)

// Define defines flags by their names in the table of settings, each with the variable
// that it sets: "diff", &diff, "write", &write. Its default is what the variable holds.
func Define(cmd *cobra.Command, flags ...any) { defineAll(cmd, cmd.Flags(), flags) }

// DefineGlobal defines flags of a command and all below it.
func DefineGlobal(cmd *cobra.Command, flags ...any) { defineAll(cmd, cmd.PersistentFlags(), flags) }

// DefineAs defines a flag that means something of its own in a command.
func DefineAs(cmd *cobra.Command, name string, value any, usage string) {
	define(cmd, cmd.Flags(), name, value, usage)
}

func defineAll(cmd *cobra.Command, set *pflag.FlagSet, flags []any) {
	for i := 0; i < len(flags); i += 2 {
		define(cmd, set, flags[i].(string), flags[i+1], "") //nolint:forcetypeassert // every test makes all commands
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
		if s.Commas {
			set.StringSliceVarP(v, name, s.Short, *v, usage)
		} else {
			set.StringArrayVarP(v, name, s.Short, *v, usage)
		}
	case *string:
		switch {
		case s.Words != nil:
			set.VarP(&wordValue{value: v, words: s.Words, noun: s.Noun}, name, s.Short, usage)
		case name == "destination":
			set.VarP(destinationValue{v}, name, s.Short, usage)
		default:
			set.StringVarP(v, name, s.Short, *v, usage)
		}
	case *int:
		set.VarP(count(v, cmp.Or(s.Most, settings.MostCount)), name, s.Short, usage)
	case *time.Duration:
		set.VarP(duration(v, s.Zero), name, s.Short, usage)
	case *float64:
		set.VarP(percent(v), name, s.Short, usage)
	case *float32:
		set.VarP(anyNumber(v), name, s.Short, usage)
	case pflag.Value:
		set.VarP(v, name, s.Short, usage)
	default:
		panic(fmt.Sprintf("a flag cannot be a %T", value))
	}
	if complete := completion(s); complete != nil {
		CompleteBy(cmd, name, complete)
	}
}

// completion returns what completes a flag whose values are known.
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
