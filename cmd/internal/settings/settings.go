// Package settings sets flags that the user did not give from the environment and from
// configuration files. It is the only user of viper.
//
// The order of precedence is: flag, HOOKTOOL_ environment variable, project
// configuration, user configuration, default. The flag --fail-on corresponds to the
// variable HOOKTOOL_FAIL_ON and the key fail-on. Only plain settings pass through
// viper, because it converts keys to lower case; package config reads webhooks and
// rules, whose keys keep their case, from the same files.
//
// All lists the settings, and which of them a project's file may set.
package settings

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// envPrefix is the prefix of environment variables.
const envPrefix = "HOOKTOOL"

// StarterToken is the variable that holds the bot's token for the webhook written by
// hooktool init telegram.
const StarterToken = "TELEGRAM_TOKEN"

// EnvName returns the environment variable for a flag.
func EnvName(flag string) string {
	return envPrefix + "_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// Applied says what Apply did.
type Applied struct {
	FromFiles map[string]string // the names of the flags set from files, each with the path of the file
	Foreign   []string          // flags whose variable has a value that only other commands accept
}

// Apply sets each flag of a command that was not given from the environment or from
// files, which are ordered from the weakest to the strongest. An error about a file is a
// *source.Problem.
func Apply(cmd *cobra.Command, getenv func(string) string, files ...File) (applied Applied, err error) {
	applied.FromFiles = map[string]string{}
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if err != nil || flag.Changed || flag.Name == "help" {
			return
		}
		var done bool
		done, err = applyEnv(cmd, flag, getenv)
		if err != nil && acceptedElsewhere(cmd.Root(), flag.Name, getenv(EnvName(flag.Name))) {
			applied.Foreign, err = append(applied.Foreign, flag.Name), nil
		}
		if err != nil || done {
			return
		}
		for _, file := range slices.Backward(files) {
			if done, err = file.apply(cmd, flag); done {
				applied.FromFiles[flag.Name] = file.Path
			}
			if done || err != nil {
				return
			}
		}
	})
	return applied, err
}

// acceptedElsewhere reports whether a value is one of the words that a flag accepts in
// another command: of the formats of validate, test-send knows only some.
func acceptedElsewhere(root *cobra.Command, flag, value string) bool {
	if f := root.Flags().Lookup(flag); f != nil {
		if words, ok := f.Value.(interface{ Accepts(word string) bool }); ok && words.Accepts(value) {
			return true
		}
	}
	return slices.ContainsFunc(root.Commands(), func(cmd *cobra.Command) bool { return acceptedElsewhere(cmd, flag, value) })
}

// EnvError reports a variable whose value its flag does not accept.
type EnvError struct {
	Variable, Flag string
	Err            error
}

func (e *EnvError) Error() string {
	return fmt.Sprintf("environment variable %s: %v", e.Variable, e.Err)
}
func (e *EnvError) Unwrap() error { return e.Err }

func applyEnv(cmd *cobra.Command, flag *pflag.Flag, getenv func(string) string) (set bool, err error) {
	name := EnvName(flag.Name)
	text := getenv(name)
	if text == "" {
		return false, nil
	}
	if err := cmd.Flags().Set(flag.Name, text); err != nil {
		return false, &EnvError{Variable: name, Flag: flag.Name, Err: err}
	}
	return true, nil
}
