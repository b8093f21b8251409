package lint

import "github.com/hooktool/hooktool/pkg/event"

func unusedIgnore() Rule {
	return Rule{
		ID: "unused-ignore", Severity: Warning,
		Summary: "a comment silences a rule that finds nothing there",
		Why: "`{{/* hooktool:ignore RULE reason */}}` silences a rule on its own line and on the next one; separate several\n" +
			"rules with commas. With `until 2027-01-31` after the rule, it does so up to that date. A comment that\n" +
			"silences nothing could hide the next mistake; one that names an unknown rule, or is past its date, has no\n" +
			"effect; one whose date is none, such as 2027-02-30, never expires.",
		Bad: Example{
			Kind: event.KindAlert,
			Text: "{{- /* hooktool:ignore unknown-field until 2027-01-31 added by our fork */ -}}\n{{ .Status }}",
			At:   []string{"1:24"},
		},
		Good: Example{
			Kind: event.KindAlert,
			Text: "{{- /* hooktool:ignore unknown-field until 2027-01-31 added by our fork */ -}}\n{{ .Status }} {{ .Tenant }}",
		},
		check: func(*pass) {}, // runs after all others; see silence
	}
}
