package lint

import (
	"context"
	"fmt"
	"strings"
)

// Page returns the documentation of a rule in Markdown, as stored in docs/rules.
func (r Rule) Page(ctx context.Context) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n**%s**: %s.\n\n%s\n", r.ID, r.Severity, r.Summary, r.Why)
	fmt.Fprintf(&b, "\n## Wrong\n\n%s", r.Bad.block())
	fmt.Fprintf(&b, "\n```text\n%s```\n", r.Bad.findings(ctx))
	fmt.Fprintf(&b, "\n## Right\n\n%s", r.Good.block())
	fmt.Fprintf(&b, "\n## Silence or change it\n\n%s", r.howToChange())
	return b.String()
}

// Text returns the documentation of a rule as plain text for a terminal.
func (r Rule) Text(ctx context.Context) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s\n\n%s\n", r.ID, r.Severity, r.Summary, r.Why)
	fmt.Fprintf(&b, "\nWrong (%s):\n\n%s\n%s", r.Bad.describe(), indent(r.Bad.Text), indent(r.Bad.findings(ctx)))
	fmt.Fprintf(&b, "\nRight:\n\n%s", indent(r.Good.Text))
	fmt.Fprintf(&b, "\nTo silence one place: %s\nTo switch it off: --disable %s\n", r.ignoreComment(), r.ID)
	return b.String()
}

func (r Rule) ignoreComment() string {
	return "{{- /* hooktool:ignore " + r.ID + " reason */ -}}"
}

// howToChange explains how to silence a rule or change its severity.
func (r Rule) howToChange() string {
	return fmt.Sprintf("For one place, put a comment on its line or on the line before:\n\n```\n%s\n```\n\n"+
		"For all templates, `--disable %s`, or in `.hooktool.yaml`:\n\n```yaml\nvalidate:\n  rules:\n    %s: off   # or error, warning, info\n```\n",
		r.ignoreComment(), r.ID, r.ID)
}

// findings lists what hooktool reports for an example.
func (e Example) findings(ctx context.Context) string {
	var b strings.Builder
	for _, f := range e.Check(ctx) {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", f.Pos, f.Severity, f.Message, f.Rule)
		for line := range strings.Lines(f.Hint) {
			fmt.Fprintf(&b, "hint: %s\n", strings.TrimRight(line, "\n"))
		}
	}
	return b.String()
}

// block returns the example as a code block.
func (e Example) block() string {
	language := ""
	if e.Webhook {
		language = "yaml"
	}
	return fmt.Sprintf("```%s\n%s\n```\n", language, strings.TrimRight(e.Text, "\n"))
}

// describe returns what kind of text the example is.
func (e Example) describe() string {
	words := e.Kind.String() + " template"
	if e.Webhook {
		words = "webhook"
	}
	if e.Destination != "" {
		words += " for " + e.Destination
	}
	if e.CorootVersion != "" {
		words += ", Coroot " + e.CorootVersion
	}
	if e.Events != "" {
		words += ", with --events"
	}
	return words
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimRight(text, "\n") + "\n") {
		b.WriteString("    " + line)
	}
	return b.String()
}
