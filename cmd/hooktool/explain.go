package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/help"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/pkg/lint"
)

const explainLong = `List the rules of hooktool validate, or explain one: what it finds, why it
matters, and how to fix it.`

const explainExample = `  hooktool explain
  hooktool explain unknown-field`

func newExplainCmd(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:               "explain [RULE]",
		Short:             "List the rules of validate, or explain one",
		Long:              explainLong,
		Example:           explainExample,
		Args:              help.Args(0, 1, "hooktool explain [RULE]"),
		ValidArgsFunction: option.Rules,
		RunE: func(cmd *cobra.Command, args []string) error {
			rules := lint.Rules()
			if len(args) == 1 {
				rule, err := lint.Find(args[0])
				if err != nil {
					return exit.Misused(err)
				}
				if format == "text" {
					return printAll(asIs(a.out), rule.Text(cmd.Context()))
				}
				rules = []lint.Rule{rule}
			}
			if format == "json" {
				return printJSON(asIs(a.out), describe.RulesJSON(cmd.Context(), rules))
			}
			return printAll(a.out, describe.Rules(rules, a.outPalette()))
		},
	}
	option.Format(cmd, &format, "text", "json")
	return cmd
}
