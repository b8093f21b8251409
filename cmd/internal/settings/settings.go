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
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
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

// File is a configuration file, and what it may set.
type File struct {
	*config.File
	By By
}

// check finds the settings that the file may not set. The error joins a *source.Problem
// for each.
func (f File) check() error {
	var problems []error
	for _, key := range f.Settings {
		s, ok := ByName(key.Path)
		switch {
		case !ok:
		case s.By > f.By:
			problems = append(problems, f.refuse(s, key))
		case s.Name == "header" && f.By < Person && f.namesFile(s.Name):
			problems = append(problems, &source.Problem{
				Path: f.Path, Pos: key.ValuePos, Message: "a header that reads a file (@FILE) cannot be set here",
				Hint: "use --header or HOOKTOOL_HEADER, or set it in " + userPath(),
			})
		}
	}
	return errors.Join(problems...)
}

// namesFile reports whether one of the values of a setting has the form @FILE.
func (f File) namesFile(name string) bool {
	v, err := f.values()
	return err == nil && slices.ContainsFunc(v.GetStringSlice(name), func(value string) bool { return strings.HasPrefix(strings.TrimSpace(value), "@") })
}

// refuse returns an error that says where a setting belongs.
func (f File) refuse(s Setting, at config.Setting) error {
	why, where := "it decides what is written, read or shown", ""
	switch s.By {
	case Run:
		why = "it is for a single run"
	case Named:
		why = "it decides where messages go"
		where = ", or set it in a webhook, in a file given with --config, or in " + userPath()
		if s.Nested != "" {
			where = ", or set it in a file given with --config, or in " + userPath()
		}
	case Person:
		where = ", or set it in " + userPath()
	case Project:
	}
	return &source.Problem{
		Path: f.Path, Pos: at.KeyPos, Message: fmt.Sprintf("%q cannot be set in this file: %s", at.Path, why),
		Hint: fmt.Sprintf("use --%s or %s%s", s.Name, EnvName(s.Name), where),
	}
}

// userPath returns the path of the user's own configuration, for messages.
func userPath() string {
	path, err := config.UserPath()
	if err != nil {
		return "your own configuration"
	}
	if home, err := os.UserHomeDir(); err == nil && runtime.GOOS != "windows" {
		if inside, err := filepath.Rel(home, path); err == nil && filepath.IsLocal(inside) {
			return "~/" + inside
		}
	}
	return path
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

// values reads the settings of the file.
func (f File) values() (*viper.Viper, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	if err := v.ReadConfig(bytes.NewReader(f.Data())); err != nil {
		return nil, &source.Problem{Path: f.Path, Message: err.Error(), Err: err}
	}
	return v, nil
}

// apply sets a flag to its value in the file, if there is one.
func (f File) apply(cmd *cobra.Command, flag *pflag.Flag) (set bool, err error) {
	setting, _ := ByName(flag.Name)
	at := slices.IndexFunc(f.Settings, func(s config.Setting) bool {
		return s.Path == flag.Name || setting.Nested != "" && s.Path == setting.Nested
	})
	if at < 0 {
		return false, nil
	}
	key := f.Settings[at].Path
	v, err := f.values()
	if err != nil || !v.IsSet(key) {
		return false, err
	}
	values := []string{v.GetString(key)}
	if _, isList := flag.Value.(pflag.SliceValue); isList {
		values = v.GetStringSlice(key)
	}
	for _, value := range values {
		if f.isStricter(flag, value) {
			continue
		}
		if err := f.mayLower(flag, value); err != nil {
			return false, &source.Problem{Path: f.Path, Pos: f.Settings[at].ValuePos, Message: err.Error(), Hint: "set it with --" + flag.Name + ", or in " + userPath()}
		}
		if err := cmd.Flags().Set(flag.Name, value); err != nil {
			return false, &source.Problem{Path: f.Path, Pos: f.Settings[at].ValuePos, Message: fmt.Sprintf("%s: %v", flag.Name, err), Err: err}
		}
	}
	return true, nil
}

// mayLower rejects a value by which a project's file would raise a limit.
func (f File) mayLower(flag *pflag.Flag, value string) error {
	s, _ := ByName(flag.Name)
	if !s.Lower || f.By != Project {
		return nil
	}
	most, isLimit := limit(flag, flag.DefValue)
	wanted, isNumber := limit(flag, value)
	if !isLimit || !isNumber || wanted > 0 && wanted <= most {
		return nil // the flag rejects what is not a number
	}
	return fmt.Errorf("%s can only be lowered here, but %s is more than %s", flag.Name, noLimit(value, wanted), flag.DefValue)
}

// isStricter reports whether a command's own limit is below the one in a project's
// file, and therefore remains.
func (f File) isStricter(flag *pflag.Flag, value string) bool {
	if flag.Name != "max-output" || f.By != Project {
		return false
	}
	most, _ := limit(flag, flag.DefValue)
	wanted, isNumber := limit(flag, value)
	return isNumber && wanted > most && wanted <= int64(webhook.DefaultLimits().Output)
}

func noLimit(value string, wanted int64) string {
	if wanted == 0 {
		return value + ", which means no limit,"
	}
	return value
}

// limit parses the value of a limit.
func limit(flag *pflag.Flag, text string) (int64, bool) {
	if flag.Value.Type() == "duration" {
		d, err := time.ParseDuration(text)
		return int64(d), err == nil
	}
	n, err := strconv.ParseInt(text, 0, 64)
	return n, err == nil
}
