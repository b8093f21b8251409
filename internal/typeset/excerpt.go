package typeset

import (
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
)

// The part of a text from outside that is shown to people.
const (
	excerptLines = 20
	excerptBytes = 2000
)

// Excerpt returns the part of a text that a person wants to read. An ellipsis shows
// that the rest is left out.
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

// Ellipsis marks the end of a text that continues.
func Ellipsis(text string) string {
	const mark = "\n…"
	if strings.HasSuffix(text, mark) {
		return text
	}
	return strings.TrimRight(text, "\n") + mark
}

// OneLine makes text from outside safe for a line of a table.
func OneLine(s string) string { return printable.Text(strings.Join(strings.Fields(s), " ")) }
