package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/hooktool/hooktool/internal/printable"
)

// minSnippet is the least number of columns that a line is cut to, maxSnippet the most
// that are shown if no width is given: a template may be a single line of several
// megabytes with a thousand findings.
const (
	minSnippet = 24
	maxSnippet = 400
)

// caretLine is the line below a snippet: spaces and a mark.
type caretLine struct{ indent, mark string }

func (c caretLine) colour(paint func(string) string) string { return c.indent + paint(c.mark) }

// cell is a character as displayed.
type cell struct {
	text  string
	width int // in columns of a terminal
}

// underline returns a line as displayed, and the caret line for the characters from
// column up to end, both counted from 1. The caret stays aligned below tabs, because it
// repeats them, and below characters of any width. If a width is given, the line is cut
// to that many columns around the caret.
func underline(line string, column, end, width int) (string, caretLine) {
	before, line, behind := neighbourhood(line, column-1, width)
	cells := cellsOf(line)
	from := min(max(column-1-before, 0), len(cells))
	to := min(max(end-1-before, from), len(cells))
	first, last := window(cells, from, width)
	var shown, indent strings.Builder
	if first > 0 || before > 0 {
		shown.WriteString("…")
		indent.WriteString(" ")
	}
	for i := first; i < last; i++ {
		shown.WriteString(cells[i].text)
		switch {
		case i >= from:
		case cells[i].text == "\t":
			indent.WriteByte('\t')
		default:
			indent.WriteString(strings.Repeat(" ", cells[i].width))
		}
	}
	if last < len(cells) || behind {
		shown.WriteString("…")
	}
	marked := 0
	for i := from; i < min(to, last); i++ {
		marked += max(cells[i].width, 0)
	}
	return shown.String(), caretLine{indent.String(), "^" + strings.Repeat("~", max(marked-1, 0))}
}

// skip returns the offset after the given number of characters, and how many were
// skipped: fewer if the text ends first. It skips ASCII in long runs, because a line of
// a generated template can be long and have many findings.
func skip(text string, characters int) (offset, skipped int) {
	const run = 64
	for skipped < characters && offset < len(text) {
		if characters-skipped >= run && len(text)-offset >= run && isASCII(text[offset:offset+run]) {
			offset, skipped = offset+run, skipped+run
			continue
		}
		_, size := utf8.DecodeRuneInString(text[offset:])
		offset, skipped = offset+size, skipped+1
	}
	return offset, skipped
}

func isASCII(text string) bool {
	var all byte
	for i := range len(text) {
		all |= text[i]
	}
	return all < utf8.RuneSelf
}

// neighbourhood cuts a line to as many characters before and after a column as can fit
// into width. It returns how many characters it left out before, and whether it left
// out any after.
func neighbourhood(line string, column, width int) (before int, near string, behind bool) {
	if width <= 0 || len(line) <= 2*width {
		return 0, line, false
	}
	start, before := skip(line, column-width)
	length, _ := skip(line[start:], column+width-before)
	end := start + length
	return before, line[start:end], end < len(line)
}

// window returns the range of cells around one of them that fits into width.
func window(cells []cell, around, width int) (first, last int) {
	total := 0
	for _, c := range cells {
		total += c.width
	}
	if width <= 0 || total <= width {
		return 0, len(cells)
	}
	width -= 2 // for the dots
	first, last = min(around, len(cells)), min(around, len(cells))
	used := 0
	for used < width && (first > 0 || last < len(cells)) {
		// A third of the room goes to what comes before.
		if first > 0 && (last == len(cells) || (around-first)*2 < last-around) {
			first--
			used += cells[first].width
		} else {
			used += cells[last].width
			last++
		}
	}
	return first, last
}

// cellsOf converts a line to cells. A tab counts as one column; cuts need not be more
// exact than that.
func cellsOf(line string) []cell {
	cells := make([]cell, 0, len(line))
	for i, r := range line {
		switch {
		case r == '\t':
			cells = append(cells, cell{"\t", 1})
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(line[i:]); size == 1 {
				text := fmt.Sprintf(`\x%02x`, line[i])
				cells = append(cells, cell{text, len(text)})
				continue
			}
			cells = append(cells, cell{string(r), 1})
		case printable.Unsafe(r):
			text := printable.Escape(r)
			cells = append(cells, cell{text, len(text)})
		case r < utf8.RuneSelf:
			cells = append(cells, cell{line[i : i+1], 1})
		default:
			cells = append(cells, cell{string(r), uniseg.StringWidth(string(r))})
		}
	}
	return cells
}

// visible makes untrusted text safe to show on one line: control characters, which
// could move the cursor, and marks that reorder text become escapes.
func visible(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r == '\t' || printable.Unsafe(r) }) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, c := range cellsOf(strings.ReplaceAll(s, "\n", `\n`)) {
		b.WriteString(c.text)
	}
	return b.String()
}
