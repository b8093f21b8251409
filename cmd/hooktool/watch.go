package main

import (
	"context"
	"errors"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/pkg/workspace/watch"
)

// watch calls look now and whenever a relevant file changes that look follows, until
// Ctrl-C. An error of the first look ends it; later ones are printed, because a file may
// have been saved halfway.
func (a *app) watch(ctx context.Context, relevant func(path string) bool, look func(*watch.Watcher) error) error {
	watcher, err := watch.New(relevant)
	if err != nil {
		return err
	}
	defer watcher.Close()
	if err := look(watcher); err != nil {
		return err
	}
	a.untilInterrupted()
	err = watcher.Run(ctx, func() {
		if err := look(watcher); err != nil && ctx.Err() == nil {
			exit.PrintAll(a.err, a.errPalette(), err)
		}
	})
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
