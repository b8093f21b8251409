package jsontree

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Tree is a text that was read as JSON.
type Tree struct {
	Text []byte
	Root *Value // the value, with unclosed lists and objects closed; nil for a text that does not begin with a value
	// Fault is where the text stops being JSON; nil if all of it is. Nothing after that
	// was read, unless the fault is a raw control character in a string.
	Fault *SyntaxError
	// Controls are the offsets of raw control characters in strings, at most
	// MaxControls of them. They are part of the strings that were read.
	Controls []int
	Depth    int // how deeply arrays and objects nest
}

// The bounds of what is read.
const (
	MaxDepth    = 10_000 // that of encoding/json
	MaxControls = 1_000
)

// SyntaxError says where a text stops being JSON.
type SyntaxError struct {
	Offset  int // in bytes from 0
	Message string
	Control bool // it is a raw control character in a string, and the rest is JSON
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte offset %d", e.Message, e.Offset) }

// Parse reads a text as JSON, as far as it can be read: as a lenient receiver does, and
// as people want to see a broken body.
func Parse(text []byte) *Tree {
	p := &parser{text: string(text), tree: &Tree{Text: text}}
	p.space()
	p.tree.Root = p.value(nil, 0, 0)
	if p.fatal == nil {
		p.space()
		if p.pos < len(p.text) {
			p.fail("text after the end of the JSON value")
		}
	}
	p.tree.Fault = p.fatal
	if p.fatal == nil && len(p.tree.Controls) > 0 {
		at := p.tree.Controls[0]
		p.tree.Fault = &SyntaxError{Offset: at, Message: fmt.Sprintf("raw control character %q in a string", text[at]), Control: true}
	}
	return p.tree
}

type parser struct {
	text  string
	pos   int
	fatal *SyntaxError // nothing after it is read
	tree  *Tree
	slab  []Value // values are allocated in blocks
}

func (p *parser) fail(format string, args ...any) {
	if p.fatal == nil {
		p.fatal = &SyntaxError{Offset: p.pos, Message: fmt.Sprintf(format, args...)}
	}
}

// at reports whether the next byte is c.
func (p *parser) at(c byte) bool { return p.pos < len(p.text) && p.text[p.pos] == c }

func (p *parser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// found describes what was found instead of what was expected, for messages.
func (p *parser) found() string {
	if p.pos >= len(p.text) {
		return "the end of the text"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return fmt.Sprintf("%q", r)
}

func (p *parser) newValue(parent *Value, index int) *Value {
	const few, many = 4, 16
	if len(p.slab) == 0 {
		n := many
		if parent == nil {
			n = few
		}
		p.slab = make([]Value, n)
	}
	v := &p.slab[0]
	p.slab = p.slab[1:]
	v.Start, v.parent, v.index = p.pos, parent, index
	return v
}

func (p *parser) value(parent *Value, index, depth int) *Value {
	if p.pos >= len(p.text) {
		p.fail("expected a value, found the end of the text")
		return nil
	}
	v := p.newValue(parent, index)
	switch c := p.text[p.pos]; {
	case c == '{' || c == '[':
		if depth >= MaxDepth {
			p.fail("the values nest deeper than %d", MaxDepth)
			return nil
		}
		p.tree.Depth = max(p.tree.Depth, depth+1)
		if v.Kind = Array; c == '{' {
			v.Kind = Object
		}
		p.list(v, depth+1)
	case c == '"':
		v.Kind, v.Text = String, p.string()
	case c == '-' || c >= '0' && c <= '9':
		v.Kind, v.Text = Number, p.number()
	default:
		if !p.word(v) {
			p.fail("expected a value, found %s", p.found())
			return nil
		}
	}
	v.End = p.pos
	return v
}

// list reads what is between brackets, one element at a time.
func (p *parser) list(v *Value, depth int) {
	end, element := byte(']'), p.element
	if v.Kind == Object {
		end, element = '}', p.member
	}
	p.pos++
	p.space()
	if p.at(end) {
		p.pos++
		return
	}
	for {
		element(v, depth)
		if p.fatal != nil {
			return
		}
		p.space()
		switch {
		case p.at(','):
			p.pos++
			p.space()
		case p.at(end):
			p.pos++
			return
		default:
			p.fail("expected ',' or %q, found %s", end, p.found())
			return
		}
	}
}

func (p *parser) element(v *Value, depth int) {
	if element := p.value(v, len(v.Elements), depth); element != nil {
		v.Elements = append(v.Elements, element)
	}
}

func (p *parser) member(v *Value, depth int) {
	m := Member{KeyStart: p.pos}
	if !p.at('"') {
		p.fail("expected a key in quotes, found %s", p.found())
		return
	}
	m.Key = p.string()
	m.KeyEnd = p.pos
	p.space()
	if p.fatal == nil && !p.at(':') {
		p.fail("expected ':' after a key, found %s", p.found())
	}
	if p.fatal != nil {
		return
	}
	p.pos++
	p.space()
	if m.Value = p.value(v, len(v.Members), depth); m.Value != nil {
		v.Members = append(v.Members, m)
	}
}

// word reads true, false or null.
func (p *parser) word(v *Value) bool {
	for _, word := range [...]string{"true", "false", "null"} {
		if p.skip(word) {
			v.Kind, v.Text = Boolean, word
			if word == "null" {
				v.Kind = Null
			}
			return true
		}
	}
	return false
}

// number reads a number of RFC 8259: [-] int [frac] [exp].
func (p *parser) number() string {
	start := p.pos
	p.skip("-")
	if !p.skip("0") {
		p.digits()
	}
	if p.skip(".") {
		p.digits()
	}
	if p.skip("e") || p.skip("E") {
		if !p.skip("+") {
			p.skip("-")
		}
		p.digits()
	}
	return p.text[start:p.pos]
}

func (p *parser) skip(s string) bool {
	if !strings.HasPrefix(p.text[p.pos:], s) {
		return false
	}
	p.pos += len(s)
	return true
}

func (p *parser) digits() {
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		p.pos++
	}
	if p.pos == start {
		p.fail("expected a digit, found %s", p.found())
	}
}
