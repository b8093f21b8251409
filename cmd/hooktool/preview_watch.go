package main

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/preview"
	"github.com/hooktool/hooktool/pkg/source"
)

// clearScreen moves to the top left and clears what is below.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// watchFiles draws now and whenever a file was saved, until Ctrl-C. A mistake in
// a file does not end it.
func (o *previewOptions) watchFiles(ctx context.Context) error {
	watcher, err := preview.NewWatcher()
	if err != nil {
		return failed("", "%w", err)
	}
	defer watcher.Close()
	watcher.Follow(o.watchedFiles())                                    // before they are read, so that no change goes unseen
	if err := o.redraw(ctx); err != nil && exitCode(err) == exitUsage { // no saved file mends that
		return err
	}
	err = watcher.Run(ctx, func() { err = o.redraw(ctx) })
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return failed("", "%w", err)
}

// redraw draws once, with what went wrong in the place of the message.
func (o *previewOptions) redraw(ctx context.Context) error {
	var out bytes.Buffer
	_, err := o.app.loadConfigs() // which may hold the template
	if err == nil {
		err = o.draw(ctx, &out)
	}
	if err != nil && ctx.Err() == nil {
		for _, each := range source.ProblemsOf(err) {
			printProblem(&out, o.app.outPalette(), "error", each)
		}
	}
	screen := "\n"
	if terminal.IsTerminal(o.app.out) {
		screen = clearScreen
	}
	if _, writeErr := io.WriteString(o.app.out, screen+out.String()); writeErr != nil {
		return writeError(writeErr)
	}
	return err
}

// watchedFiles lists what the messages depend on.
func (o *previewOptions) watchedFiles() []string {
	files := append([]string{}, o.events...)
	if o.template != "" {
		files = append(files, o.template)
	}
	if hook, err := o.app.webhook(o.webhook); o.webhook != "" && err == nil {
		files = append(files, hook.Path)
		for _, t := range hook.Templates {
			files = append(files, t.Path)
		}
	}
	return files
}
