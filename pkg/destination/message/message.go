// Package message turns the body of a webhook into the message that its reader
// will see, whatever the receiving system.
//
// A Message is a sequence of blocks: paragraphs, titles, cards with a colour at their
// side, fields, buttons, images. What a Discord embed, a Slack attachment and an
// Adaptive Card have in common is one Block here, so the terminal and the page draw all
// of them with the same few lines. Each destination says in its folder how its payload
// becomes such blocks: most with a [Flat], others with a function that reads the
// payload through a [Reader].
//
// A body that is broken, or not what the destination accepts, is shown as far as it can
// be read. Package destination says what is wrong with it.
package message

import (
	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// Message is a message as its reader sees it.
type Message struct {
	Sender string // the sender's name, if the body sets one
	Blocks Blocks
	Err    *jsontree.SyntaxError // where the body stops being JSON; nil for valid JSON
}

// BlockKind says what a block is.
type BlockKind string

// The kinds of blocks.
const (
	Paragraph BlockKind = "paragraph" // Text
	Title     BlockKind = "title"     // Text with an optional Link
	Small     BlockKind = "small"     // Text in small or grey letters: footers, authors, context
	Card      BlockKind = "card"      // Blocks, with Color as a bar at the side
	Fields    BlockKind = "fields"    // Fields, in columns if they are short
	Facts     BlockKind = "facts"     // Fields, one per line, the names in a column
	Buttons   BlockKind = "buttons"   // Buttons
	Image     BlockKind = "image"     // Text is the alternative text, Link the address
	Divider   BlockKind = "divider"   // a horizontal line
	Code      BlockKind = "code"      // Text in a monospaced font
	Badge     BlockKind = "badge"     // Text in a box of Color: severity, priority, tags
)

// Block is a part of a message. Which fields matter depends on the kind.
type Block struct {
	Kind    BlockKind
	Text    *Text
	Color   string // #rrggbb, or empty
	Link    string
	Fields  []Field
	Buttons []Button
	Blocks  Blocks
}

// Field is a name with a value.
type Field struct {
	Name, Value *Text
	Short       bool // it may share a line with others
}

// Button is a button, which opens a page if it has a URL.
type Button struct {
	Label string
	URL   string
	Style string // primary, danger or empty
}

// Text is one text of the body with its markup.
type Text struct {
	*markup.Document
	Path string        // in the body, such as $.embeds[0].title; empty for words that are not in it
	Err  *markup.Error // why the destination refuses the markup; the text is then shown as is
}

// Plain returns the text without markup.
func (t *Text) Plain() string {
	if t == nil {
		return ""
	}
	return t.Document.Plain()
}

// Empty reports whether there is nothing to see.
func (m *Message) Empty() bool { return len(m.Blocks) == 0 }
