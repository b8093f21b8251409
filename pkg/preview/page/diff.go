package page

import (
	"math"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// diffLine is a line of a difference: kept, taken away or added.
type diffLine struct {
	Mark string // " ", "-" or "+"
	Text string
}

// diff compares two texts line by line and returns all lines of both.
func diff(before, after string) []diffLine {
	edits := udiff.Lines(before, after)
	if len(edits) == 0 {
		return nil
	}
	// Both end in a line feed here, so that there is no note about a missing one.
	text, err := udiff.ToUnified("", "", before, edits, math.MaxInt32)
	if err != nil { // edits of another text, which they are not
		return nil
	}
	var lines []diffLine
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "--- "), strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "@@"), strings.HasPrefix(line, `\`), line == "":
		default:
			lines = append(lines, diffLine{line[:1], line[1:]})
		}
	}
	return lines
}
