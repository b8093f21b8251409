package page

import (
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// diffLine is a line of a diff: kept, removed or added.
type diffLine struct {
	Mark string // " ", "-" or "+"
	Text string
}

// diff compares two texts line by line and returns all lines of both, or nothing if
// they are the same.
func diff(before, after string) []diffLine {
	a, b := splitLines(before), splitLines(after)
	if slices.Equal(a, b) {
		return nil
	}
	var lines []diffLine
	add := func(mark string, texts []string) {
		for _, text := range texts {
			lines = append(lines, diffLine{mark, text})
		}
	}
	at := 0
	for _, d := range lcs.DiffLines(a, b) {
		add(" ", a[at:d.Start])
		add("-", a[d.Start:d.End])
		add("+", b[d.ReplStart:d.ReplEnd])
		at = d.End
	}
	add(" ", a[at:])
	return lines
}

func splitLines(text string) []string {
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}
