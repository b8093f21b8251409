package typeset

import (
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
)

// The part of a text from elsewhere that is shown to people.
const (
	excerptLines = 20
	excerptBytes = 2000
)

// Excerpt is the part of a text that a person wants to read. What is left out shows
// as an ellipsis.
func Excerpt(text string) string {
	cut := false
	if len(text) > excerptBytes {
		text, cut = text[:excerptBytes], true
	}
	lines := strings.SplitAfter(text, "\n")
	if len(lines) > excerptLines {
		text, cut = strings.Join(lines[:excerptLines], ""), true
	}
	if cut {
		text = Ellipsis(text)
	}
	return text
}

// Ellipsis ends a text that goes on.
func Ellipsis(text string) string {
	const mark = "\n…"
	if strings.HasSuffix(text, mark) {
		return text
	}
	return strings.TrimRight(text, "\n") + mark
}

// OneLine makes text from outside safe for a line of a table.
func OneLine(s string) string { return printable.Text(strings.Join(strings.Fields(s), " ")) }
