package main

import (
	"io"

	"github.com/spf13/cobra"
)

const completionLong = `Print the completion script of a shell.

  bash:        hooktool completion bash > /etc/bash_completion.d/hooktool
  zsh:         hooktool completion zsh > "${fpath[1]}/_hooktool"
  fish:        hooktool completion fish > ~/.config/fish/completions/hooktool.fish
  powershell:  hooktool completion powershell | Out-String | Invoke-Expression`

func newCompletionCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Annotations: map[string]string{needsNoConfig: "true"},
		Use:         "completion SHELL",
		Short:       "Print the completion script of a shell",
		Long:        completionLong,
		Example:     "  source <(hooktool completion bash)",
		ValidArgs:   completionShells(),
		Args:        args(1, 1, "hooktool completion bash|zsh|fish|powershell"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneWord("the shell", args[0], completionShells()...); err != nil {
				return err
			}
			return writeCompletion(cmd.Root(), asIs(a.out), args[0])
		},
	}
}

func completionShells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func writeCompletion(root *cobra.Command, w io.Writer, shell string) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(w, true)
	case "zsh":
		return root.GenZshCompletion(w)
	case "fish":
		return root.GenFishCompletion(w, true)
	}
	return root.GenPowerShellCompletionWithDesc(w)
}
