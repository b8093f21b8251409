package preview

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/hooktool/hooktool/internal/printable"
)

// run is text in one style.
type run struct {
	text  string
	style Style
	url   string // the URL it links to; may be empty
}

// line is the contents of one row of the terminal.
type line []run

func width(s string) int { return uniseg.StringWidth(s) }

func (l line) width() (n int) {
	for _, r := range l {
		n += width(r.text)
	}
	return n
}

// tabWidth is the width of a tab, in columns.
const tabWidth = 4

// clean makes text safe and measurable: no control characters, no tabs.
func clean(s string) string {
	return strings.ReplaceAll(printable.Text(s), "\t", strings.Repeat(" ", tabWidth))
}

// wrap breaks runs into lines that are at most max columns wide. A line breaks
// at a line feed, at spaces, and around wide characters such as those of
// Chinese; a word that is longer than a line breaks anywhere between two
// characters as the reader sees them.
func wrap(runs []run, limit int) []line {
	w := wrapper{limit: max(limit, 1), lines: []line{nil}}
	var text strings.Builder
	for i := range runs {
		runs[i].text = clean(runs[i].text)
		text.WriteString(runs[i].text)
	}
	w.runs = runs
	state := -1
	word := text.String() // and what follows it
	for rest := word; rest != ""; {
		var segment string
		var must bool
		segment, rest, must, state = uniseg.FirstLineSegmentInString(rest, state)
		hard := must && strings.HasSuffix(segment, "\n")
		if !hard && rest != "" && !endsWord(segment) && !startsWide(rest) {
			continue
		}
		w.word(strings.TrimRight(word[:len(word)-len(rest)], "\n"))
		word = rest
		if hard {
			w.breakLine()
			w.take(1, false)
		}
	}
	return w.lines
}

// endsWord reports whether a line may end after a segment.
func endsWord(segment string) bool {
	return strings.HasSuffix(segment, " ") || endsWide(segment)
}

func endsWide(s string) bool {
	cluster := ""
	for state := -1; s != ""; {
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
	}
	return width(cluster) > 1
}

func startsWide(s string) bool {
	_, _, w, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return w > 1
}

// wrapper fills lines.
type wrapper struct {
	runs   []run // columns that are left in the current line
	lines  []line
	column int
	limit  int
}

func (w *wrapper) breakLine() {
	w.lines = append(w.lines, nil)
	w.column = 0
}

// blank reports whether the current line holds only spaces.
func (w *wrapper) blank() bool {
	for _, r := range w.lines[len(w.lines)-1] {
		if strings.Trim(r.text, " ") != "" {
			return false
		}
	}
	return true
}

// word places a word with the spaces after it.
func (w *wrapper) word(word string) {
	solid := strings.TrimRight(word, " ")
	if n := width(solid); w.column > 0 && w.column+n > w.limit {
		if w.blank() { // no line break before a word that is too long for any line
			w.lines[len(w.lines)-1], w.column = nil, 0
		} else {
			w.breakLine()
		}
	}
	for state := -1; solid != ""; {
		var cluster string
		var n int
		cluster, solid, n, state = uniseg.FirstGraphemeClusterInString(solid, state)
		if w.column > 0 && w.column+n > w.limit {
			w.breakLine()
		}
		w.take(len(cluster), true)
		w.column += n
	}
	for range len(word) - len(strings.TrimRight(word, " ")) {
		fits := w.column < w.limit
		w.take(1, fits)
		if fits {
			w.column++
		}
	}
}

// take moves bytes from the runs to the current line, or drops them.
func (w *wrapper) take(n int, keep bool) {
	for n > 0 && len(w.runs) > 0 {
		r := &w.runs[0]
		part := min(n, len(r.text))
		if keep && part > 0 {
			w.append(run{r.text[:part], r.style, r.url})
		}
		r.text = r.text[part:]
		n -= part
		if r.text == "" {
			w.runs = w.runs[1:]
		}
	}
}

// append adds a piece to the current line, merging it with one of the same style.
func (w *wrapper) append(piece run) {
	last := &w.lines[len(w.lines)-1]
	if n := len(*last); n > 0 && (*last)[n-1].style == piece.style && (*last)[n-1].url == piece.url {
		(*last)[n-1].text += piece.text
		return
	}
	*last = append(*last, piece)
}

// prefixed puts the same run at the beginning of each line.
func prefixed(lines []line, first, rest run) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		mark := rest
		if i == 0 {
			mark = first
		}
		out[i] = append(line{mark}, l...)
	}
	return out
}

// beside puts columns next to each other, each padded to a width.
func beside(columns [][]line, columnWidth int) []line {
	var rows []line
	for i := 0; ; i++ {
		var row line
		used, more := 0, false
		for c, column := range columns {
			if i >= len(column) {
				continue
			}
			more = true
			if gap := c*columnWidth - used; gap > 0 {
				row = append(row, run{text: strings.Repeat(" ", gap)})
				used += gap
			}
			row = append(row, column[i]...)
			used += column[i].width()
		}
		if !more {
			return rows
		}
		rows = append(rows, row)
	}
}
