package event

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/source"
)

// DefaultMaxSize is how large one event may be, in bytes, unless
// Decoder.MaxSize says otherwise.
const DefaultMaxSize = 64 << 20

// Decoder reads the events of one file: one JSON object, an array of them, or objects
// one after another, as in NDJSON. It holds one event in memory at a time, so the file
// may be larger than memory.
type Decoder struct {
	// MaxSize is how large one event may be, in bytes. Zero means
	// DefaultMaxSize.
	MaxSize int

	// Lines says that each line is one event, and a blank one none. An array, an event
	// of several lines, or a second event on a line is then an error, which
	// Document.Decode returns, so that the next line can still be read.
	Lines bool

	path    string
	r       io.Reader
	space   []byte // what buf is a part of
	buf     []byte // read but not yet returned
	scanned int    // how much of buf was searched for the end of the event
	eof     bool
	err     error

	pos     source.Position // of buf[0]
	state   splitState
	inArray bool
}

type splitState int

const (
	atStart splitState = iota // only white space was read so far
	afterEvent
	atElement // after [ or ,
	atEnd
)

// NewDecoder returns a decoder for the events in r. The path is used only in messages.
func NewDecoder(r io.Reader, path string) *Decoder {
	return &Decoder{path: path, r: r, pos: source.Position{Line: 1, Column: 1}}
}

// Document is the text of one event and its place in the file.
type Document struct {
	Path string
	Text string // the JSON text
	Pos  source.Position

	fault *Problem // why the line cannot be an event; nil unless Decoder.Lines
}

// Next returns the text of the next event, io.EOF after the last one, a *Problem for a
// text that is not a list of objects, or the reader's error. Invalid JSON inside an
// event is found by Document.Decode.
func (d *Decoder) Next() (Document, error) {
	if d.err != nil {
		return Document{}, d.err
	}
	doc, err := d.next()
	if err != nil {
		d.err = err
	}
	return doc, err
}

func (d *Decoder) next() (Document, error) {
	for {
		c, err := d.peek()
		if err != nil {
			return Document{}, d.atEOF(err)
		}
		switch {
		case d.Lines:
			return d.line(c)
		case c == '{' && d.state != atEnd && (d.state != afterEvent || !d.inArray):
			d.state = afterEvent
			return d.object()
		case c == '[' && d.state == atStart:
			d.inArray, d.state = true, atElement
		case c == ',' && d.inArray && d.state == afterEvent:
			d.state = atElement
		case c == ']' && d.inArray && (d.state == afterEvent || d.state == atElement):
			d.inArray, d.state = false, atEnd
		default:
			return Document{}, d.unexpected(c)
		}
		d.drop(1)
	}
}

// atEOF distinguishes a file that may end here from one that is cut short.
func (d *Decoder) atEOF(err error) error {
	switch {
	case !errors.Is(err, io.EOF):
		return err
	case d.state == atStart:
		return d.problem("the file is empty", "it must contain an event, which is what {{ json . }} prints in Coroot")
	case d.inArray:
		return d.problem("the file ends inside an array", "close it with ]")
	}
	return io.EOF
}

func (d *Decoder) unexpected(c byte) *Problem {
	if p := source.UTF16(d.path, d.buf); p != nil && d.state == atStart {
		return d.problem(p.Message, p.Hint)
	}
	what := fmt.Sprintf("%q", c)
	if c >= utf8.RuneSelf {
		what = "text that is not JSON"
		if r, size := utf8.DecodeRune(d.buf); r != utf8.RuneError || size > 1 {
			what = fmt.Sprintf("%q", r)
		}
	}
	switch {
	case d.state == atEnd:
		return d.problem(what+" after the end of the array", "a file contains one object, one array of objects, or one object per line")
	case d.inArray && d.state == afterEvent:
		return d.problem(fmt.Sprintf("expected , or ] in the array of events, not %s", what), "")
	}
	return d.problem(fmt.Sprintf("expected an event, which is a JSON object, not %s", what), "an event is what {{ json . }} prints in Coroot; see hooktool samples")
}

func (d *Decoder) problem(message, hint string) *Problem {
	return &Problem{Path: d.path, Pos: d.pos, Message: message, Hint: hint}
}

// peek returns the next byte that is not white space.
func (d *Decoder) peek() (byte, error) {
	for {
		if d.pos == (source.Position{Line: 1, Column: 1}) && d.state == atStart {
			if err := d.dropBOM(); err != nil {
				return 0, err
			}
		}
		rest := bytes.TrimLeft(d.buf, " \t\r\n")
		d.drop(len(d.buf) - len(rest))
		if len(d.buf) > 0 {
			return d.buf[0], nil
		}
		if err := d.fill(); err != nil {
			return 0, err
		}
	}
}

// dropBOM skips the byte order mark that some editors write.
func (d *Decoder) dropBOM() error {
	bom := []byte("\ufeff")
	for len(d.buf) < len(bom) && bytes.HasPrefix(bom, d.buf) {
		if err := d.fill(); err != nil {
			return err
		}
	}
	d.buf = bytes.TrimPrefix(d.buf, bom)
	return nil
}

const readSize = 64 << 10

