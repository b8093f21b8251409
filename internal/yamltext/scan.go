package yamltext

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// scanner reads a scalar as libyaml does, and records what comes from where.
type scanner struct {
	data  []byte
	pos   int
	text  strings.Builder
	parts []part
}

// piece is a part of the file that may become text.
type piece struct {
	src, srcLen int
	text        string
}

// copied is a piece whose text is the same as in the file.
func (s *scanner) copied(n int) piece {
	return piece{src: s.pos, srcLen: n, text: string(s.data[s.pos : s.pos+n])}
}

func (s *scanner) emit(pieces ...piece) {
	for _, p := range pieces {
		verbatim := p.srcLen == len(p.text) && string(s.data[p.src:p.src+p.srcLen]) == p.text
		at := s.text.Len()
		s.text.WriteString(p.text)
		if last := len(s.parts) - 1; last >= 0 && verbatim && s.parts[last].verbatim && s.parts[last].src+s.parts[last].srcLen == p.src {
			s.parts[last].srcLen += p.srcLen
			continue
		}
		s.parts = append(s.parts, part{text: at, src: p.src, srcLen: p.srcLen, verbatim: verbatim})
	}
}

func (s *scanner) eof() bool     { return s.pos >= len(s.data) }
func (s *scanner) isBreak() bool { return lineBreak(s.data[s.pos:]) > 0 }
func (s *scanner) isBlank() bool { return !s.eof() && isBlank(s.data[s.pos]) }

// readBreak reads a line break. All but LS and PS become LF.
func (s *scanner) readBreak() (piece, bool) {
	n := lineBreak(s.data[s.pos:])
	if n == 0 {
		return piece{}, false
	}
	p := s.copied(n)
	if n < 3 {
		p.text = "\n"
	}
	s.pos += n
	return p, true
}

// fold writes the breaks between two lines of a folded scalar: a single LF becomes a
// space, and of several the first is dropped.
func (s *scanner) fold(breaks []piece) {
	switch {
	case len(breaks) == 0:
	case breaks[0].text != "\n":
		s.emit(breaks...)
	case len(breaks) == 1:
		s.emit(piece{src: breaks[0].src, srcLen: breaks[0].srcLen, text: " "})
	default:
		s.emit(breaks[1:]...)
	}
}

// readRune copies one character to the text.
func (s *scanner) readRune() {
	_, n := utf8.DecodeRune(s.data[s.pos:])
	s.emit(s.copied(n))
	s.pos += n
}

// scan finds the parts of the scalar, and reports whether they add up to its text.
func (s *Scalar) scan() bool {
	switch s.style {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return s.scanBlock()
	case yaml.DoubleQuotedStyle:
		return s.scanFlow('"')
	case yaml.SingleQuotedStyle:
		return s.scanFlow('\'')
	}
	return s.scanFlow(0)
}

func (s *Scalar) take(r *scanner, end int) bool {
	if r.text.String() != s.Text {
		return false
	}
	s.parts, s.end = r.parts, end
	return true
}

// scanFlow reads a quoted scalar, or a plain one if quote is 0. Where a plain one ends
// depends on what is around it, but the text reveals it as well.
func (s *Scalar) scanFlow(quote byte) bool {
	r := &scanner{data: s.file.data, pos: s.start}
	if quote != 0 {
		if r.eof() || r.data[r.pos] != quote {
			return false
		}
		r.pos++
	}
	for !r.eof() {
		if quote == 0 && r.text.Len() >= len(s.Text) || quote != 0 && r.closes(quote) {
			break
		}
		if r.isBlank() || r.isBreak() {
			r.space()
			continue
		}
		if !r.character(quote) {
			return false
		}
	}
	end := r.pos
	if quote != 0 {
		if r.eof() {
			return false
		}
		end++
	}
	return s.take(r, end)
}

// closes reports whether the closing quote is next.
func (s *scanner) closes(quote byte) bool {
	return s.data[s.pos] == quote && (quote == '"' || s.pos+1 >= len(s.data) || s.data[s.pos+1] != quote)
}

// space reads blanks and line breaks between two words. Blanks next to a break do not
// count.
func (s *scanner) space() {
	var blanks, breaks []piece
	for !s.eof() {
		if p, ok := s.readBreak(); ok {
			breaks = append(breaks, p)
			continue
		}
		if !s.isBlank() {
			break
		}
		blanks = append(blanks, s.copied(1))
		s.pos++
	}
	if len(breaks) == 0 {
		s.emit(blanks...)
		return
	}
	s.fold(breaks)
}

// character reads one character, escaped or not.
func (s *scanner) character(quote byte) bool {
	switch b := s.data[s.pos]; {
	case quote == '\'' && b == '\'':
		s.emit(piece{src: s.pos, srcLen: 2, text: "'"})
		s.pos += 2
	case quote == '"' && b == '\\':
		return s.escape()
	default:
		s.readRune()
	}
	return true
}

// simpleEscapes holds pairs of the letter after a backslash and its meaning.
const simpleEscapes = "0\x00a\ab\bt\t\t\tn\nv\vf\fr\re\x1b  \"\"''//\\\\N\u0085_\u00a0L\u2028P\u2029"

func (s *scanner) escape() bool {
	if s.pos+1 >= len(s.data) {
		return false
	}
	if n := lineBreak(s.data[s.pos+1:]); n > 0 {
		s.escapedBreak(1 + n)
		return true
	}
	letter := s.data[s.pos+1]
	if digits := codeDigits(letter); digits > 0 {
		if s.pos+2+digits > len(s.data) {
			return false
		}
		code, err := strconv.ParseUint(string(s.data[s.pos+2:s.pos+2+digits]), 16, 32)
		if err != nil {
			return false
		}
		s.emit(piece{src: s.pos, srcLen: 2 + digits, text: string(rune(code))})
		s.pos += 2 + digits
		return true
	}
	pairs := []rune(simpleEscapes)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == rune(letter) {
			s.emit(piece{src: s.pos, srcLen: 2, text: string(pairs[i+1])})
			s.pos += 2
			return true
		}
	}
	return false
}

// codeDigits returns how many hexadecimal digits follow an escape's letter.
func codeDigits(letter byte) int {
	switch letter {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

// escapedBreak skips a line break after a backslash, and the indentation of the next
// line. Empty lines that follow count.
func (s *scanner) escapedBreak(n int) {
	s.pos += n
	var breaks []piece
	for !s.eof() {
		if p, ok := s.readBreak(); ok {
			breaks = append(breaks, p)
			continue
		}
		if !s.isBlank() {
			break
		}
		s.pos++
	}
	s.emit(breaks...)
}
