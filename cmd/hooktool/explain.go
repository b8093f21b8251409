package main

import (
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/pkg/lint"
)

const explainLong = `List the rules of hooktool validate, or say of one what it is about, why it
matters, and what is wrong and right.`

const explainExample = `  hooktool explain
  hooktool explain unknown-field`

func newExplainCmd(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:               "explain [RULE]",
		Short:             "List the rules of validate, or explain one",
		Long:              explainLong,
		Example:           explainExample,
		Args:              args(0, 1, "hooktool explain [RULE]"),
		ValidArgsFunction: completeRules,
		RunE: func(cmd *cobra.Command, args []string) error {
			rules := lint.Rules()
			if len(args) == 1 {
				rule, err := lint.Find(args[0])
				if err != nil {
					return misused(err)
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
	formatVar(cmd, &format, "text", "json")
	return cmd
}

// completeRules completes the ids of rules.
func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, rule := range lint.Rules() {
		words = append(words, cobra.CompletionWithDesc(rule.ID, rule.Summary))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
