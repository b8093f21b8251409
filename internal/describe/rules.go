package describe

import (
	"context"
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/lint"
)

// Rules lists rules, each with a line about it.
func Rules(rules []lint.Rule, style typeset.Style) string {
	var id, severity int
	for _, rule := range rules {
		id, severity = max(id, len(rule.ID)), max(severity, len(rule.Severity))
	}
	var b strings.Builder
	for _, rule := range rules {
		space := strings.Repeat(" ", id-len(rule.ID))
		fmt.Fprintf(&b, "%s%s  %-*s  %s\n", style.Bold(rule.ID), space, severity, rule.Severity, rule.Summary)
	}
	return b.String()
}

// ruleRow is a rule in JSON.
type ruleRow struct {
	ID       string        `json:"id"`
	Severity lint.Severity `json:"severity"`
	Summary  string        `json:"summary"`
	Page     string        `json:"page"` // Markdown
}

// RulesJSON is what hooktool explain --format json prints.
func RulesJSON(ctx context.Context, rules []lint.Rule) any {
	rows := make([]ruleRow, 0, len(rules))
	for _, rule := range rules {
		rows = append(rows, ruleRow{rule.ID, rule.Severity, rule.Summary, rule.Page(ctx)})
	}
	return map[string]any{"version": 1, "rules": rows}
}
