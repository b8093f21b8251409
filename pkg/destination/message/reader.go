package message

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// Value is a JSON value of a body. A nil Value is an absent one; its methods return
// zero values.
type Value = jsontree.Value

// Reader reads the texts of a body as its destination does, for the functions that
// make a message of it.
type Reader struct {
	Root *Value
	// document parses a text in the dialect in which the destination reads it; nil for
	// a text about which nothing is known.
	document func(*Value) (*markup.Document, error)
}

// NewReader returns a reader of a body. The function document parses a text in the
// dialect in which the destination reads it, and returns nil for one about which
// nothing is known.
func NewReader(root *Value, document func(*Value) (*markup.Document, error)) *Reader {
	return &Reader{Root: root, document: document}
}

// Text reads a string, a number or a boolean. It is nil if there is nothing to see.
func (r *Reader) Text(v *Value) *Text {
	s := v.Scalar()
	if v.Is(jsontree.Boolean) {
		s = v.Text
	}
	if strings.TrimSpace(s) == "" {
		return nil
	}
	document, err := r.document(v)
	if document != nil && err == nil {
		return &Text{Path: v.Path(), Document: document}
	}
	text := PlainText(v.Path(), s)
	errors.As(err, &text.Err)
	return text
}

// First reads the first of several members that has something to see, and returns its
// name.
func (r *Reader) First(v *Value, names ...string) (name string, text *Text) {
	for _, name := range names {
		if text := r.Text(v.Get(name)); text != nil {
			return name, text
		}
	}
	return "", nil
}

// Facts makes fields of an object's members, except those that are left out.
func (r *Reader) Facts(v *Value, without ...string) []Field {
	if v == nil {
		return nil
	}
	var fields []Field
	for _, m := range v.Members {
		if slices.Contains(without, m.Key) {
			continue
		}
		text := r.Text(m.Value)
		if text == nil {
			text = listText(m.Value)
		}
		if text != nil {
			fields = append(fields, Field{Name: Words(m.Key), Value: text, Short: true})
		}
	}
	return fields
}

// listText shows a list one element per line, and an object as is.
func listText(v *Value) *Text {
	var lines []string
	for _, element := range v.Elements {
		line := element.Scalar()
		if line == "" {
			line = string(element.AppendJSON(nil))
		}
		lines = append(lines, line)
	}
	if v.Is(jsontree.Object) {
		lines = []string{string(v.AppendJSON(nil))}
	}
	if len(lines) == 0 {
		return nil
	}
	return PlainText(v.Path(), strings.Join(lines, "\n"))
}

// PlainText is a text of the body without markup.
func PlainText(path, text string) *Text {
	doc, _ := markup.Parse(markup.PlainText, text) // never fails
	return &Text{Path: path, Document: doc}
}

// Words makes a text that is not from the body.
func Words(text string) *Text { return PlainText("", text) }

// Plain shows a body without structure.
func Plain(body []byte) *Message {
	text := strings.ToValidUTF8(string(body), string(utf8.RuneError))
	if strings.TrimSpace(text) == "" {
		return &Message{}
	}
	return &Message{Blocks: Blocks{{Kind: Paragraph, Text: PlainText("$", text)}}}
}
