package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

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
				rule, err := knownRule("", args[0])
				if err != nil {
					return err
				}
				if format == "text" {
					return printAll(asIs(a.out), rule.Text(cmd.Context()))
				}
				rules = []lint.Rule{rule}
			}
			if format == "json" {
				return printJSON(asIs(a.out), ruleRows(cmd.Context(), rules))
			}
			return a.listRules(rules)
		},
	}
	formatVar(cmd, &format, "text", "json")
	return cmd
}

func (a *app) listRules(rules []lint.Rule) error {
	palette := a.outPalette()
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, rule := range rules {
		fmt.Fprintf(table, "%s\t%s\t%s\n", rule.ID, rule.Severity, rule.Summary)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) { // colour has no place in the widths of columns
		id, rest, _ := strings.Cut(line, " ")
		if err := printAll(a.out, palette.Bold(id)+" "+rest); err != nil {
			return err
		}
	}
	return nil
}

// ruleRow is a rule in JSON.
type ruleRow struct {
	ID       string        `json:"id"`
	Severity lint.Severity `json:"severity"`
	Summary  string        `json:"summary"`
	Page     string        `json:"page"` // Markdown
}

func ruleRows(ctx context.Context, rules []lint.Rule) []ruleRow {
	rows := make([]ruleRow, 0, len(rules))
	for _, rule := range rules {
		rows = append(rows, ruleRow{rule.ID, rule.Severity, rule.Summary, rule.Page(ctx)})
	}
	return rows
}

// completeRules completes the ids of rules.
func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, rule := range lint.Rules() {
		words = append(words, cobra.CompletionWithDesc(rule.ID, rule.Summary))
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
