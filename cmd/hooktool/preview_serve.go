package main

import (
	"context"
	"os"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/internal/preview/page"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// serveLive serves the live page until Ctrl-C.
func (o *previewOptions) serveLive(ctx context.Context) error {
	workspace, err := o.workspace()
	if err != nil {
		return err
	}
	server, err := page.Listen(workspace, page.ServerOptions{Addr: o.serve, Write: o.write})
	if err != nil {
		return err
	}
	o.app.untilInterrupted() // a reader of the address may interrupt at once
	if err := printAll(o.app.out, server.URL()+"\n"); err != nil {
		return err
	}
	o.app.note("open the page in a browser; it updates when a file is saved; press Ctrl-C to stop")
	if err := server.Serve(ctx); err != nil {
		return exit.Failed("", "serve the page: %w", err)
	}
	return nil
}

// workspace returns what the page shows.
func (o *previewOptions) workspace() (page.Workspace, error) {
	_, events, err := o.app.input(&o.inputFlags, o.template, o.events)
	if err != nil {
		return page.Workspace{}, err
	}
	if o.serve != "" {
		events.Warn = nil // each redraw would warn again
	}
	said := o.said()
	w := page.Workspace{
		Open: func() (*workspace.Workspace, error) {
			_, err := o.app.loadConfigs() // they may have changed since the start
			return o.app.workspace(said, ""), err
		},
		Events: events, Save: files.Replace, Limits: o.limits, ShowSecrets: o.app.showSecrets, Hide: o.app.hidden,
	}
	if o.template != "" {
		if _, err := os.Stat(o.template); err != nil {
			if o.serve != "" && strings.Trim(o.template, "0123456789") == "" {
				err = exit.Usage("write --serve=127.0.0.1:"+o.template+" to choose the port", "there is no template %q", o.template)
			}
			return page.Workspace{}, err
		}
		w.Paths = []string{o.template}
	}
	return w, nil
}
