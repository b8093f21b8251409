package preview

import (
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// isBlock reports whether a node is on lines of its own.
func isBlock(n *markup.Node) bool {
	switch n.Kind {
	case markup.CodeBlock, markup.Paragraph, markup.Heading, markup.Subtext, markup.Quote, markup.ExpandableQuote,
		markup.List, markup.ListItem, markup.Rule, markup.Table, markup.TableRow, markup.TableCell:
		return true
	}
	return false
}

// Tidy returns a copy of nodes without the line feeds around blocks, which are on their
// own lines anyway, and with text in place of nodes that nest too deeply.
func Tidy(nodes []*markup.Node) []*markup.Node { return tidy(nodes, 0) }

func tidy(nodes []*markup.Node, depth int) []*markup.Node {
	shown := make([]*markup.Node, 0, len(nodes))
	for i, n := range nodes {
		n := *n
		switch {
		case depth >= deepest:
			n = markup.Node{Kind: markup.Text, Text: NodeText(&n)}
		case len(n.Nodes) > 0:
			n.Nodes = tidy(n.Nodes, depth+1)
		case n.Kind == markup.Text:
			if i > 0 && isBlock(nodes[i-1]) {
				n.Text = strings.TrimPrefix(n.Text, "\n")
			}
			if i+1 < len(nodes) && isBlock(nodes[i+1]) {
				n.Text = strings.TrimSuffix(n.Text, "\n")
			}
			if n.Text == "" {
				continue
			}
		}
		shown = append(shown, &n)
	}
	return shown
}

// nodes draws nodes, some of which are on lines of their own while others share lines.
func (d drawer) nodes(nodes []*markup.Node, style Style, columns int) []line {
	var lines []line
	var runs []run
	flush := func() {
		if len(runs) > 0 {
			lines = append(lines, wrap(runs, columns)...)
			runs = nil
		}
	}
	for i, n := range nodes {
		if !isBlock(n) {
			runs = d.inline(runs, n, style)
			continue
		}
		flush()
		if i > 0 && n.Kind == markup.Paragraph && nodes[i-1].Kind == markup.Paragraph {
			lines = append(lines, nil)
		}
		lines = append(lines, d.node(n, style, columns)...)
	}
	flush()
	return lines
}

// node draws a node that is on lines of its own.
func (d drawer) node(n *markup.Node, style Style, columns int) []line {
	switch n.Kind {
	case markup.CodeBlock:
		return prefixed(wrap([]run{{text: strings.TrimRight(NodeText(n), "\n"), style: style.with(codeStyle())}}, columns-2), indent(2), indent(2))
	case markup.Heading:
		style = style.with(Style{Bold: true, Underline: n.Level == 1})
	case markup.Subtext:
		style.Dim = true
	case markup.Quote, markup.ExpandableQuote:
		bar := run{text: "│ ", style: Style{Dim: true}}
		return prefixed(trimEmpty(d.nodes(leaf(n), style, columns-2)), bar, bar)
	case markup.List:
		return d.list(n, style, columns)
	case markup.Rule:
		return []line{rule(columns)}
	case markup.Table:
		return d.table(n, style, columns)
	}
	return d.nodes(leaf(n), style, columns)
}

func indent(n int) run { return run{text: strings.Repeat(" ", max(n, 0))} }

func rule(columns int) line {
	return line{{text: strings.Repeat("─", max(columns, 1)), style: Style{Dim: true}}}
}

func (d drawer) list(n *markup.Node, style Style, columns int) []line {
	var lines []line
	for i, item := range n.Nodes {
		mark := "• "
		if n.Ordered {
			mark = strconv.Itoa(n.Number+i) + ". "
		}
		w := width(mark)
		lines = append(lines, prefixed(d.nodes(leaf(item), style, columns-w), run{text: mark}, indent(w))...)
	}
	return lines
}

// table draws a table with aligned columns. A row that does not fit is wrapped.
func (d drawer) table(n *markup.Node, style Style, columns int) []line {
	var widths []int
	cells := make([][]line, len(n.Nodes))
	for i, row := range n.Nodes {
		for j, cell := range row.Nodes {
			content := wrap(d.inlineAll(leaf(cell), style), columns)[0]
			cells[i] = append(cells[i], content)
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], content.width())
		}
	}
	var lines []line
	for i, row := range cells {
		var l line
		for j, cell := range row {
			if j > 0 {
				l = append(l, run{text: " │ ", style: Style{Dim: true}})
			}
			l = append(l, cell...)
			if j < len(row)-1 {
				l = append(l, indent(widths[j]-cell.width()))
			}
		}
		w := l.width()
		lines = append(lines, wrap(l, columns)...)
		if i == 0 {
			lines = append(lines, rule(min(w, columns)))
		}
	}
	return lines
}
