package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestHelpFitsScreen checks that the help of every command fits on a screen without
// scrolling.
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

// TestSuggestions checks the advice on other tools' commands and flags, misspelt ones,
// and flags that cannot be combined.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"chek": `"hooktool validate"`, "lint": `"hooktool validate"`, "previw": `"hooktool preview"`, "list": `"hooktool samples"`, "config": `"hooktool help configuration"`,
		"coroot push": `"hooktool coroot apply"`, "coroot list": `"hooktool coroot projects"`, "coroot dif": `"hooktool coroot diff"`,
		"validate --file x": "give it as an argument: hooktool validate [PATH...]", "validate --output-format json": "--format", "validate --json": "--format json",
		"validate --stdin": "give - as the path", "validate --failure-level error": "--fail-on", "validate --errors-only": "--min-severity error",
		"render --event x": "give it as an argument: hooktool render TEMPLATE [EVENT...]", "render --output x": "redirect the output", "fix --dry-run": "--diff",
		"preview --port 80": "--serve", "init --overwrite": "--force", "init --type slack": "hooktool init DESTINATION", "listen --destination slack": "--as",
		"test-send --to x": "--url", "test-send --method PUT": "Coroot always posts", "validate --dry-run": "nothing is written",
		"validate --foo": "see hooktool validate --help", "validate --fail-on": "hint: it must be error, warning, info or never", "render -w": "--webhook name: use the webhook", "preview --width 80": "COLUMNS", "validate --version": "hooktool version", "validate --fial-on x": "--fail-on?",
		"validate --set a=b": "--set is a flag of init, preview, render and test-send", "validate --custom a=b": "--custom-field?", "validate --webhook-name x": "--webhook?",
		"foo": "the commands are", "login": `"hooktool coroot"`, "schema-incident": `"hooktool schema incident"`,
		"fix --write --check t": "--check and --write cannot be used together", "preview --serve --png p t": "--png and --serve cannot", "preview --html p --raw t": "--html and --raw cannot",
		"preview --serve --watch t": "--serve and --watch cannot", "test-send --dry-run --curl t": "--curl and --dry-run cannot",
		"validate --oneline --format json t": "--oneline is for --format text", "validate --statistics --format sarif t": "--statistics is for --format text", "test --coverage --format tap": "--coverage is for",
	} {
		var errs bytes.Buffer
		code := run(strings.Fields(line), streams{strings.NewReader(""), io.Discard, &errs}, func(string) string { return "" })
		if code != exit.Misuse || !strings.Contains(errs.String(), want) {
			t.Errorf("hooktool %s: exit %d, want a hint with %s:\n%s", line, code, want, &errs)
		}
	}
}

// TestHelpNarrow checks that a narrow screen wraps the text of help, but not its
// examples.
func TestHelpNarrow(t *testing.T) {
	t.Parallel()
	const width = 60
	getenv := func(name string) string { return map[string]string{"COLUMNS": "60"}[name] }
	for _, line := range []string{"--help", "validate --help", "coroot --help", "coroot apply --help"} {
		var out bytes.Buffer
		run(strings.Fields(line), streams{strings.NewReader(""), &out, io.Discard}, getenv)
		for text := range strings.Lines(out.String()) {
			text = strings.TrimRight(text, "\n")
			if utf8.RuneCountInString(text) > width && !strings.Contains(text, "hooktool ") {
				t.Errorf("hooktool %s has a line of more than %d columns: %s", line, width, text)
			}
		}
	}
}
