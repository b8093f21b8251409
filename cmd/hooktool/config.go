package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
)

// needsNoConfig marks commands that work beside a broken configuration.
const needsNoConfig = "needs-no-config"

// applySettings reads the configuration files and fills the flags that were
// not given.
func (a *app) applySettings(cmd *cobra.Command) error {
	if cmd.Annotations[needsNoConfig] != "" || isCompletion(cmd) {
		return nil
	}
	if err := a.checkEnvironment(); err != nil {
		return err
	}
	files, err := a.loadConfigs()
	if err != nil {
		return err
	}
	given := map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { given[flag.Name] = true })
	if a.fromFiles, err = settings.Apply(cmd, a.getenv, files...); err != nil {
		return settingError(err)
	}
	a.detailSettings(cmd, files, given)
	return a.checkEnvironment()
}

// settingError words what is wrong with a setting, at its place when that is a
// file.
func settingError(err error) error {
	worded, ok := wordProblem(err)
	if !ok {
		return usageError("", "%w", err)
	}
	var at *source.Problem
	if !errors.As(err, &at) {
		return worded
	}
	word := source.ProblemOf(worded)
	return &codedError{code: exitUsage, err: &source.Problem{Path: at.Path, Pos: at.Pos, Message: word.Message, Hint: word.Hint}}
}

// isCompletion reports whether a shell asks what could be written next. That
// must never fail, or wait for anything.
func isCompletion(cmd *cobra.Command) bool {
	return cmd.Name() == cobra.ShellCompRequestCmd || cmd.Name() == cobra.ShellCompNoDescRequestCmd
}

// detailSettings says which files were read and which flags were set by what
// else than the command line. Values may be secrets.
func (a *app) detailSettings(cmd *cobra.Command, files []settings.File, given map[string]bool) {
	for _, file := range files {
		a.detail("the configuration is read from %s", file.Path)
	}
	if len(files) == 0 {
		a.detail("there is no %s for this folder, and none of the user", config.FileName)
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		switch {
		case given[flag.Name]:
		case a.fromFiles[flag.Name] != "":
			a.detail("--%s is set by %s", flag.Name, a.fromFiles[flag.Name])
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

// loadConfigs reads the webhooks of the configuration files, also again when they
// may have changed, and returns the files.
func (a *app) loadConfigs() ([]settings.File, error) {
	found, err := a.configFiles()
	if err != nil {
		return nil, err
	}
	var (
		files    []settings.File
		configs  []*config.File
		problems []error
	)
	for _, at := range found {
		file, err := at.load(a)
		a.learnConfig(file)
		if err != nil {
			a.learnFile(at.path)
			return nil, configError(err)
		}
		configs = append(configs, file)
		files = append(files, settings.File{File: file, By: at.by})
		problems = append(problems, files[len(files)-1].Check())
	}
	if err := errors.Join(problems...); err != nil {
		return nil, configError(err)
	}
	a.configs = configs
	return files, nil
}

// configFile is a configuration file that is there, and what it may set.
type configFile struct {
	path string
	by   settings.By
}

// load reads a configuration file. That of --config can be Coroot's.
func (f configFile) load(a *app) (*config.File, error) {
	if f.by == settings.Named {
		return config.LoadAny(f.path, settings.Names(), config.WithEnvironment(a.environment()))
	}
	return config.Load(f.path, settings.Names())
}

// configFiles returns the configuration files that exist, the weakest first:
// the user's own, and the one that --config names or else the project's.
func (a *app) configFiles() ([]configFile, error) {
	var files []configFile
	if path, err := config.UserPath(); err == nil {
		switch info, err := os.Stat(path); {
		case err != nil || info.IsDir():
		case !info.Mode().IsRegular():
			return nil, untrusted(path, &fs.PathError{Op: "open", Path: path, Err: project.ErrNotRegular})
		default:
			files = append(files, configFile{path, settings.Person})
		}
	}
	if a.configPath == "" {
		a.configPath = a.getenv(settings.EnvName("config"))
	}
	if a.configPath != "" {
		return append(files, configFile{a.configPath, settings.Named}), nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, failed("", "find %s: %w", config.FileName, err)
	}
	path := config.Find(dir)
	if path == "" {
		return files, nil
	}
	if err := project.Trust(path, a.getenv(project.TrustVariable), a.getenv); err != nil {
		return nil, untrusted(shorten(path, dir), err)
	}
	return append(files, configFile{shorten(path, dir), settings.Project}), nil
}

// untrusted is a configuration file that is there and not used. It is an error:
// without the file hooktool would do something else than the user expects.
func untrusted(path string, err error) error {
	hint := "name another one with --config"
	if errors.Is(err, project.ErrOwner) {
		folder, absErr := filepath.Abs(filepath.Dir(path))
		if absErr != nil {
			folder = filepath.Dir(path)
		}
		hint = fmt.Sprintf("if you trust it, name it with --config, or set %s=%s", project.TrustVariable, printable.ShellWord(folder))
	}
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		err = inPath.Err
	}
	return &codedError{code: exitUsage, path: path, err: fmt.Errorf("this configuration is not used: %w", err), hint: hint}
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

// settingNames lists the keys besides webhooks that a configuration can have.
func (a *app) settingNames() []string { return settings.Names() }

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
	files, err := a.configFiles()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, at := range files {
		info, err := os.Stat(at.path)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if file, err := at.load(a); err == nil {
			a.learnConfig(file)
			a.configs = append(a.configs, file)
		}
	}
	return a.webhookNames(), cobra.ShellCompDirectiveNoFileComp
}
