package lint_test

import (
	"context"
	"fmt"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Check finds everything wrong with a template, in the order of its text, and reports
// whether its JSON is valid for every event.
func ExampleCheck() {
	result := lint.Check(context.Background(), workspace.Template{
		Path: "alert.tmpl", Kind: event.KindAlert,
		Text: `{"text": {{ json .Sumary }}, "url": "{{ .URL }}"}`,
	}, lint.Options{})
	for _, finding := range result.Findings {
		fmt.Printf("%s:%s: %s: %s [%s]\n", result.Path, finding.Pos, finding.Severity, finding.Message, finding.Rule)
	}
	// Output:
	// alert.tmpl:1:18: error: there is no .Sumary in an alert [unknown-field]
	// alert.tmpl:1:41: warning: .URL goes into a JSON string without escaping: a quote or a backslash in it breaks the JSON [json-unescaped]
}

// Rules are values that describe themselves.
func ExampleRules() {
	for _, rule := range lint.Rules() {
		if rule.ID == lint.Rules()[0].ID {
			fmt.Println(rule.ID, rule.Severity, rule.Summary)
		}
	}
	// Output: parse-error error the template cannot be parsed
}
