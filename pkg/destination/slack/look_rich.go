package slack

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/destination/markup"
	"github.com/hooktool/hooktool/pkg/destination/message"
)

// slackRichText reads a rich_text block, whose markup is JSON.
// https://api.slack.com/reference/block-kit/blocks#rich_text
func (r look) slackRichText(bs *message.Blocks, block *destination.Value) {
	for _, element := range block.Get("elements").Elems() {
		nodes := richNodes(element)
		switch element.Get("type").Scalar() {
		case "rich_text_preformatted":
			nodes = []*markup.Node{{Kind: markup.CodeBlock, Text: plainOf(nodes)}}
		case "rich_text_quote":
			nodes = []*markup.Node{{Kind: markup.Quote, Nodes: nodes}}
		case "rich_text_list":
			list := &markup.Node{Kind: markup.List, Number: 1, Ordered: element.Get("style").Scalar() == "ordered"}
			for _, item := range element.Get("elements").Elems() {
				list.Nodes = append(list.Nodes, &markup.Node{Kind: markup.ListItem, Nodes: richNodes(item)})
			}
			nodes = []*markup.Node{list}
		}
		if len(nodes) > 0 {
			bs.Add(message.Paragraph, &message.Text{Path: element.Path(), Document: &markup.Document{Text: plainOf(nodes), Nodes: nodes}})
		}
	}
}

// richNodes reads the elements of a section.
func richNodes(section *destination.Value) []*markup.Node {
	var nodes []*markup.Node
	for _, element := range section.Get("elements").Elems() {
		n := &markup.Node{Kind: markup.Text, Text: element.Get("text").Scalar()}
		switch element.Get("type").Scalar() {
		case "text":
		case "link":
			n = &markup.Node{Kind: markup.Link, URL: element.Get("url").Scalar(), Nodes: []*markup.Node{n}}
			if n.Nodes[0].Text == "" {
				n.Nodes[0].Text = n.URL
			}
		case "emoji":
			n = &markup.Node{Kind: markup.Emoji, Text: ":" + element.Get("name").Scalar() + ":"}
		case "broadcast":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.Get("range").Scalar()}
		case "user":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.Get("user_id").Scalar()}
		case "usergroup":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.Get("usergroup_id").Scalar()}
		case "channel":
			n = &markup.Node{Kind: markup.Mention, Text: "#" + element.Get("channel_id").Scalar()}
		default:
			continue
		}
		nodes = append(nodes, styled(n, element.Get("style")))
	}
	return nodes
}

// styled wraps a node in one node for each of its styles.
func styled(n *markup.Node, style *destination.Value) *markup.Node {
	for _, each := range []struct {
		key  string
		kind markup.Kind
	}{{"bold", markup.Bold}, {"italic", markup.Italic}, {"strike", markup.Strikethrough}} {
		if style.Get(each.key).True() {
			n = &markup.Node{Kind: each.kind, Nodes: []*markup.Node{n}}
		}
	}
	if code := style.Get("code"); code.True() && n.Kind == markup.Text {
		n.Kind = markup.Code
	}
	return n
}

// plainOf returns the text of nodes.
func plainOf(nodes []*markup.Node) string {
	var b strings.Builder
	for n := range (&markup.Document{Nodes: nodes}).Walk() {
		b.WriteString(n.Text)
	}
	return b.String()
}

// slackTable converts a table block to a table of package markup.
func (r look) slackTable(bs *message.Blocks, block *destination.Value) {
	table := &markup.Node{Kind: markup.Table}
	for _, row := range block.Get("rows").Elems() {
		r := &markup.Node{Kind: markup.TableRow}
		for _, cell := range row.Elems() {
			nodes := []*markup.Node{{Kind: markup.Text, Text: cell.Get("text").Scalar()}}
			if sections := cell.Get("elements").Elems(); len(sections) > 0 {
				nodes = nil
				for _, section := range sections {
					nodes = append(nodes, richNodes(section)...)
				}
			}
			r.Nodes = append(r.Nodes, &markup.Node{Kind: markup.TableCell, Nodes: nodes})
		}
		table.Nodes = append(table.Nodes, r)
	}
	if len(table.Nodes) > 0 {
		nodes := []*markup.Node{table}
		bs.Add(message.Paragraph, &message.Text{Path: block.Path(), Document: &markup.Document{Text: plainOf(nodes), Nodes: nodes}})
	}
}
