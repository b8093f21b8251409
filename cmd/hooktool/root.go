package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/settings"
)

const rootLong = `hooktool renders, previews, sends, checks and repairs Coroot's webhook templates:
byte for byte as Coroot does, with a proof that the payload is valid JSON for every
event, and with each receiver's rules, offline.`

const rootExample = `  hooktool init telegram          write ready-made templates and a configuration
  hooktool preview alert.tmpl     see the message as its reader will
  hooktool validate               find mistakes in the templates and webhooks here`

// execute runs a command line and returns the exit code.
func execute(ctx context.Context, a *app, args []string) int {
	root := newRootCmd(a)
	root.SetArgs(args)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		plainUsages(root)
	}
	help := &helpWriter{w: a.out}
	root.SetOut(help)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil && help.err != nil {
		err = help.err
	}
	if said := exit.Status(0); err == nil || errors.As(err, &said) {
		return exit.Code(err)
	}
	if ctx.Err() != nil {
		return exit.Interrupted
	}
	if wantsJSON(cmd, args) {
		exit.PrintJSON(a.out, err)
	}
	exit.PrintAll(a.err, a.errPalette(), err)
	return exit.Code(err)
}

// wantsJSON reports whether the command line asks for JSON, even if an error stopped
// its parsing before that point.
func wantsJSON(cmd *cobra.Command, args []string) bool {
	if format := cmd.Flags().Lookup("format"); format != nil {
		if words, ok := format.Value.(interface{ Accepts(text string) bool }); ok && !words.Accepts("json") {
			return false // what the command prints is not JSON, not even its errors
		}
		if format.Value.String() == "json" {
			return true
		}
	}
	for i, arg := range args {
		switch {
		case arg == "--":
			return false
		case arg == "--format=json", arg == "--format" && i+1 < len(args) && args[i+1] == "json":
			return true
		}
	}
	return false
}

// helpWriter keeps write errors of help, which cobra ignores.
type helpWriter struct {
	w   io.Writer
	err error
}

func (h *helpWriter) Write(p []byte) (int, error) {
	n, err := h.w.Write(p)
	if h.err == nil {
		h.err = err
	}
	return n, err
}

// newRootCmd creates the root with all commands.
func newRootCmd(a *app) *cobra.Command {
	a.borrowed = &sync.Map{}
	a.config = &settings.Configuration{Getenv: a.getenv, Read: a.learnConfig, Below: a.detailBelow}
	var printVersion bool
	root := &cobra.Command{
		Use:           "hooktool",
		Short:         "Render, preview, send, check and repair Coroot's webhook templates",
		Long:          rootLong,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          help.NoCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if printVersion {
				return writeVersion(a.out, "text")
			}
			return cmd.Help()
		},
		Annotations: map[string]string{needsNoConfig: "true"},
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if err := a.applySettings(cmd); err != nil {
				return err
			}
			return a.misplaced(cmd, args)
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(a.in)
	root.SetErr(a.err)
	help.Printer{Columns: a.outColumns}.Set(root)
	root.SetHelpCommand(withoutConfig(help.Command()))
	root.Flags().BoolVar(&printVersion, "version", false, "print the version")
	root.PersistentFlags().SortFlags = false
	option.DefineGlobal(root, "color", (*string)(&a.color), "config", &a.config.Named, "config-env", &a.configEnv, "quiet", &a.quiet, "verbose", &a.verbose, "show-secrets", &a.showSecrets)
	root.AddGroup(commandGroups()...)
	for _, command := range allCommands() {
		addGroup(root, command.group, command.make(a))
	}
	return root
}

// command creates one of the commands.
type command struct {
	group string
	make  func(*app) *cobra.Command
}

// allCommands lists the commands in the order of their groups.
func allCommands() []command {
	return []command{
		{groupWrite, newInitCmd},
		{groupWrite, newRenderCmd},
		{groupWrite, newPreviewCmd},
		{groupWrite, newSamplesCmd},
		{groupWrite, newSchemaCmd},
		{groupCheck, newValidateCmd},
		{groupCheck, newFixCmd},
		{groupCheck, newTestCmd},
		{groupCheck, newExplainCmd},
		{groupCheck, newDestinationsCmd},
		{groupCheck, newLSPCmd},
		{groupSend, newTestSendCmd},
		{groupSend, newListenCmd},
		{groupSend, newTelegramCmd},
		{groupCoroot, newCorootCmd},
		{groupOther, newCompletionCmd},
		{groupOther, newVersionCmd},
	}
}

// The groups of commands, in the order in which help shows them.
const (
	groupWrite  = "write"
	groupCheck  = "check"
	groupSend   = "send"
	groupCoroot = "coroot"
	groupOther  = "other"
)

func commandGroups() []*cobra.Group {
	return []*cobra.Group{
		{ID: groupWrite, Title: "Write templates:"},
		{ID: groupCheck, Title: "Check them:"},
		{ID: groupSend, Title: "Send messages:"},
		{ID: groupCoroot, Title: "Talk to Coroot:"},
		{ID: groupOther, Title: "Other:"},
	}
}

// addGroup adds commands to the root under a heading of its help.
func addGroup(root *cobra.Command, group string, commands ...*cobra.Command) {
	for _, cmd := range commands {
		cmd.GroupID = group
	}
	root.AddCommand(commands...)
}
