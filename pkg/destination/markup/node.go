package markup

import (
	"iter"
	"strings"
)

// Kind is the kind of a node.
type Kind string

// The kinds of nodes. Block nodes contain others; inline nodes contain text and each
// other.
const (
	Text          Kind = "text"
	Bold          Kind = "bold"
	Italic        Kind = "italic"
	Underline     Kind = "underline"
	Strikethrough Kind = "strikethrough"
	Spoiler       Kind = "spoiler"
	Code          Kind = "code"       // inline; Text has the contents
	CodeBlock     Kind = "code_block" // on lines of their own; Text has the contents
	Link          Kind = "link"       // URL has the target
	Image         Kind = "image"      // URL has the source, the nodes are its description
	// Mention is a name that the system resolves to a person, a group, a channel or
	// everyone. Text is as written; Ping says whether it notifies.
	Mention Kind = "mention"
	// Emoji is a named or custom emoji. Text is what a reader without it sees.
	Emoji Kind = "emoji"
	// Timestamp is a time that the system shows in the reader's time zone.
	Timestamp Kind = "timestamp"

	Paragraph       Kind = "paragraph"
	Heading         Kind = "heading" // Level 1 to 6
	Subtext         Kind = "subtext" // Discord's small grey text
	Quote           Kind = "quote"
	ExpandableQuote Kind = "expandable_quote"
	List            Kind = "list" // Ordered says which; the nodes are the items
	ListItem        Kind = "list_item"
	Rule            Kind = "rule"
	Table           Kind = "table" // the nodes are rows, the first the header
	TableRow        Kind = "table_row"
	TableCell       Kind = "table_cell"
)

// Node is a part of a text.
type Node struct {
	Kind Kind
	// Text is what the reader sees of a node without child nodes. A container has none.
	Text string
	// URL is the target of a link, the source of an image or of a custom emoji.
	URL string
	// Language is that of a code block, or "" if it has none.
	Language string
	// Start and End are byte offsets in the source, including the node's markers.
	Start, End int
	// Ping says that the node notifies people.
	Ping bool
	// Level is that of a heading.
	Level int
	// Ordered says that a list is numbered; Number is that of its first item.
	Ordered bool
	Number  int
	Nodes   []*Node

	from, to int  // its range in the text of the document
	auto     bool // found in plain text, not written as markup
}

// Document is a text as its system reads it.
type Document struct {
	// Dialect is the one that it was read in.
	Dialect Dialect
	// Text is what the reader sees, without markup. For Telegram it is the text of
	// the message that its API returns.
	Text  string
	Nodes []*Node
	// Dropped are links whose targets the system does not accept: it shows only their
	// text.
	Dropped []Dropped
}

// Dropped is a link that the system does not make one.
type Dropped struct {
	Target string
	Start  int // in the source, in bytes
}

// Plain returns what the reader sees, without markup.
func (d *Document) Plain() string { return d.Text }

// Walk yields every node, each before its children.
func (d *Document) Walk() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		// An explicit stack, because hostile text nests as deeply as it is long.
		stack := [][]*Node{d.Nodes}
		for len(stack) > 0 {
			top := len(stack) - 1
			if len(stack[top]) == 0 {
				stack = stack[:top]
				continue
			}
			node := stack[top][0]
			stack[top] = stack[top][1:]
			if !yield(node) {
				return
			}
			if len(node.Nodes) > 0 {
				stack = append(stack, node.Nodes)
			}
		}
	}
}

// Pings returns the nodes that notify people, in order.
func (d *Document) Pings() []*Node {
	var pings []*Node
	for node := range d.Walk() {
		if node.Ping {
			pings = append(pings, node)
		}
	}
	return pings
}

// String shows the tree for tests and debugging, one node per line.
func (d *Document) String() string {
	var b strings.Builder
	for _, node := range d.Nodes {
		node.describe(&b, 0)
	}
	return b.String()
}
