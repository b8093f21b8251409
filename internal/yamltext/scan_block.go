package yamltext

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// header is the first line of a block scalar.
type header struct {
	chomp  byte // '-', '+', or 0
	indent byte // the digit, or 0
	end    int  // after its line break
}

// scanBlock reads a literal or folded scalar. The indentation of its lines can depend
// on what is around it, so each indentation that occurs is tried until one gives the
// text.
func (s *Scalar) scanBlock() bool {
	var ok bool
	if s.header, ok = s.scanHeader(); !ok {
		return false
	}
	for _, indent := range s.indents() {
		r := &scanner{data: s.file.data, pos: s.header.end}
		end := r.block(s.style == yaml.LiteralStyle, s.header.chomp, indent)
		if s.take(r, end) {
			s.indent = indent
			return true
		}
	}
	return false
}

func (s *Scalar) scanHeader() (header, bool) {
	var h header
	data, pos := s.file.data, s.start
	if pos >= len(data) || data[pos] != '|' && data[pos] != '>' {
		return h, false
	}
	for pos++; pos < len(data); pos++ {
		switch b := data[pos]; {
		case b == '+' || b == '-':
			h.chomp = b
		case b >= '1' && b <= '9':
			h.indent = b
		default:
			for pos < len(data) && isBlank(data[pos]) {
				pos++
			}
			pos = s.file.skipComment(pos)
			h.end = pos + lineBreak(data[pos:])
			return h, true
		}
	}
	h.end = pos
	return h, true
}

// maxIndents bounds how many indentations are tried.
const maxIndents = 64

// indents lists the possible indentations of the lines, the likeliest first: that of
// the first line with text in it.
func (s *Scalar) indents() []int {
	data, pos, first := s.file.data, s.header.end, 1
	for pos < len(data) {
		n := 0
		for pos+n < len(data) && data[pos+n] == ' ' {
			n++
		}
		first = max(first, n) // the parser counts the spaces of empty lines too
		brk := lineBreak(data[pos+n:])
		if brk == 0 {
			break
		}
		pos += n + brk
	}
	list := []int{first}
	if s.header.indent == 0 && s.Text != "" {
		return list
	}
	for n := range min(first+2, maxIndents) { // beyond all lines: what follows is a comment
		if n > 0 && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	return list
}

// block reads the lines of a block scalar, and returns where it ends.
func (s *scanner) block(literal bool, chomp byte, indent int) (end int) {
	leadingBlank := false
	var leading []piece // the break of the previous line, at most one
	trailing := s.blockBreaks(indent)
	for !s.eof() && s.column() == indent {
		switch {
		case literal || leadingBlank || s.isBlank() || len(leading) == 0 || leading[0].text != "\n":
			s.emit(leading...)
			s.emit(trailing...)
		default:
			s.fold(append(leading, trailing...))
		}
		leading, trailing = nil, nil
		leadingBlank = s.isBlank()
		s.line()
		if p, ok := s.readBreak(); ok {
			leading = []piece{p}
		}
		end = s.pos
		trailing = s.blockBreaks(indent)
	}
	if chomp != '-' {
		s.emit(leading...)
	}
	if chomp == '+' {
		s.emit(trailing...)
		if len(trailing) > 0 {
			end = trailing[len(trailing)-1].src + trailing[len(trailing)-1].srcLen
		}
	}
	if end == 0 {
		end = s.pos - s.column()
	}
	return end
}

// line copies the rest of a line to the text.
func (s *scanner) line() {
	start := s.pos
	for !s.eof() && !s.isBreak() {
		s.pos++
	}
	n := s.pos - start
	s.pos = start
	if n > 0 {
		s.emit(s.copied(n))
	}
	s.pos += n
}

// blockBreaks skips indentation and reads the breaks of lines that are empty.
func (s *scanner) blockBreaks(indent int) (breaks []piece) {
	for {
		for !s.eof() && s.data[s.pos] == ' ' && s.column() < indent {
			s.pos++
		}
		p, ok := s.readBreak()
		if !ok {
			return breaks
		}
		breaks = append(breaks, p)
	}
}

// column returns the number of spaces between the beginning of the line and here. It is
// only called where there is nothing else.
func (s *scanner) column() int {
	n := 0
	for s.pos-n > 0 && s.data[s.pos-n-1] == ' ' {
		n++
	}
	return n
}
