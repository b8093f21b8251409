package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/lsp"
)

const lspLong = `Run a language server on standard input and output, for an editor to start. It
shows the findings of validate as you type, also for templates inside YAML files,
explains and completes fields and functions, and offers repairs.

It uses the webhooks, rules and settings of the folder's configuration, saved or
not.`

const lspExample = `  hooktool lsp                        what an editor starts
  hooktool lsp --config coroot.yaml   with the webhooks of this file`

func newLSPCmd(a *app) *cobra.Command {
	cmd := withoutConfig(about{"lsp", "Run the language server for an editor", lspLong, lspExample}.command(a.serveEditor)) // the editor shows what is wrong with it
	cmd.Args = help.Args(0, 0, "hooktool lsp")
	stdio := true
	option.Define(cmd, "stdio", &stdio)
	return cmd
}

// editDelay is how long the server waits for another keystroke before it checks a
// document.
const editDelay = 25 * time.Millisecond

func (a *app) serveEditor(ctx context.Context, _ []string) error {
	a.setEnvironment()
	if named := a.config.NamedFile(); named != "" {
		path, err := filepath.Abs(named)
		if err != nil {
			return exit.Usage("", "--config %q: %w", named, err)
		}
		a.config.Named = path
	}
	a.limitMemory()
	server := lsp.NewServer(lsp.Options{Version: readBuildInfo().Version, Open: a.openFolder, Preview: a.previewFile, Delay: editDelay})
	err := server.Serve(ctx, a.in, asIs(a.out))
	if errors.Is(err, lsp.ErrNoShutdown) {
		return exit.Status(exit.Findings) // required by the protocol
	}
	return err
}
