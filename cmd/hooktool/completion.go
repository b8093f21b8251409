package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/words"
)

const completionLong = `Print the completion script of a shell.

  bash:        hooktool completion bash > /etc/bash_completion.d/hooktool
               needs the bash-completion package
  zsh:         hooktool completion zsh > "${fpath[1]}/_hooktool"
  fish:        hooktool completion fish > ~/.config/fish/completions/hooktool.fish
  powershell:  hooktool completion powershell | Out-String | Invoke-Expression`

func newCompletionCmd(a *app) *cobra.Command {
	about := about{"completion SHELL", "Print the completion script of a shell", completionLong, "  source <(hooktool completion bash)"}
	var cmd *cobra.Command
	cmd = withoutConfig(about.command(func(_ context.Context, args []string) error {
		if slices.Contains(otherShells, args[0]) {
			return exit.Usage("", "there is no completion for %s: the shells are %s", args[0], words.And(completionShells()))
		}
		if err := option.OneWord("shell", args[0], completionShells()...); err != nil {
			return err
		}
		return writeCompletion(cmd.Root(), asIs(a.out), args[0])
	}))
	cmd.ValidArgs = completionShells()
	cmd.Args = help.Args(1, 1, "hooktool completion bash|zsh|fish|powershell")
	return cmd
}

func completionShells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

// otherShells are known and not supported: none is a misspelt bash.
var otherShells = []string{"ash", "csh", "dash", "elvish", "ksh", "nu", "nushell", "sh", "tcsh", "xonsh"}

func writeCompletion(root *cobra.Command, w io.Writer, shell string) error {
	switch shell {
	case "bash":
		return bashCompletion(root, w)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}

// bashCompletion writes the script for bash. If the package that it needs is missing,
// the script says so, instead of failing at every word.
func bashCompletion(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	const start = "__start_hooktool()\n{\n"
	before, after, found := strings.Cut(script.String(), start)
	if !found {
		return errors.New("cobra makes another script for bash than it did")
	}
	check := `    if ! declare -F _init_completion >/dev/null && ! declare -F _get_comp_words_by_ref >/dev/null; then
        printf '\nhooktool: completion needs the bash-completion package, loaded in this shell\n' >&2
        return 1
    fi
`
	_, err := io.WriteString(w, before+start+check+after)
	return err
}

// plainUsages removes the quotes around value names from the flags' usage texts,
// because shells would show them.
func plainUsages(cmd *cobra.Command) {
	plain := func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") }
	cmd.Flags().VisitAll(plain)
	cmd.PersistentFlags().VisitAll(plain)
	for _, sub := range cmd.Commands() {
		plainUsages(sub)
	}
}
