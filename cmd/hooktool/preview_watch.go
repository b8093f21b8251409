package main

import (
	"bytes"
	"cmp"
	"context"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/workspace/watch"
)

// clearScreen moves to the top left and clears the screen and its scrollback.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// watchFiles draws now and whenever a file is saved, until Ctrl-C. A mistake in a file
// does not end it.
func (o *previewOptions) watchFiles(ctx context.Context) error {
	first := true
	return o.app.watch(ctx, nil, func(watcher *watch.Watcher) error {
		err := o.redraw(ctx, watcher)
		if !first || exit.Code(err) != exit.Misuse { // which saving cannot fix
			err = nil
		}
		first = false
		return err
	})
}

// redraw draws once, with an error in place of the message.
func (o *previewOptions) redraw(ctx context.Context, watcher *watch.Watcher) error {
	var out bytes.Buffer
	_, err := o.app.loadConfigs() // it may contain the template
	if err == nil {
		watcher.Follow(append(o.watched(), o.events...)) // before they are read, so that no change is missed
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

// watched lists the files that the messages depend on.
func (o *previewOptions) watched() []string {
	w := o.app.workspace(o.said(), "")
	var paths []string
	if o.template != "" {
		paths = []string{o.template}
	}
	_, _ = w.Find(paths...) // draw reports it
	return w.Watched()
}
