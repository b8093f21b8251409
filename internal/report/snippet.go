package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/hooktool/hooktool/internal/printable"
)

// minSnippet is the least number of columns that a line is cut to, maxSnippet the
// most that are shown where no width is given: a template may be a single line of
// megabytes, with a thousand findings in it.
const (
	minSnippet = 24
	maxSnippet = 400
)

// caretLine is what is under a line: spaces, and a mark.
type caretLine struct{ indent, mark string }

func (c caretLine) String() string { return c.indent + c.mark }

func (c caretLine) colour(paint func(string) string) string { return c.indent + paint(c.mark) }

// cell is a character as it is shown.
type cell struct {
	text  string
	width int // in columns of a terminal
}

// underline returns a line as it can be shown, and the caret line for the
// characters from column up to end, both counted from 1. The caret is right
// under tabs, because it repeats them, and under characters of any width. With a
// width the line is cut to so many columns around the caret.
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

// skip returns the offset after some characters of a text, and how many there were:
// fewer when it ends before. Long runs of ASCII are taken at a time, because a line of
// a generated template is long and has many findings.
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

// neighbourhood cuts a line to as many characters before and after one of them as can
// fit into a width. It returns how many characters it has left out in front, and
// whether it has left out any after.
func neighbourhood(line string, column, width int) (before int, near string, behind bool) {
	if width <= 0 || len(line) <= 2*width {
		return 0, line, false
	}
	start, before := skip(line, column-width)
	length, _ := skip(line[start:], column+width-before)
	end := start + length
	return before, line[start:end], end < len(line)
}

// window returns the range of cells around one that fit into a width.
func window(cells []cell, around, width int) (first, last int) {
	total := 0
	for _, c := range cells {
		total += c.width
	}
	if width <= 0 || total <= width {
		return 0, len(cells)
	}
	width -= 2 // the dots
	first, last = min(around, len(cells)), min(around, len(cells))
	used := 0
	for used < width && (first > 0 || last < len(cells)) {
		// A third of the room goes to what is before.
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

// cellsOf turns a line into what is shown of it. A tab counts as one column; no
// cut is so exact that it mattered.
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
		default:
			cells = append(cells, cell{string(r), uniseg.StringWidth(string(r))})
		}
	}
	return cells
}

// visible makes text from outside safe to show in one line: control characters,
// which could move the cursor, and marks that reorder text become escapes.
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
