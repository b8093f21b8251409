package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/internal/lsp"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// openFolder reads the configuration of a folder as validate would if started there,
// with the files of an editor on top.
func (a *app) openFolder(files workspace.FS, dir string) lsp.Folder {
	own := *a
	own.quiet, own.verbose = true, false
	own.config = &settings.Configuration{Dir: dir, Named: a.config.Named, Files: files, Coroot: a.config.Coroot, Getenv: a.getenv}
	opened := lsp.Folder{}
	options, err := own.validateSettings()
	if err != nil {
		opened.Problem = err
		options = &validateOptions{app: &own}
	}
	check, err := options.lint()
	if err == nil {
		opened.Lint = check
	}
	opened.Problem = errors.Join(opened.Problem, err)
	opened.Workspace = own.config.Workspace(workspace.Options{Said: options.said()})
	return opened
}

// validateSettings returns the flags of validate as set by the configuration.
func (a *app) validateSettings() (*validateOptions, error) {
	options := &validateOptions{app: a}
	cmd := &cobra.Command{Use: "validate"}
	options.register(a, cmd)
	if !a.given["config-env"] {
		a.configEnv = nil
		option.Define(cmd, "config-env", &a.configEnv)
	}
	files, err := a.config.Load()
	if err != nil {
		return nil, err
	}
	if _, err := settings.Apply(cmd, a.getenv, files...); err != nil {
		return nil, settingError(err)
	}
	a.setEnvironment()
	options.outputs, options.events = nil, nil
	return options, nil
}

// previewFile serves a live page of the templates in a file until ctx ends.
func (a *app) previewFile(ctx context.Context, files func() workspace.FS, path string) (string, error) {
	server, err := page.Listen(page.Workspace{
		Open: func() (*workspace.Workspace, error) {
			opened := a.openFolder(files(), filepath.Dir(path))
			return opened.Workspace, opened.Problem
		},
		Paths: []string{path}, Limits: preview.DefaultLimits(), ShowSecrets: a.showSecrets,
	}, page.ServerOptions{Addr: liveAddress})
	if err != nil {
		return "", err
	}
	go func() { _ = server.Serve(ctx) }() // if it fails, the page is gone
	return server.URL(), nil
}
