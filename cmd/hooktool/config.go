package main

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// needsNoConfig marks commands that work despite a broken configuration.
const needsNoConfig = "needs-no-config"

// createsConfig marks commands that create the file of --config if it does not exist.
const createsConfig = "creates-config"

// applySettings reads the configuration files and sets the flags that were not given.
func (a *app) applySettings(cmd *cobra.Command) error {
	a.given = map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { a.given[flag.Name] = true })
	if err := a.contradiction(); err != nil || cmd.Annotations[needsNoConfig] != "" || isCompletion(cmd) {
		return err
	}
	a.setEnvironment()
	a.config.MayLack = cmd.Annotations[createsConfig] != ""
	files, err := a.loadConfigs()
	if err != nil {
		return err
	}
	applied, err := settings.Apply(cmd, a.getenv, files...)
	if err != nil {
		return settingError(err)
	}
	a.fromFiles = applied.FromFiles
	a.detailSettings(cmd, files)
	for _, flag := range applied.Foreign {
		a.detail("%s is ignored: it is for other commands, and %s does not accept its value", settings.EnvName(flag), cmd.CommandPath())
	}
	a.warnMisspelt(files)
	a.setEnvironment()
	return help.FlagsTogether(cmd)
}

// warnMisspelt warns of environment variables whose names are nearly those of settings,
// unless the configuration uses them.
func (a *app) warnMisspelt(files []settings.File) {
	used := func(name string) bool {
		return slices.ContainsFunc(files, func(f settings.File) bool { return bytes.Contains(f.Data(), []byte(name)) })
	}
	for _, m := range settings.MisspeltVariables(os.Environ(), used) {
		if !a.quiet {
			a.warn(&source.Problem{Message: "the environment variable " + m.Variable + " is not a setting", Hint: words.DidYouMean(m.Meant)})
		}
	}
}

// contradiction rejects flags that contradict each other on one command line. Each may
// override the other where a file or the environment sets that.
func (a *app) contradiction() error {
	for _, pair := range [][2]string{{"oneline", "statistics"}, {"schema", "format"}, {"baseline", "write-baseline"}} {
		if a.given[pair[0]] && a.given[pair[1]] {
			return exit.Usage("remove one of them", "--%s and --%s cannot be used together", pair[0], pair[1])
		}
	}
	return nil
}

// settingError words an error about a setting, with its position if it is in a file.
func settingError(err error) error {
	worded, ok := option.Problem(err)
	if !ok {
		return exit.Usage("", "%w", err)
	}
	word := source.ProblemOf(worded)
	var variable *settings.EnvError
	if errors.As(err, &variable) {
		return exit.Usage(word.Hint, "%s", strings.Replace(word.Message, "--"+variable.Flag, variable.Variable, 1))
	}
	var at *source.Problem
	if !errors.As(err, &at) {
		return worded
	}
	message := strings.TrimPrefix(word.Message, "--") // a key of the file, not a flag
	return exit.Misused(&source.Problem{Path: at.Path, Pos: at.Pos, Message: message, Hint: word.Hint})
}

// isCompletion reports whether a shell asks for completions. These must never fail or
// block.
func isCompletion(cmd *cobra.Command) bool {
	return cmd.Name() == cobra.ShellCompRequestCmd || cmd.Name() == cobra.ShellCompNoDescRequestCmd
}

// detailSettings lists the files that were read and the flags that were not set on the
// command line. It omits values, which may be secrets.
func (a *app) detailSettings(cmd *cobra.Command, files []settings.File) {
	for _, file := range files {
		a.detail("reading the configuration from %s", file.Path)
	}
	if len(files) == 0 {
		a.detail("found no %s for this folder, and no configuration of your own", config.FileName)
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		switch {
		case a.given[flag.Name]:
		case a.fromFiles[flag.Name] != "":
			a.detail("--%s is set by %s", flag.Name, a.fromFiles[flag.Name])
		default:
			a.detail("--%s is set by the environment, as %s", flag.Name, settings.EnvName(flag.Name))
		}
	})
}

// detailBelow names a configuration file that is read for a template in another folder.
func (a *app) detailBelow(path string) {
	if _, noted := a.borrowed.LoadOrStore(path, true); !noted {
		a.detail("reading the configuration from %s, for the templates there", path)
	}
}

// setEnvironment determines Coroot's environment: from --config-env or
// HOOKTOOL_CONFIG_ENV, which is needed before the other settings, or else that of this
// process.
func (a *app) setEnvironment() {
	variable := a.getenv(settings.EnvName("config-env"))
	if variable != "" && len(a.configEnv) == 0 {
		a.configEnv = []string{variable} // the flag checks it when the settings are applied
	}
	a.config.Coroot = config.Environment{Given: option.Values(a.configEnv), Lookup: func(name string) (string, bool) {
		value := a.getenv(name)
		return value, value != ""
	}}
}

// loadConfigs reads the configuration, which may have changed, and returns its files.
func (a *app) loadConfigs() ([]settings.File, error) {
	files, err := a.config.Load()
	return files, exit.Misused(err)
}

// webhook returns the webhook that --webhook names. The project's definitions take
// precedence over the user's.
func (a *app) webhook(name string) (config.Webhook, error) {
	return a.config.Workspace(workspace.Options{}).FindWebhook(name)
}

func (a *app) webhookNames() []string { return a.config.Workspace(workspace.Options{}).WebhookNames() }

// anyWebhook is like webhook, but the name may be empty: then it is a webhook without
// settings.
func (a *app) anyWebhook(name string) (config.Webhook, error) {
	if name == "" {
		return config.Webhook{}, nil
	}
	return a.webhook(name)
}

// completeWebhooks completes --webhook with the names in the configuration.
func (a *app) completeWebhooks(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	a.completing()
	return a.webhookNames(), cobra.ShellCompDirectiveNoFileComp
}

// completing reads the configuration for completions. It reads only ordinary files, and
// leaves errors for the command itself to report.
func (a *app) completing() {
	if info, err := os.Stat(a.config.NamedFile()); err == nil && !info.Mode().IsRegular() {
		return
	}
	a.setEnvironment()
	_, _ = a.config.Load()
}
