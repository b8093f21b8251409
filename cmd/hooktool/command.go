package main

import (
	"context"

	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/spf13/cobra"
)

// about is the help text of a command.
type about struct{ use, short, long, example string }

// command creates a command.
func (w about) command(run func(ctx context.Context, args []string) error) *cobra.Command {
	return &cobra.Command{
		Use: w.use, Short: w.short, Long: w.long, Example: w.example,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args) },
	}
}

// group creates a command that only has subcommands.
func (w about) group(commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: w.use, Short: w.short, Long: w.long, Args: help.NoCommand, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(commands...)
	return cmd
}

// withoutConfig marks a command that works despite a broken configuration.
func withoutConfig(cmd *cobra.Command) *cobra.Command {
	cmd.Annotations = map[string]string{needsNoConfig: "true"}
	return cmd
}
