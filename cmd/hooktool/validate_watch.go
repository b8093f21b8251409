package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
	"github.com/hooktool/hooktool/pkg/workspace/watch"
)

// watchFiles checks, and checks again whenever a file changes, until Ctrl-C.
func (o *validateOptions) watchFiles(ctx context.Context, check lint.Options) error {
	if slices.Contains(o.paths, "-") {
		return exit.Usage("give files or folders", "standard input cannot be watched")
	}
	relevant := func(path string) bool { // the reports that it writes itself are not
		return workspace.IsTemplate(path) || workspace.IsYAML(path) || filepath.Ext(path) == ""
	}
	return o.app.watch(ctx, relevant, func(watcher *watch.Watcher) error {
		_, err := o.app.loadConfigs()
		if err == nil {
			err = o.look(ctx, check, watcher)
		}
		if errors.As(err, new(exit.Status)) {
			return nil // it has been printed
		}
		return err
	})
}

// look determines the current files, watches them and checks them.
func (o *validateOptions) look(ctx context.Context, check lint.Options, watcher *watch.Watcher) error {
	w, sources, err := o.find()
	if err != nil {
		return err
	}
	watcher.Follow(w.Watched()) // before they are read, so that no change is missed
	err = o.check(ctx, check, w, sources)
	if ctx.Err() == nil {
		o.app.note("checked at %s; waiting for changes, press Ctrl-C to stop", o.app.now().Format(time.TimeOnly))
	}
	return err
}
