// Package lint finds the mistakes in a webhook's templates and settings.
//
// A [Rule] is a value in a file of its own: an id, a severity, a text that says
// what is wrong and why it matters, an example that breaks it and one that does
// not, and a function that looks for it. [Rules] lists them. The examples are
// tests, and the pages in docs/rules and the output of hooktool explain are made
// of the same text.
//
// [Check] runs the rules over one [Template] and returns a [Result]: the findings
// in the order of the text. The analyses that several rules share, such as that
// of package typecheck, are done once and only when a rule asks for them.
//
//	result := lint.Check(ctx, lint.Template{Path: "alert.tmpl", Kind: event.KindAlert, Text: text}, lint.Options{})
//	for _, f := range result.Findings {
//		fmt.Println(f.Pos, f.Severity, f.Message)
//	}
//
// A comment in the template silences a rule on its own line and on the next one:
//
//	{{- /* hooktool:ignore json-unescaped the value is a number */ -}}
package lint
