package typeset

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Hang returns a text after a prefix, wrapped at words so that no line is wider than
// columns, with all lines after the first indented. A word that is too long stays
// whole: most are URLs. With zero columns nothing is wrapped.
func Hang(prefix, text string, indent, columns int) string {
	if columns <= 0 {
		return strings.TrimRight(prefix+text, " ") + "\n"
	}
	var b strings.Builder
	at, fresh := Width(prefix), true
	b.WriteString(prefix)
	for _, word := range strings.Fields(text) {
		width := Width(word)
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

// Reflow rewraps the paragraphs of a text that have a line wider than columns. Indented
// lines are examples or tables, and stay as they are. With zero columns nothing changes.
func Reflow(text string, columns int) string {
	var out, paragraph []string
	flush := func() {
		if !slices.ContainsFunc(paragraph, func(line string) bool { return Width(line) > columns }) || columns <= 0 {
			out = append(out, paragraph...)
		} else {
			out = append(out, strings.TrimRight(Hang("", strings.Join(paragraph, " "), 0, columns), "\n"))
		}
		paragraph = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || line[0] == ' ' {
			flush()
			out = append(out, line)
			continue
		}
		paragraph = append(paragraph, line)
	}
	flush()
	return strings.Join(out, "\n")
}

// Width returns the width of a text in columns, not counting its colours.
func Width(text string) int {
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

// leastColumn is the minimum width of a table's last column; if there is less room,
// that column goes below the others.
const leastColumn = 24

// Table returns rows in columns, with no line wider than columns. The last cell of a
// row may be of any length, and goes below the others if there is no room beside them.
func Table(rows [][]string, columns int) string {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	start := 2
	for _, width := range widths {
		start += width + 2
	}
	narrow := columns > 0 && start+leastColumn > columns
	var all strings.Builder
	for _, row := range rows {
		last := len(row) - 1
		if narrow {
			all.WriteString(narrowRow(row, columns))
			continue
		}
		var b strings.Builder
		b.WriteString("  ")
		for i, cell := range row[:last] {
			b.WriteString(cell + strings.Repeat(" ", widths[i]-len([]rune(cell))+2))
		}
		all.WriteString(Hang(b.String(), row[last], start, columns))
	}
	return all.String()
}

// narrowRow returns a row without columns, with the last cell below the others if it
// does not fit after them.
func narrowRow(row []string, columns int) string {
	last := len(row) - 1
	var full []string
	for _, cell := range row[:last] {
		if cell != "" {
			full = append(full, cell)
		}
	}
	line := "  " + strings.Join(full, "  ")
	if Width(line+"  "+row[last]) <= columns {
		return strings.TrimRight(line+"  "+row[last], " ") + "\n"
	}
	if Width(line) > columns {
		line = strings.TrimSuffix(Hang("  ", line, 4, columns), "\n")
	}
	return line + "\n" + Below(row[last], columns)
}

// Below returns what belongs to the line before, indented further than that line.
func Below(text string, columns int) string { return Hang("      ", text, 6, columns) }
