package preview

import (
	"strconv"
	"strings"

	"github.com/hooktool/hooktool/pkg/destination/markup"
)

// isBlock reports whether a node takes lines of its own.
func isBlock(n *markup.Node) bool {
	switch n.Kind {
	case markup.CodeBlock, markup.Paragraph, markup.Heading, markup.Subtext, markup.Quote, markup.ExpandableQuote,
		markup.List, markup.ListItem, markup.Rule, markup.Table, markup.TableRow, markup.TableCell:
		return true
	}
	return false
}

// nodes draws nodes, of which some take lines of their own and others share
// them.
func (d drawer) nodes(nodes []*markup.Node, style Style, columns, depth int) []line {
	var lines []line
	var runs []run
	flush := func() {
		if len(runs) > 0 {
			lines = append(lines, wrap(runs, columns)...)
			runs = nil
		}
	}
	behindBlock := false
	for i, n := range nodes {
		if !isBlock(n) {
			if text := n.Text; behindBlock && strings.HasPrefix(text, "\n") { // a line ended there anyway
				trimmed := *n
				trimmed.Text = text[1:]
				n = &trimmed
			}
			behindBlock = false
			runs = d.inline(runs, n, style, depth)
			continue
		}
		if len(runs) > 0 {
			last := &runs[len(runs)-1]
			last.text = strings.TrimSuffix(last.text, "\n")
		}
		flush()
		if i > 0 && n.Kind == markup.Paragraph && nodes[i-1].Kind == markup.Paragraph {
			lines = append(lines, nil)
		}
		lines = append(lines, d.node(n, style, columns, depth+1)...)
		behindBlock = true
	}
	flush()
	return lines
}

// node draws a node that takes lines of its own.
func (d drawer) node(n *markup.Node, style Style, columns, depth int) []line {
	if depth > deepest {
		return wrap([]run{{text: nodeText(n), style: style}}, columns)
	}
	switch n.Kind {
	case markup.CodeBlock:
		return prefixed(wrap([]run{{text: strings.TrimRight(nodeText(n), "\n"), style: style.with(codeStyle())}}, columns-2), indent(2), indent(2))
	case markup.Heading:
		style = style.with(Style{Bold: true, Underline: n.Level == 1})
	case markup.Subtext:
		style.Dim = true
	case markup.Quote, markup.ExpandableQuote:
		bar := run{text: "│ ", style: Style{Dim: true}}
		return prefixed(trimEmpty(d.nodes(leaf(n), style, columns-2, depth)), bar, bar)
	case markup.List:
		return d.list(n, style, columns, depth)
	case markup.Rule:
		return []line{rule(columns)}
	case markup.Table:
		return d.table(n, style, columns, depth)
	}
	return d.nodes(leaf(n), style, columns, depth)
}

func indent(n int) run { return run{text: strings.Repeat(" ", max(n, 0))} }

func rule(columns int) line {
	return line{{text: strings.Repeat("─", max(columns, 1)), style: Style{Dim: true}}}
}

func (d drawer) list(n *markup.Node, style Style, columns, depth int) []line {
	var lines []line
	for i, item := range n.Nodes {
		mark := "• "
		if n.Ordered {
			mark = strconv.Itoa(n.Number+i) + ". "
		}
		w := width(mark)
		lines = append(lines, prefixed(d.nodes(leaf(item), style, columns-w, depth), run{text: mark}, indent(w))...)
	}
	return lines
}

// table draws a table with its columns aligned; a row that does not fit is
// wrapped.
func (d drawer) table(n *markup.Node, style Style, columns, depth int) []line {
	var widths []int
	cells := make([][]line, len(n.Nodes))
	for i, row := range n.Nodes {
		for j, cell := range row.Nodes {
			content := wrap(d.inlineAll(leaf(cell), style, depth), columns)[0]
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
