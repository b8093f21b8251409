package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"syscall"

	"github.com/hooktool/hooktool/internal/preview/page"
)

// serve shows the live page until Ctrl-C.
func (o *previewOptions) serveLive(ctx context.Context) error {
	workspace, err := o.workspace()
	if err != nil {
		return err
	}
	server, err := page.Listen(workspace, page.ServerOptions{Addr: o.serve, Write: o.write})
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return failed("leave the address out to take a free port", "the address %s is in use", o.serve)
		}
		return usageError("give HOST:PORT with 127.0.0.1, [::1] or localhost, or no address for a free port", "--serve: %w", err)
	}
	address := server.URL()
	if o.sample != "" {
		address += "?sample=" + url.QueryEscape(o.sample)
	}
	if _, err := fmt.Fprintln(o.app.out, address); err != nil {
		return writeError(err)
	}
	o.app.note("open the page in a browser; it follows the files as they are saved; Ctrl-C ends it")
	o.app.untilInterrupted()
	if err := server.Serve(ctx); err != nil {
		return failed("", "serve the page: %w", err)
	}
	return nil
}
