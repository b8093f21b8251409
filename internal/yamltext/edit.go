package yamltext

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Edit replaces the bytes from Start to End of a scalar's text.
type Edit struct {
	Start, End int
	Text       string
}

// Diff returns the edits that turn one text into another: one for each run of
// lines that differ, cut down to the bytes that differ.
func Diff(before, after string) []Edit {
	a, b := strings.SplitAfter(before, "\n"), strings.SplitAfter(after, "\n")
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	start := len(strings.Join(a[:head], ""))
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a) != len(b) {
		return trim(nil, start, strings.Join(a, ""), strings.Join(b, ""))
	}
	var edits []Edit
	for i := range a {
		edits = trim(edits, start, a[i], b[i])
		start += len(a[i])
	}
	return edits
}

// trim adds the edit for what is left of two texts without the beginning and
// the end that they share.
func trim(edits []Edit, start int, a, b string) []Edit {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && !utf8.RuneStart(a[n]) || n < len(b) && !utf8.RuneStart(b[n])) {
		n--
	}
	a, b, start = a[n:], b[n:], start+n
	n = 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && (!utf8.RuneStart(a[len(a)-n]) || !utf8.RuneStart(b[len(b)-n])) {
		n--
	}
	if a, b = a[:len(a)-n], b[:len(b)-n]; a == "" && b == "" {
		return edits
	}
	return append(edits, Edit{Start: start, End: start + len(a), Text: b})
}

// Rewrites returns versions of the file in which the scalar has another text,
// the one that changes least first. Not all of them need be right: whoever
// takes one must parse it and see whether the text is the one that was wanted
// and all else is as it was. The list can be empty: not every text can be
// written in every style.
func (s *Scalar) Rewrites(text string) [][]byte {
	var list [][]byte
	if data, ok := s.patch(Diff(s.Text, text)); ok {
		list = append(list, data)
	}
	switch s.style {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return append(list, s.rewriteBlock(text)...)
	case yaml.DoubleQuotedStyle:
	default:
		if !strings.ContainsFunc(text, isSpecial) && !strings.Contains(text, "\n") {
			list = append(list, s.splice(s.start, s.end, "'"+strings.ReplaceAll(text, "'", "''")+"'"))
		}
	}
	return append(list, s.splice(s.start, s.end, `"`+escape(text)+`"`))
}

// splice returns the file with another text from start to end.
func (s *Scalar) splice(start, end int, text string) []byte {
	return slices.Concat(s.file.data[:start], []byte(text), s.file.data[end:])
}

// patch makes small changes within the scalar.
func (s *Scalar) patch(edits []Edit) ([]byte, bool) {
	data := slices.Clone(s.file.data)
	for _, edit := range slices.Backward(edits) {
		start, end := s.Source(edit.Start), s.Source(edit.End)
		if s.style == yaml.LiteralStyle && strings.HasPrefix(edit.Text, "\n") {
			start = s.dropIndent(start)
		}
		text, ok := s.encode(edit, start)
		if !ok {
			return nil, false
		}
		data = slices.Concat(data[:start], []byte(text), data[end:])
	}
	return data, true
}

// dropIndent moves an offset at the beginning of a line's text to that of the
// line, so that no spaces are left on what becomes an empty line.
func (s *Scalar) dropIndent(src int) int {
	if line := s.file.lineStart(src); len(bytes.Trim(s.file.data[line:src], " ")) == 0 {
		return line
	}
	return src
}

// encode writes a piece of text as it stands within the scalar.
func (s *Scalar) encode(edit Edit, src int) (string, bool) {
	switch s.style {
	case yaml.DoubleQuotedStyle:
		return escape(edit.Text), true
	case yaml.LiteralStyle:
		return s.encodeLiteral(edit, src)
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

// lineEnd returns the line end that the file has behind the scalar's header.
func (s *Scalar) lineEnd() string {
	if bytes.HasSuffix(s.file.data[:s.header.end], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// isSpecial tells characters that stand in a file only as an escape: those
// that cannot be printed, and line breaks other than LF.
func isSpecial(r rune) bool {
	switch {
	case r == '\n', r == '\t', r >= ' ' && r <= '~':
		return false
	case r < 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF, r == utf8.RuneError, r >= 0xFFFE && r <= 0xFFFF:
		return true
	}
	return false
}

// escape writes text for double quotes, on one line.
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
