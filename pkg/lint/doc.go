// Package lint finds mistakes in a webhook's templates and settings.
//
// Each [Rule] is defined in its own file: an ID, a severity, an explanation of what is
// wrong and why it matters, an example that breaks the rule and one that does not, and
// a function that checks for it. [Rules] lists them. The examples also serve as tests,
// and the pages in docs/rules and the output of hooktool explain are generated from the
// same text.
//
// [Check] runs the rules on one [workspace.Template] and returns a [Result] with the
// findings in the order of the text. Analyses that several rules share, such as that of
// package typecheck, run once and only if a rule needs them.
//
//	t := workspace.Template{Path: "alert.tmpl", Kind: event.KindAlert, Text: text}
//	result := lint.Check(ctx, t, lint.Options{})
//	for _, f := range result.Findings {
//		fmt.Println(f.Pos, f.Severity, f.Message)
//	}
//
// A comment in the template silences a rule on its own line and the next one:
//
//	{{- /* hooktool:ignore json-unescaped the value is a number */ -}}
package lint
