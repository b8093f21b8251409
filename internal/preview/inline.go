package preview

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// deepest bounds how deeply markup is followed; what is deeper is shown as text.
const deepest = 64

// drawer draws messages as lines of text.
type drawer struct {
	links bool // the terminal supports hyperlinks
}

func codeStyle() Style { return Style{Color: Cyan} }

func (d drawer) inlineAll(nodes []*markup.Node, style Style) []run {
	var runs []run
	for _, n := range nodes {
		runs = d.inline(runs, n, style)
	}
	return runs
}

// inline appends the runs of an inline node.
func (d drawer) inline(runs []run, n *markup.Node, style Style) []run {
	text := n.Text
	switch n.Kind {
	case markup.Mention:
		style = style.with(Style{Color: Blue})
		if n.Ping {
			style = style.with(Style{Color: Yellow, Bold: true})
			text = "🔔" + text
		}
	case markup.Image:
		return d.image(runs, NodeText(n), n.URL, style)
	case markup.Link:
		return d.link(runs, n, style)
	default:
		style = style.with(inlineStyle(n.Kind))
	}
	if len(n.Nodes) == 0 {
		return append(runs, run{text: text, style: style})
	}
	for _, child := range n.Nodes {
		runs = d.inline(runs, child, style)
	}
	return runs
}

// inlineStyle returns what a kind of node adds to the style around it.
func inlineStyle(kind markup.Kind) Style {
	switch kind {
	case markup.Bold:
		return Style{Bold: true}
	case markup.Italic:
		return Style{Italic: true}
	case markup.Underline:
		return Style{Underline: true}
	case markup.Strikethrough:
		return Style{Strike: true}
	case markup.Spoiler:
		return Style{Reverse: true, Dim: true}
	case markup.Code, markup.CodeBlock:
		return codeStyle()
	}
	return Style{}
}

func (d drawer) image(runs []run, alt, address string, style Style) []run {
	if alt == "" {
		alt = "image"
	}
	target := d.target(address)
	runs = append(runs, run{text: "[" + alt + "]", style: style.with(Style{Color: Magenta}), url: target})
	if target == "" && address != "" {
		runs = append(runs, run{text: " (" + address + ")", style: Style{Dim: true}})
	}
	return runs
}

// link appends a hyperlink, or the text followed by the URL.
func (d drawer) link(runs []run, n *markup.Node, style Style) []run {
	start := len(runs)
	for _, child := range leaf(n) {
		runs = d.inline(runs, child, style.with(Style{Underline: true, Color: Blue}))
	}
	target := d.target(n.URL)
	for i := start; i < len(runs); i++ {
		runs[i].url = target
	}
	if target == "" && n.URL != "" && !sameLink(NodeText(n), n.URL) {
		runs = append(runs, run{text: " (" + n.URL + ")", style: Style{Dim: true}})
	}
	return runs
}

// target returns a URL if it is safe to link to from the terminal.
func (d drawer) target(address string) string {
	if d.links {
		return SafeURL(address)
	}
	return ""
}

// sameLink reports whether a label already shows its URL.
func sameLink(label, address string) bool {
	trim := func(s string) string {
		return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://"), "/")
	}
	return trim(label) == trim(address)
}

// leaf returns the child nodes of a node, or its text as one.
func leaf(n *markup.Node) []*markup.Node {
	if len(n.Nodes) == 0 && n.Text != "" {
		return []*markup.Node{{Kind: markup.Text, Text: n.Text}}
	}
	return n.Nodes
}

// NodeText returns all the text in a node.
func NodeText(n *markup.Node) string {
	if len(n.Nodes) == 0 {
		return n.Text
	}
	var b strings.Builder
	for child := range (&markup.Document{Nodes: []*markup.Node{n}}).Walk() {
		if len(child.Nodes) == 0 {
			b.WriteString(child.Text)
		}
	}
	return b.String()
}
