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
	watcher, err := watch.New(func(path string) bool { // ignores the reports that it writes itself
		return workspace.IsTemplate(path) || workspace.IsYAML(path) || filepath.Ext(path) == ""
	})
	if err != nil {
		return exit.Failed("", "%w", err)
	}
	defer watcher.Close()
	if err := o.look(ctx, check, watcher); err != nil && !isExit(err) {
		return err
	}
	o.app.untilInterrupted()
	err = watcher.Run(ctx, func() {
		_, err := o.app.loadConfigs()
		if err == nil {
			err = o.look(ctx, check, watcher)
		}
		if err != nil && !isExit(err) && ctx.Err() == nil { // a file may have been saved halfway
			exit.PrintAll(o.app.err, o.app.errPalette(), err)
		}
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return exit.Failed("", "%w", err)
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

func isExit(err error) bool {
	_, ok := err.(exit.Status) //nolint:errorlint // look returns it unwrapped
	return ok
}
