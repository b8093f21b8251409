// Package settings fills the flags that a user did not give from the
// environment and from configuration files. It is the only user of viper.
//
// The order is: flag, HOOKTOOL_ environment variable, project configuration,
// user configuration, default. The flag --fail-on is the variable
// HOOKTOOL_FAIL_ON and the key fail-on. Only plain settings pass through viper,
// because it writes keys in lower case; webhooks and rules, whose keys keep
// their case, are read by package config from the same files.
package settings

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// EnvPrefix begins the names of environment variables.
const EnvPrefix = "HOOKTOOL"

// CanSet reports whether a flag can be set by a configuration file. What says
// what one command shall do cannot, and neither can the format of its output,
// because commands differ in it. A variable can set every flag.
func CanSet(flag string) bool {
	switch flag {
	case "help", "version", "config", "format", "webhook", "sample", "set", "states", "dry-run", "curl", "raw",
		"write", "serve", "watch", "html", "png":
		return false
	}
	return true
}

// Apply sets each flag of a command that was not given to what the environment
// or the files say. Files are given from the weakest to the strongest. It
// returns the names of the flags that the files have set.
func Apply(cmd *cobra.Command, getenv func(string) string, files ...string) (fromFiles map[string]bool, err error) {
	var v *viper.Viper // only for files: without one there is nothing to look up
	if len(files) > 0 {
		if v, err = load(files); err != nil {
			return nil, err
		}
	}
	fromFiles = map[string]bool{}
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if err != nil || flag.Changed || flag.Name == "help" {
			return
		}
		var fromEnv bool
		if fromEnv, err = applyEnv(cmd, flag, getenv); err != nil || fromEnv || v == nil || !CanSet(flag.Name) {
			return
		}
		err = applyFile(cmd, v, flag)
		fromFiles[flag.Name] = flag.Changed
	})
	return fromFiles, err
}

func load(files []string) (*viper.Viper, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	for _, file := range files {
		v.SetConfigFile(file)
		if err := v.MergeInConfig(); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return v, nil
}

func applyEnv(cmd *cobra.Command, flag *pflag.Flag, getenv func(string) string) (set bool, err error) {
	name := EnvName(flag.Name)
	text := getenv(name)
	if text == "" {
		return false, nil
	}
	if err := cmd.Flags().Set(flag.Name, text); err != nil {
		return false, fmt.Errorf("environment variable %s: %w", name, err)
	}
	return true, nil
}

func applyFile(cmd *cobra.Command, v *viper.Viper, flag *pflag.Flag) error {
	if !v.IsSet(flag.Name) {
		return nil
	}
	values := []string{v.GetString(flag.Name)}
	if _, isList := flag.Value.(pflag.SliceValue); isList {
		values = v.GetStringSlice(flag.Name)
	}
	for _, value := range values {
		if err := cmd.Flags().Set(flag.Name, value); err != nil {
			return fmt.Errorf("setting %s in %s: %w", flag.Name, v.ConfigFileUsed(), err)
		}
	}
	return nil
}

// EnvName returns the environment variable that stands for a flag.
func EnvName(flag string) string {
	return EnvPrefix + "_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
