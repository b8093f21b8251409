// Package source turns byte offsets in a text into positions that people and
// editors use.
//
// text/template, encoding/json and the parsers of this module all use byte offsets.
// People want line and column. Both start at 1, and a column is counted in characters
// (code points), so that an emoji or a Chinese character is one column. A tab is one
// column too.
package source

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// Position is a place in a text. Line and Column start at 1; Column counts
// code points. The zero Position means that no place is known.
type Position struct {
	Line   int
	Column int
}

// IsValid reports whether the position is known.
func (p Position) IsValid() bool { return p.Line > 0 }

func (p Position) String() string {
	if !p.IsValid() {
		return "-"
	}
	if p.Column == 0 {
		return fmt.Sprint(p.Line)
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// Index finds positions in one text.
type Index struct {
	text  string
	lines []int // the offset at which each line begins
	marks []mark
}

// mark is the number of characters before an offset, so that a place in a long line is
// found without counting from its beginning.
type mark struct{ offset, characters int }

// markEvery is the distance between marks, in bytes. Short texts have none.
const markEvery = 1 << 10

// NewIndex finds the lines of a text. A line ends at LF; a CR before it belongs to the
// line.
func NewIndex(text string) *Index {
	lines := []int{0}
	for i := 0; i < len(text); i++ {
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			break
		}
		i += j
		lines = append(lines, i+1)
	}
	x := &Index{text: text, lines: lines}
	for last := (mark{}); len(text)-last.offset > 2*markEvery; {
		next := x.runeStart(last.offset + markEvery)
		last = mark{next, last.characters + utf8.RuneCountInString(text[last.offset:next])}
		x.marks = append(x.marks, last)
	}
	return x
}

// characters returns how many characters are before an offset.
func (x *Index) characters(offset int) int {
	var from mark
	if i := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].offset > offset }); i > 0 {
		from = x.marks[i-1]
	}
	return from.characters + utf8.RuneCountInString(x.text[from.offset:offset])
}

// Position returns the position of the character that holds the byte at offset. An
// offset outside the text is moved to its nearest end.
func (x *Index) Position(offset int) Position {
	offset = x.runeStart(min(max(offset, 0), len(x.text)))
	line := sort.SearchInts(x.lines, offset+1) - 1
	return Position{Line: line + 1, Column: x.characters(offset) - x.characters(x.lines[line]) + 1}
}

// runeStart returns the offset of the character that holds the byte at offset.
func (x *Index) runeStart(offset int) int {
	for start := offset - 1; start >= 0 && start > offset-utf8.UTFMax; start-- {
		if _, size := utf8.DecodeRuneInString(x.text[start:]); start+size > offset {
			return start
		}
	}
	return offset
}

// Offset returns the offset of a position, the reverse of Position. It returns
// the end of the text for a position after it.
func (x *Index) Offset(p Position) int {
	if p.Line < 1 || p.Line > len(x.lines) {
		return len(x.text)
	}
	offset := x.lines[p.Line-1]
	for column := 1; column < p.Column && offset < len(x.text) && x.text[offset] != '\n'; column++ {
		_, size := utf8.DecodeRuneInString(x.text[offset:])
		offset += size
	}
	return offset
}

// Line returns the text of a line, which starts at 1, without its line end.
// It is empty for a line that does not exist.
func (x *Index) Line(line int) string {
	if line < 1 || line > len(x.lines) {
		return ""
	}
	end := len(x.text)
	if line < len(x.lines) {
		end = x.lines[line]
	}
	return strings.TrimRight(x.text[x.lines[line-1]:end], "\r\n")
}

// Lines returns the number of lines; an empty text has one.
func (x *Index) Lines() int { return len(x.lines) }
