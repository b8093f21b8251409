package main

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
)

// outColumns is the width to which text for people is wrapped; zero where
// nobody looks, so that programs find each row on one line.
func (a *app) outColumns() int {
	if a.getenv("COLUMNS") == "" && !terminal.IsTerminal(a.out) {
		return 0
	}
	return terminal.Width(a.out, a.getenv)
}

// The least width of the last column of a table; where it would be less, the
// column goes below the others.
const leastColumn = 24

// hang writes a text behind a prefix, wrapped at words, with the lines below
// the first one indented. A word that is too long stays whole: most are URLs.
func hang(prefix, text string, indent, columns int) string {
	if columns <= 0 {
		return strings.TrimRight(prefix+text, " ") + "\n"
	}
	var b strings.Builder
	at, fresh := printedWidth(prefix), true
	b.WriteString(prefix)
	for _, word := range strings.Fields(text) {
		width := printedWidth(word)
		switch {
		case fresh:
		case at+1+width > columns:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += width
		fresh = false
	}
	return strings.TrimRight(b.String(), " ") + "\n"
}

// printedWidth is the width of a text in columns, without its colours.
func printedWidth(text string) int {
	width := 0
	for {
		before, rest, found := strings.Cut(text, "\x1b[")
		width += uniseg.StringWidth(before)
		if !found {
			return width
		}
		if _, text, found = strings.Cut(rest, "m"); !found {
			return width
		}
	}
}
