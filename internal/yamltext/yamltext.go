// Package yamltext says where each byte of a YAML scalar's text is in the file, and
// changes the text of a scalar in place.
//
// A YAML parser gives the text of a scalar and the place where the scalar begins.
// Indentation, folded lines, escapes and chomped line ends come in between, so an
// offset in the text says little about the file. This package reads the scalar again by
// the rules of the parser, and records which piece of the file each piece of text came
// from. If the result is not what the parser read, it says so instead of giving wrong
// places.
//
// The rules are those of libyaml, of which go.yaml.in/yaml/v3 is a port: YAML
// 1.1 with its five kinds of line break.
package yamltext

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// File is the text of a YAML file with its lines as YAML counts them.
type File struct {
	data  []byte
	lines []int // the offset at which each line begins
}

// NewFile reads the lines of a file in UTF-8.
func NewFile(data []byte) *File {
	f := &File{data: data}
	start := 0
	if bytes.HasPrefix(data, []byte("\uFEFF")) { // the parser does not count it
		start = len("\uFEFF")
	}
	f.lines = append(f.lines, start)
	for pos := start; pos < len(data); {
		n := lineBreak(data[pos:])
		if n == 0 {
			pos++
			continue
		}
		pos += n
		f.lines = append(f.lines, pos)
	}
	return f
}

// lineBreak returns the length of the line break that a text begins with, or 0 if there
// is none.
func lineBreak(b []byte) int {
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '\n':
		return 1
	case b[0] == '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 2
		}
		return 1
	case b[0] == 0xC2 && len(b) > 1 && b[1] == 0x85: // NEL
		return 2
	case b[0] == 0xE2 && len(b) > 2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9): // LS, PS
		return 3
	}
	return 0
}

// Offset returns the byte at the parser's line and column. Both start at 1, and a
// column is a character.
func (f *File) Offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(f.lines) {
		return len(f.data)
	}
	offset := f.lines[line-1]
	for ; column > 1 && offset < len(f.data); column-- {
		_, size := utf8.DecodeRune(f.data[offset:])
		offset += size
	}
	return offset
}

// lineStart returns where the line begins that holds the byte at offset.
func (f *File) lineStart(offset int) int {
	i := sort.SearchInts(f.lines, offset+1) - 1
	if i < 0 {
		return 0
	}
	return f.lines[i]
}

// Scalar is a scalar with the origin of its text.
type Scalar struct {
	Text string // as the parser gives it

	file   *File
	style  yaml.Style // one of the bits for a style, or 0 for a plain scalar
	start  int        // of the scalar itself, after its anchor and tag
	end    int        // after it: the closing quote, the last line's break
	parts  []part     // in the order of the text
	header header     // of a block scalar
	indent int        // of a block scalar's lines, in spaces
}

// part is a piece of text and where it came from. A verbatim part is the same in both;
// of others, such as an escape, only the beginning is known.
type part struct {
	text, src int
	srcLen    int
	verbatim  bool
}

// Scalar finds the origin of a scalar's text. It returns false for a node that is not a
// scalar, and if it cannot reproduce what the parser read.
func (f *File) Scalar(node *yaml.Node) (*Scalar, bool) {
	if node == nil || node.Kind != yaml.ScalarNode {
		return nil, false
	}
	const styles = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	s := &Scalar{Text: node.Value, file: f, style: node.Style & styles}
	s.start = f.skipProperties(f.Offset(node.Line, node.Column))
	return s, s.scan()
}

// skipProperties skips an anchor and a tag.
func (f *File) skipProperties(pos int) int {
	start := pos
	for pos < len(f.data) && (f.data[pos] == '&' || f.data[pos] == '!') {
		anchor := f.data[pos] == '&'
		for pos++; pos < len(f.data) && !isBlank(f.data[pos]) && lineBreak(f.data[pos:]) == 0; pos++ {
			if anchor && !isNameByte(f.data[pos]) {
				break
			}
		}
		pos = f.skipSpace(pos)
	}
	if pos >= len(f.data) {
		return start
	}
	return pos
}

// isNameByte reports whether a byte can be part of an anchor's name.
func isNameByte(b byte) bool {
	return b == '-' || b == '_' || b >= '0' && b <= '9' || b|0x20 >= 'a' && b|0x20 <= 'z'
}

// skipSpace skips blanks, line breaks and comments.
func (f *File) skipSpace(pos int) int {
	for pos < len(f.data) {
		switch n := lineBreak(f.data[pos:]); {
		case n > 0:
			pos += n
		case isBlank(f.data[pos]):
			pos++
		case f.data[pos] == '#':
			pos = f.skipComment(pos)
		default:
			return pos
		}
	}
	return pos
}

func (f *File) skipComment(pos int) int {
	for pos < len(f.data) && lineBreak(f.data[pos:]) == 0 {
		pos++
	}
	return pos
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' }

// Source returns the byte of the file that the byte at offset in the text came from.
// The end of the text comes from after its last byte.
func (s *Scalar) Source(offset int) int {
	if len(s.parts) == 0 {
		return s.contentStart()
	}
	if offset >= len(s.Text) {
		last := s.parts[len(s.parts)-1]
		return last.src + last.srcLen
	}
	offset = max(offset, 0)
	i := sort.Search(len(s.parts), func(i int) bool { return s.parts[i].text > offset }) - 1
	p := s.parts[max(i, 0)]
	if !p.verbatim {
		return p.src
	}
	return p.src + offset - p.text
}

// contentStart returns where the text of an empty scalar would begin.
func (s *Scalar) contentStart() int {
	switch s.style {
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		return s.start + 1
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return s.header.end
	}
	return s.start
}