// fill reads more into buf.
func (d *Decoder) fill() error {
	if d.eof {
		return io.EOF
	}
	if cap(d.buf)-len(d.buf) < readSize {
		if len(d.space)-len(d.buf) < readSize {
			d.space = make([]byte, 2*len(d.buf)+2*readSize)
		}
		d.buf = d.space[:copy(d.space, d.buf)]
	}
	n, err := d.r.Read(d.buf[len(d.buf):cap(d.buf)])
	d.buf = d.buf[:len(d.buf)+n]
	if errors.Is(err, io.EOF) {
		d.eof = true
		if n > 0 {
			return nil
		}
		return io.EOF
	}
	return err
}

// drop moves past the first n bytes of buf.
func (d *Decoder) drop(n int) {
	d.pos = advance(d.pos, d.buf[:n])
	d.buf = d.buf[n:]
	d.scanned = 0
}

// advance returns the position after a text that begins at pos.
func advance(pos source.Position, text []byte) source.Position {
	if lines := bytes.Count(text, []byte("\n")); lines > 0 {
		pos.Line += lines
		pos.Column = 1
		text = text[bytes.LastIndexByte(text, '\n')+1:]
	}
	pos.Column += utf8.RuneCount(text)
	return pos
}

// object returns the object that begins at buf[0]. It finds the end by counting
// brackets outside strings. At the end of the file it returns the rest as it is: Decode
// will say what is missing.
func (d *Decoder) object() (Document, error) {
	var scan bracketScanner
	for {
		end, found := scan.scan(d.buf, d.scanned)
		d.scanned = end
		if found {
			return d.take(end), nil
		}
		if d.eof {
			return d.take(len(d.buf)), nil
		}
		if problem := d.tooLarge(); problem != nil {
			return Document{}, problem
		}
		if err := d.fill(); err != nil && !errors.Is(err, io.EOF) {
			return Document{}, err
		}
	}
}

// line returns the line that begins at buf[0], with the byte c. What is wrong with it
// is in the document, not in the error, which would end the file.
func (d *Decoder) line(c byte) (Document, error) {
	for {
		if end := bytes.IndexByte(d.buf[d.scanned:], '\n'); end >= 0 {
			return d.takeLine(c, d.scanned+end), nil
		}
		if d.eof {
			return d.takeLine(c, len(d.buf)), nil
		}
		d.scanned = len(d.buf)
		if problem := d.tooLarge(); problem != nil {
			doc := Document{Path: d.path, Pos: d.pos, fault: problem}
			d.state = afterEvent
			return doc, d.skipLine()
		}
		if err := d.fill(); err != nil && !errors.Is(err, io.EOF) {
			return Document{}, err
		}
	}
}

func (d *Decoder) takeLine(c byte, end int) Document {
	var fault *Problem
	if c != '{' {
		fault = d.unexpected(c)
	}
	d.state = afterEvent
	doc := d.take(len(bytes.TrimRight(d.buf[:end], " \t\r")))
	doc.fault = fault
	return doc
}

// skipLine drops the rest of a line without keeping it in memory.
func (d *Decoder) skipLine() error {
	for {
		if end := bytes.IndexByte(d.buf, '\n'); end >= 0 {
			d.drop(end)
			return nil
		}
		d.drop(len(d.buf))
		if err := d.fill(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// tooLarge returns a problem if what was read of an event exceeds MaxSize.
func (d *Decoder) tooLarge() *Problem {
	limit := d.MaxSize
	if limit <= 0 {
		limit = DefaultMaxSize
	}
	if len(d.buf) <= limit {
		return nil
	}
	return d.problem(fmt.Sprintf("the event is larger than %d bytes", limit), "")
}

func (d *Decoder) take(n int) Document {
	doc := Document{Path: d.path, Text: string(d.buf[:n]), Pos: d.pos}
	d.drop(n)
	return doc
}

// bracketScanner finds the end of a JSON value that begins with a bracket.
type bracketScanner struct {
	depth    int
	inString bool
}

// scan continues at buf[from:] and returns the offset after the value, or how far it
// got.
func (s *bracketScanner) scan(buf []byte, from int) (end int, found bool) {
	for i := from; i < len(buf); i++ {
		if s.inString {
			end, found := stringEnd(buf, i)
			if !found {
				return end, false
			}
			i, s.inString = end, false
			continue
		}
		switch buf[i] {
		case '"':
			s.inString = true
		case '{', '[':
			s.depth++
		case '}', ']':
			if s.depth--; s.depth <= 0 {
				return i + 1, true
			}
		}
	}
	return len(buf), false
}

// stringEnd returns the offset of the quote that ends the string around from, or how
// far it got.
func stringEnd(buf []byte, from int) (end int, found bool) {
	quote := -1 // the next quote at or after i, escaped or not
	for i := from; ; {
		if quote < i {
			next := bytes.IndexByte(buf[i:], '"')
			if quote = i + next; next < 0 {
				quote = len(buf)
			}
		}
		escape := bytes.IndexByte(buf[i:quote], '\\')
		switch {
		case escape < 0:
			return quote, quote < len(buf)
		case i+escape+1 >= len(buf):
			return i + escape, false // the escaped byte was not read yet
		}
		i += escape + 2
	}
}
