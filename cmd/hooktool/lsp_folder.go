package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/lsp"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// maxConfigSize bounds a configuration file, in bytes.
const maxConfigSize = 4 << 20

// folder is a folder as the commands see it that are started there, over the files
// of an editor.
type folder struct {
	app    *app
	files  workspace.FS
	dir    string
	broken map[string]bool // configurations that were found wrong, by path
}

// openFolder reads the configuration of a folder as validate does.
func (a *app) openFolder(files workspace.FS, dir string) lsp.Folder {
	own := *a
	own.quiet, own.verbose = true, false
	f := folder{&own, files, dir, map[string]bool{}}
	opened := lsp.Folder{}
	options, err := f.validate()
	if err != nil {
		opened.Problem = err
		options = &validateOptions{app: &own}
	}
	check, err := options.checker()
	if err != nil {
		opened.Problem = errors.Join(opened.Problem, err)
	} else {
		opened.Lint, opened.MinSeverity = check.options, check.minSeverity
	}
	said, err := options.said()
	opened.Problem = errors.Join(opened.Problem, err)
	opened.Workspace = f.workspace(said)
	return opened
}

// validate returns the flags of validate as the configuration sets them.
func (f folder) validate() (*validateOptions, error) {
	options := &validateOptions{app: f.app}
	cmd := &cobra.Command{Use: "validate"}
	options.register(f.app, cmd)
	files, err := f.configs()
	if err != nil {
		return nil, err
	}
	if _, err := settings.Apply(cmd, f.app.getenv, files...); err != nil {
		return nil, settingError(err)
	}
	options.outputs, options.events = nil, nil
	return options, nil
}

// configs reads the configuration files, the weakest first.
func (f folder) configs() ([]settings.File, error) {
	var (
		files    []settings.File
		problems []error
	)
	add := func(path string, by settings.By) {
		file, err := f.load(path, by)
		switch {
		case err != nil:
			problems = append(problems, err)
			f.broken[path] = true
		default:
			files = append(files, settings.File{File: file, By: by})
			f.app.configs = append(f.app.configs, file)
			problems = append(problems, files[len(files)-1].Check())
		}
	}
	f.app.configs = nil
	if path, err := config.UserPath(); err == nil {
		if info, err := f.files.Stat(path); err == nil && info.Mode().IsRegular() {
			add(path, settings.Person)
		}
	}
	switch path, err := f.projectConfig(f.dir); {
	case f.app.configPath != "":
		add(f.app.configPath, settings.Named)
	case err != nil:
		problems = append(problems, err)
		f.broken[f.dir] = true
	case path != "":
		add(path, settings.Project)
	}
	return files, errors.Join(problems...)
}

// load reads a configuration file, or the text that the editor has of it.
func (f folder) load(path string, by settings.By) (*config.File, error) {
	data, err := f.files.ReadFile(path, maxConfigSize)
	if err != nil {
		return nil, err
	}
	if by == settings.Named {
		return config.ParseAny(path, data, settings.Names(), config.WithEnvironment(f.app.environment()))
	}
	return config.Parse(path, data, settings.Names())
}

// projectConfig finds the configuration file of a folder's project: on disk, where
// it must be one to trust, or else a text of the editor that is not saved yet.
func (f folder) projectConfig(dir string) (string, error) {
	path := config.Find(dir)
	if path == "" {
		return f.unsavedConfig(dir), nil
	}
	if err := project.Trust(path, f.app.getenv(project.TrustVariable), f.app.getenv); err != nil {
		return "", untrusted(path, err)
	}
	return path, nil
}

func (f folder) unsavedConfig(dir string) string {
	last := project.Root(dir)
	for {
		path := filepath.Join(dir, config.FileName)
		if info, err := f.files.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		if dir == last || filepath.Dir(dir) == dir {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// workspace finds the templates in the folder.
func (f folder) workspace(said workspace.Said) *workspace.Workspace {
	return workspace.New(workspace.Options{
		Files: f.files, Configs: f.app.configs, ConfigFor: f.configFor, Coroot: f.app.environment(), Settings: settings.Names, Getenv: f.app.getenv, Said: said,
	})
}

// configFor reads the configuration of a folder below, for the sake of the webhooks
// in it.
func (f folder) configFor(dir string) (*config.File, error) {
	if f.app.configPath != "" {
		return nil, nil //nolint:nilnil // it is the only one
	}
	path, err := f.projectConfig(dir)
	if err != nil && f.broken[f.dir] || f.broken[path] {
		return nil, nil //nolint:nilnil // that is told already, and what can be said without it is said
	}
	if err != nil || path == "" {
		return nil, err
	}
	for _, file := range f.app.configs {
		if samePath(file.Path, path) {
			return nil, nil //nolint:nilnil // it is known
		}
	}
	return f.load(path, settings.Project)
}

// previewFile serves a live page of the templates of a file until ctx ends.
func (a *app) previewFile(ctx context.Context, files func() workspace.FS, path string) (string, error) {
	dir := filepath.Dir(path)
	scan := func(context.Context) page.Scan {
		opened := a.openFolder(files(), dir)
		found := page.Scan{Err: opened.Problem}
		sources, err := opened.Workspace.Find(path)
		found.Err = errors.Join(found.Err, asCoded(err))
		for _, source := range sources {
			contents, err := opened.Workspace.Open(source)
			found.Err = errors.Join(found.Err, asCoded(err))
			for _, t := range contents.Templates {
				found.Templates = append(found.Templates, listed(t))
			}
		}
		found.Files = opened.Workspace.Watched()
		return found
	}
	server, err := page.Listen(page.Workspace{
		Scan: scan,
		Check: func(ctx context.Context, t workspace.Template) lint.Result {
			return lint.Check(ctx, t, lint.Options{Now: a.now(), ShowSecrets: a.showSecrets})
		},
		Fix: fixForPage, ShowSecrets: a.showSecrets,
	}, page.ServerOptions{Addr: liveAddress})
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return "", fmt.Errorf("no page can be served here: %w", err)
		}
		return "", err
	}
	go func() { _ = server.Serve(ctx) }() // the page is gone when it fails
	return server.URL(), nil
}
