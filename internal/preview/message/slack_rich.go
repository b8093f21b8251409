package message

import (
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// slackRichText reads a rich_text block, whose markup is JSON itself.
// https://api.slack.com/reference/block-kit/blocks#rich_text
func (b *builder) slackRichText(bs *blocks, block node) {
	for _, element := range block.get("elements").items() {
		nodes := richNodes(element)
		switch element.get("type").str() {
		case "rich_text_preformatted":
			nodes = []*markup.Node{{Kind: markup.CodeBlock, Text: plainOf(nodes)}}
		case "rich_text_quote":
			nodes = []*markup.Node{{Kind: markup.Quote, Nodes: nodes}}
		case "rich_text_list":
			list := &markup.Node{Kind: markup.List, Number: 1, Ordered: element.get("style").str() == "ordered"}
			for _, item := range element.get("elements").items() {
				list.Nodes = append(list.Nodes, &markup.Node{Kind: markup.ListItem, Nodes: richNodes(item)})
			}
			nodes = []*markup.Node{list}
		}
		if len(nodes) > 0 {
			bs.add(Paragraph, &Text{Path: element.path, Document: &markup.Document{Text: plainOf(nodes), Nodes: nodes}})
		}
	}
}

// richNodes reads the elements of a section.
func richNodes(section node) []*markup.Node {
	var nodes []*markup.Node
	for _, element := range section.get("elements").items() {
		n := &markup.Node{Kind: markup.Text, Text: element.get("text").str()}
		switch element.get("type").str() {
		case "text":
		case "link":
			n = &markup.Node{Kind: markup.Link, URL: element.get("url").str(), Nodes: []*markup.Node{n}}
			if n.Nodes[0].Text == "" {
				n.Nodes[0].Text = n.URL
			}
		case "emoji":
			n = &markup.Node{Kind: markup.Emoji, Text: ":" + element.get("name").str() + ":"}
		case "broadcast":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.get("range").str()}
		case "user":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.get("user_id").str()}
		case "usergroup":
			n = &markup.Node{Kind: markup.Mention, Ping: true, Text: "@" + element.get("usergroup_id").str()}
		case "channel":
			n = &markup.Node{Kind: markup.Mention, Text: "#" + element.get("channel_id").str()}
		default:
			continue
		}
		nodes = append(nodes, styled(n, element.get("style")))
	}
	return nodes
}

// styled puts a node into one for each of its styles.
func styled(n *markup.Node, style node) *markup.Node {
	for _, each := range []struct {
		key  string
		kind markup.Kind
	}{{"bold", markup.Bold}, {"italic", markup.Italic}, {"strike", markup.Strikethrough}} {
		if style.get(each.key).is(Bool) && style.get(each.key).Text == "true" {
			n = &markup.Node{Kind: each.kind, Nodes: []*markup.Node{n}}
		}
	}
	if code := style.get("code"); code.is(Bool) && code.Text == "true" && n.Kind == markup.Text {
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

// slackTable reads a table block as a table of the markup's kind.
func (b *builder) slackTable(bs *blocks, block node) {
	table := &markup.Node{Kind: markup.Table}
	for _, row := range block.get("rows").items() {
		r := &markup.Node{Kind: markup.TableRow}
		for _, cell := range row.items() {
			nodes := []*markup.Node{{Kind: markup.Text, Text: cell.get("text").str()}}
			if sections := cell.get("elements").items(); len(sections) > 0 {
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
		bs.add(Paragraph, &Text{Path: block.path, Document: &markup.Document{Text: plainOf(nodes), Nodes: nodes}})
	}
}
