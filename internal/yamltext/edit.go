package yamltext

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"
	"go.yaml.in/yaml/v3"
)

// Rewrite replaces part of the file.
type Rewrite struct {
	Start, End int // in the file
	Text       string
}

// Rewrites returns candidate ways to change the scalar's text, the one that changes
// least first. They need not all be right: the caller must parse the file and check
// that the text is the one that was wanted and everything else is unchanged. There may
// be none: not every text can be written in every style.
func (s *Scalar) Rewrites(text string) []Rewrite {
	var list []Rewrite
	if utf8.ValidString(text) {
		if r, ok := s.patch(Difference(s.Text, text)); ok {
			list = append(list, r)
		}
	}
	switch s.style {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return append(list, s.rewriteBlock(text)...)
	case yaml.DoubleQuotedStyle:
	default:
		if !strings.ContainsFunc(text, isSpecial) && !strings.Contains(text, "\n") {
			list = append(list, s.whole("'"+strings.ReplaceAll(text, "'", "''")+"'"))
		}
	}
	return append(list, s.whole(`"`+escape(text)+`"`))
}

// whole replaces the entire scalar.
func (s *Scalar) whole(text string) Rewrite { return Rewrite{Start: s.start, End: s.end, Text: text} }

// Edit replaces the bytes from Start to End of a text.
type Edit struct {
	Start, End int
	Text       string
}

// Difference returns the edits that turn one valid text into another.
func Difference(before, after string) []Edit {
	a, b := []rune(before), []rune(after)
	var edits []Edit
	offset, at := 0, 0
	forward := func(to int) int {
		offset += len(string(a[at:to]))
		at = to
		return offset
	}
	for _, d := range lcs.DiffRunes(a, b) {
		start := forward(d.Start)
		edits = append(edits, Edit{Start: start, End: forward(d.End), Text: string(b[d.ReplStart:d.ReplEnd])})
	}
	if len(edits) > 0 {
		edits[0] = edits[0].earlier(before)
	}
	return edits
}

// earlier moves an insertion to where the text would be the same with it: before the
// braces that it begins with, too.
func (e Edit) earlier(before string) Edit {
	for e.Start == e.End && e.Start > 0 && strings.HasSuffix(e.Text, before[e.Start-1:e.Start]) && before[e.Start-1] < utf8.RuneSelf {
		e.Start--
		e.End--
		e.Text = before[e.Start:e.Start+1] + e.Text[:len(e.Text)-1]
	}
	return e
}

// patch makes small changes within the scalar.
func (s *Scalar) patch(edits []Edit) (Rewrite, bool) {
	var b strings.Builder
	at, last := s.start, s.end
	for _, edit := range edits {
		start, end := s.Source(edit.Start), s.Source(edit.End)
		if s.style == yaml.LiteralStyle && strings.HasPrefix(edit.Text, "\n") {
			start = s.dropIndent(start)
		}
		text, ok := s.encode(edit, start)
		if !ok || start < at || end < start {
			return Rewrite{}, false
		}
		b.Write(s.file.data[at:start])
		b.WriteString(text)
		at = end
		last = max(last, end)
	}
	b.Write(s.file.data[at:last])
	return Rewrite{Start: s.start, End: last, Text: b.String()}, true
}

// dropIndent moves an offset from the beginning of a line's text to that of the line,
// so that no spaces are left on a line that becomes empty.
func (s *Scalar) dropIndent(src int) int {
	if line := s.file.lineStart(src); len(bytes.Trim(s.file.data[line:src], " ")) == 0 {
		return line
	}
	return src
}

// encode encodes a piece of text for use within the scalar.
func (s *Scalar) encode(edit Edit, src int) (string, bool) {
	switch s.style {
	case yaml.DoubleQuotedStyle:
		return escape(edit.Text), true
	case yaml.LiteralStyle:
		return s.encodeLiteral(edit, src)
	case yaml.FoldedStyle:
		if line, ok := strings.CutSuffix(edit.Text, " "); ok && src == s.file.lineStart(src)+s.indent && !isBlank(s.file.data[src]) && !strings.HasPrefix(line, " ") {
			edit.Text = line + s.lineEnd() + strings.Repeat(" ", s.indent) // which is folded into the space
			return edit.Text, !strings.Contains(line, "\n") && !strings.ContainsFunc(line, isSpecial)
		}
	}
	if strings.Contains(edit.Text, "\n") || strings.ContainsFunc(edit.Text, isSpecial) {
		return "", false
	}
	if s.style == yaml.SingleQuotedStyle {
		return strings.ReplaceAll(edit.Text, "'", "''"), true
	}
	return edit.Text, true
}

func (s *Scalar) encodeLiteral(edit Edit, src int) (string, bool) {
	if strings.ContainsFunc(edit.Text, isSpecial) {
		return "", false
	}
	indent := strings.Repeat(" ", s.indent)
	lines := strings.Split(edit.Text, "\n")
	follows := edit.End < len(s.Text) && s.Text[edit.End] != '\n'
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" || i == len(lines)-1 && follows {
			lines[i] = indent + lines[i]
		}
	}
	// On an empty line the indentation may be missing.
	if column := src - s.file.lineStart(src); column < s.indent && (lines[0] != "" || len(lines) == 1 && follows) {
		lines[0] = strings.Repeat(" ", s.indent-column) + lines[0]
	}
	return strings.Join(lines, s.lineEnd()), true
}

// lineEnd returns the line end that the file uses after the scalar's header.
func (s *Scalar) lineEnd() string {
	if bytes.HasSuffix(s.file.data[:s.header.end], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// isSpecial reports whether a character can only be in a file as an escape: one that is
// not printable, or a line break other than LF.
func isSpecial(r rune) bool {
	switch {
	case r == '\n', r == '\t', r >= ' ' && r <= '~':
		return false
	case r < 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF, r == utf8.RuneError, r >= 0xFFFE && r <= 0xFFFF:
		return true
	}
	return false
}

// escape encodes text for double quotes, on one line.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"', r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case !isSpecial(r):
			b.WriteRune(r)
		case r <= 0xFF:
			fmt.Fprintf(&b, `\x%02X`, r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	return b.String()
}
