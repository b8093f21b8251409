package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
)

// needsNoConfig marks commands that work beside a broken configuration.
const needsNoConfig = "needs-no-config"

// applySettings reads the configuration files and fills the flags that were
// not given.
func (a *app) applySettings(cmd *cobra.Command) error {
	if cmd.Annotations[needsNoConfig] != "" {
		return nil
	}
	if err := a.checkEnvironment(); err != nil {
		return err
	}
	paths, err := a.loadConfigs()
	if err != nil {
		return err
	}
	given := map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { given[flag.Name] = true })
	var own []string
	for _, file := range a.configs {
		if !file.Foreign() {
			own = append(own, file.Path)
		}
	}
	if a.fromFiles, err = settings.Apply(cmd, a.getenv, own...); err != nil {
		if problem, ok := wordProblem(err); ok {
			return problem
		}
		return usageError("", "%w", err)
	}
	a.detailSettings(cmd, paths, given)
	return a.checkEnvironment()
}

// detailSettings says which files were read and which flags were set by what
// else than the command line. Values may be secrets.
func (a *app) detailSettings(cmd *cobra.Command, paths []string, given map[string]bool) {
	for _, path := range paths {
		a.detail("the configuration is read from %s", path)
	}
	if len(paths) == 0 {
		a.detail("there is no %s in this folder or above, and none of the user", config.FileName)
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		switch {
		case given[flag.Name]:
		case a.fromFiles[flag.Name]:
			a.detail("--%s is set by the configuration", flag.Name)
		default:
			a.detail("--%s is set by the environment, as %s", flag.Name, settings.EnvName(flag.Name))
		}
	})
}

// environment is that of Coroot: what --config-env says, and else that of this
// process.
func (a *app) environment() config.Environment {
	given := map[string]string{}
	for _, text := range a.configEnv {
		name, value, _ := strings.Cut(text, "=")
		given[name] = value
	}
	return config.Environment{Given: given, Lookup: func(name string) (string, bool) {
		value := a.getenv(name)
		return value, value != ""
	}}
}

// checkEnvironment reads HOOKTOOL_CONFIG_ENV, which is wanted before the other
// settings, and checks what was given.
func (a *app) checkEnvironment() error {
	if text := a.getenv(settings.EnvName("config-env")); text != "" && len(a.configEnv) == 0 {
		a.configEnv = []string{text}
	}
	_, err := pairs("config-env", a.configEnv)
	return err
}

// loadConfigs reads the webhooks of the configuration files, also anew when they
// may have changed, and returns the files' paths.
func (a *app) loadConfigs() ([]string, error) {
	paths, err := a.configFiles()
	if err != nil {
		return nil, err
	}
	var files []*config.File
	for _, path := range paths {
		file, err := a.loadConfig(path)
		if err != nil {
			return nil, configError(err)
		}
		files = append(files, file)
	}
	a.configs = files
	return paths, nil
}

// loadConfig reads a configuration file. That of --config can be Coroot's.
func (a *app) loadConfig(path string) (*config.File, error) {
	if path == a.configPath {
		return config.LoadAny(path, a.settingNames(), config.WithEnvironment(a.environment()))
	}
	return config.Load(path, a.settingNames())
}

// configFiles returns the configuration files that exist, the weakest first:
// the user's own, and the one that --config names or else the project's.
func (a *app) configFiles() ([]string, error) {
	var paths []string
	if path, err := config.UserPath(); err == nil && isFile(path) {
		paths = append(paths, path)
	}
	if a.configPath == "" {
		a.configPath = a.getenv(settings.EnvName("config"))
	}
	if a.configPath != "" {
		return append(paths, a.configPath), nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, failed("", "find %s: %w", config.FileName, err)
	}
	if path := config.Find(dir); path != "" {
		paths = append(paths, shorten(path, dir))
	}
	return paths, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// configError makes a problem in the configuration a usage error.
func configError(err error) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return &codedError{code: exitUsage, err: err, path: inPath.Path, hint: similarFile(inPath.Path)}
	}
	return &codedError{code: exitUsage, err: err}
}

// templateReadError says what is wrong with the file of a webhook's template,
// and which line of the configuration names it.
func templateReadError(code int, hook config.Webhook, t config.Template, err error) error {
	hint := fmt.Sprintf("it is named in %s:%s, as %sFile of the webhook %q", hook.Path, t.Pos, t.Kind.TemplateName(), hook.Name)
	if similar := similarFile(t.Path); similar != "" {
		hint += "\n" + similar
	}
	return &codedError{code: code, err: err, path: t.Path, hint: hint}
}

// settingNames lists the flags of all commands that a configuration file can
// set.
func (a *app) settingNames() []string {
	root := newRootCmd(&app{streams: a.streams, getenv: a.getenv}, allCommands()...) // this run may have made but one
	var names []string
	add := func(flag *pflag.Flag) {
		if settings.CanSet(flag.Name) && !slices.Contains(names, flag.Name) {
			names = append(names, flag.Name)
		}
	}
	root.PersistentFlags().VisitAll(add)
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(add)
	}
	slices.Sort(names)
	return names
}

// webhook returns the webhook that --webhook names. The project's definitions
// win over the user's.
func (a *app) webhook(name string) (config.Webhook, error) {
	for _, file := range slices.Backward(a.configs) {
		for _, w := range file.Webhooks {
			if w.Name == name {
				return w, nil
			}
		}
	}
	names := a.webhookNames()
	hint := "define it under webhooks in " + config.FileName
	if len(names) > 0 {
		hint = "the webhooks are " + strings.Join(names, ", ")
	}
	return config.Webhook{}, usageError(words.Suggest(name, names, hint), "there is no webhook %q in the configuration", name)
}

// webhookFields returns the custom fields of the webhook that --webhook names,
// none without a name.
func (a *app) webhookFields(name string) (map[string]string, error) {
	if name == "" {
		return nil, nil
	}
	hook, err := a.webhook(name)
	if err != nil {
		return nil, err
	}
	fields, err := hook.CustomFields(a.getenv)
	if err != nil {
		return nil, configError(err)
	}
	return fields, nil
}

func (a *app) webhookNames() []string {
	var names []string
	for _, file := range slices.Backward(a.configs) {
		for _, w := range file.Webhooks {
			if !slices.Contains(names, w.Name) {
				names = append(names, w.Name)
			}
		}
	}
	return names
}

// completeWebhooks completes --webhook with the names in the configuration.
func (a *app) completeWebhooks(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	paths, err := a.configFiles()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, path := range paths {
		if file, err := a.loadConfig(path); err == nil {
			a.configs = append(a.configs, file)
		}
	}
	return a.webhookNames(), cobra.ShellCompDirectiveNoFileComp
}
