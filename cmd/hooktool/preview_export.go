package main

import (
	"bytes"
	"context"
	"errors"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/preview/page"
)

// export writes --html and --png.
func (o *previewOptions) export(ctx context.Context) error {
	workspace, err := o.workspace()
	if err != nil {
		return err
	}
	sections, unread := workspace.Scan().Sections(o.statesGiven && o.states == option.StatesOne)
	if len(sections) == 0 {
		return unread
	}
	if o.html != "" {
		var b bytes.Buffer
		if err := workspace.Export(ctx, &b, page.ExportOptions{}, sections...); err != nil {
			return exit.Failed("", "draw the page: %w", err)
		}
		if err := o.deliver(o.html, b.Bytes()); err != nil {
			return err
		}
	}
	if o.png == "" {
		return unread // the other templates got a page
	}
	o.app.untilInterrupted() // on Ctrl-C, Chromium exits and its folder is removed
	picture, err := workspace.Picture(ctx, page.PictureOptions{}, sections...)
	switch {
	case errors.Is(err, page.ErrNoChromium):
		return exit.Failed("install it (on Debian and Ubuntu: apt install chromium), or write a page with --html", "--png: %w", err)
	case err != nil:
		return exit.Failed("", "--png: %w", err)
	}
	return errors.Join(o.deliver(o.png, picture), unread)
}

// deliver writes a file; "-" is standard output.
func (o *previewOptions) deliver(path string, data []byte) error {
	if path == "-" {
		_, err := asIs(o.app.out).Write(data)
		return err
	}
	if err := files.Write(path, data); err != nil {
		return err
	}
	o.app.note("wrote %s", path)
	return nil
}
