package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/source"
)

// document is a text that is open in the editor. It is immutable; a change makes a new
// one.
type document struct {
	uri     documentURI
	path    string // as the rest of hooktool names it
	version int
	text    string
	index   *source.Index
}

func newDocument(uri documentURI, version int, text string) *document {
	return &document{uri: uri, path: pathOf(uri), version: version, text: text, index: source.NewIndex(text)}
}

// changed returns the document after changes, each of which applies to the result of
// the previous one.
func (d *document) changed(version int, changes []contentChange, encoding string) *document {
	text := d.text
	for _, change := range changes {
		if change.Range == nil {
			text = change.Text
			continue
		}
		t := encodedText{text: text, lines: source.NewIndex(text), encoding: encoding}
		start, end := t.offset(change.Range.Start), t.offset(change.Range.End)
		end = max(start, end)
		text = text[:start] + change.Text + text[end:]
	}
	return &document{uri: d.uri, path: d.path, version: version, text: text, index: source.NewIndex(text)}
}

// encodedText converts positions of the protocol to offsets and back.
type encodedText struct {
	text     string
	lines    *source.Index
	encoding string
}

func (d *document) encoded(encoding string) encodedText {
	return encodedText{text: d.text, lines: d.index, encoding: encoding}
}

// offset returns the byte offset of a position. One beyond its line is the end of the
// line, as the protocol says; one beyond the text is its end.
func (t encodedText) offset(p position) int {
	if p.Line < 0 || p.Character < 0 {
		return 0
	}
	if p.Line >= t.lines.Lines() {
		return len(t.text)
	}
	offset := t.lines.Offset(source.Position{Line: p.Line + 1, Column: 1})
	line := t.lines.Line(p.Line + 1) // without its end
	if t.encoding == utf8Encoding {
		at := min(p.Character, len(line))
		for at > 0 && at < len(line) && !utf8.RuneStart(line[at]) {
			at--
		}
		return offset + at
	}
	units := 0
	for i, r := range line {
		if units >= p.Character {
			return offset + i
		}
		units += utf16Length(r)
		if units > p.Character { // within a character
			return offset + i
		}
	}
	return offset + len(line)
}

// position returns the position of a byte offset.
func (t encodedText) position(offset int) position {
	at := t.lines.Position(offset)
	start := t.lines.Offset(source.Position{Line: at.Line, Column: 1})
	before := t.text[start:min(max(offset, start), len(t.text))]
	return position{Line: at.Line - 1, Character: t.units(before)}
}

func (t encodedText) units(s string) int {
	if t.encoding == utf8Encoding {
		return len(s)
	}
	units := 0
	for _, r := range s {
		units += utf16Length(r)
	}
	return units
}

// utf16Length returns how many UTF-16 units a character takes. A byte that is not valid
// UTF-8 is one, as editors show it.
func utf16Length(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}

// span returns the range between two places in the text.
func (t encodedText) span(from, to source.Position) textRange {
	start := t.lines.Offset(from)
	end := start
	if to.IsValid() {
		end = max(start, t.lines.Offset(to))
	}
	return textRange{t.position(start), t.position(end)}
}

// pathOf returns the path of a file that a URI names. For what is not a file, such as
// an untitled text, the path is the URI.
func pathOf(uri documentURI) string {
	u, err := url.Parse(string(uri))
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return string(uri)
	}
	path := u.Path
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/") // /C:/…
	}
	return filepath.FromSlash(path)
}
