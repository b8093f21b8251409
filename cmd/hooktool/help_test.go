package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

// TestHelpFitsScreen holds the help of every command to what a person sees
// without scrolling.
func TestHelpFitsScreen(t *testing.T) {
	t.Parallel()
	const (
		lines = 50
		width = 120
	)
	root := newRootCmd(testApp())
	eachCommand(root, func(cmd *cobra.Command) {
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.InitDefaultHelpFlag()
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		help := out.String()
		if got := strings.Count(help, "\n"); got > lines {
			t.Errorf("the help of %s has %d lines, more than %d", cmd.CommandPath(), got, lines)
		}
		for line := range strings.Lines(help) {
			if got := utf8.RuneCountInString(strings.TrimSpace(line)); got > width {
				t.Errorf("the help of %s has a line of %d columns, more than %d: %s", cmd.CommandPath(), got, width, line)
			}
		}
		if cmd.Runnable() && !cmd.HasExample() && !cmd.HasAvailableSubCommands() {
			t.Errorf("the help of %s has no example", cmd.CommandPath())
		}
		if !strings.Contains(help, "hooktool --help") && cmd != root {
			t.Errorf("the help of %s does not say where the flags of all commands are", cmd.CommandPath())
		}
	})
}
