package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/describe"
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/lint"
)

const explainLong = `List the rules of hooktool validate, or explain some of them: what each finds, why
it matters, and how to fix it.`

const explainExample = `  hooktool explain
  hooktool explain unknown-field
  hooktool explain json-unescaped length-limit`

func newExplainCmd(a *app) *cobra.Command {
	var format string
	cmd := about{"explain [RULE...]", "List the rules of validate, or explain some", explainLong, explainExample}.command(func(ctx context.Context, args []string) error {
		rules := lint.Rules()
		if len(args) > 0 {
			rules = nil
		}
		for _, id := range args {
			rule, err := lint.Find(id)
			if err != nil {
				return exit.Misused(err)
			}
			rules = append(rules, rule)
		}
		if format == "json" {
			return jsontree.Write(asIs(a.out), describe.RulesJSON(ctx, rules))
		}
		if len(args) > 0 {
			return printAll(asIs(a.out), typeset.Reflow(explained(ctx, rules), a.outColumns()))
		}
		return printAll(a.out, describe.Rules(rules, a.outPalette()))
	})
	cmd.Args = cobra.ArbitraryArgs
	cmd.ValidArgsFunction = option.Rules
	option.Format(cmd, &format, "text", "json")
	return cmd
}

// explained returns the text of some rules, one after another.
func explained(ctx context.Context, rules []lint.Rule) string {
	var texts []string
	for _, rule := range rules {
		texts = append(texts, rule.Text(ctx))
	}
	return strings.Join(texts, "\n")
}
