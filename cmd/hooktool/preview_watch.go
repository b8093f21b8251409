package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/workspace/watch"
)

// clearScreen moves to the top left and clears what is below.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// watchFiles draws now and whenever a file was saved, until Ctrl-C. A mistake in
// a file does not end it.
func (o *previewOptions) watchFiles(ctx context.Context) error {
	watcher, err := watch.New(nil)
	if err != nil {
		return exit.Failed("", "%w", err)
	}
	defer watcher.Close()
	if err := o.redraw(ctx, watcher); err != nil && exit.Code(err) == exit.Misuse { // no saved file fixes that
		return err
	}
	o.app.untilInterrupted()
	err = watcher.Run(ctx, func() { err = o.redraw(ctx, watcher) })
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return exit.Failed("", "%w", err)
}

// redraw draws once, with what went wrong in the place of the message.
func (o *previewOptions) redraw(ctx context.Context, watcher *watch.Watcher) error {
	var out bytes.Buffer
	_, err := o.app.loadConfigs() // which may hold the template
	if err == nil {
		watcher.Follow(append(o.watched(), o.events...)) // before they are read, so that no change goes unseen
		err = o.draw(ctx, &out)
	}
	if err != nil && ctx.Err() == nil {
		exit.PrintAll(&out, o.app.outPalette(), err)
	}
	screen := "\n"
	if terminal.IsTerminal(o.app.out) {
		screen = clearScreen
	}
	if err := printAll(asIs(o.app.out), screen); err != nil {
		return err
	}
	return cmp.Or(printAll(o.app.out, out.String()), err)
}

// watched lists what the messages depend on.
func (o *previewOptions) watched() []string {
	said, err := o.said()
	if err != nil {
		return nil // draw tells it
	}
	w := o.app.workspace(said, "")
	var paths []string
	if o.template != "" {
		paths = []string{o.template}
	}
	_, _ = w.Find(paths...) // as does what is wrong here
	return w.Watched()
}
