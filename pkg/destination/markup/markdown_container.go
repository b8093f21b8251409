package markup

import (
	"strconv"
	"strings"
)

// quoteMark returns the length of the marker that makes a line a quote, or 0.
func (p *markdown) quoteMark(text string) int {
	switch p.quote {
	case lineQuotes:
		if p.dialect == SlackMrkdwn {
			return slackQuoteMark(text)
		}
		if strings.HasPrefix(text, "> ") {
			return 2
		}
	case nestedQuote:
		bare := strings.TrimLeft(text, " ")
		if spaces := len(text) - len(bare); spaces < 4 && strings.HasPrefix(bare, ">") {
			if strings.HasPrefix(bare, "> ") {
				return spaces + 2
			}
			return spaces + 1
		}
	}
	return 0
}

// slackQuoteMark reads > or &gt;.
func slackQuoteMark(text string) int {
	for _, mark := range []string{">", "&gt;"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			if strings.HasPrefix(rest, " ") {
				return len(mark) + 1
			}
			return len(mark)
		}
	}
	return 0
}

// restMark returns the length of the marker that quotes the rest of the text.
func (p *markdown) restMark(text string) int {
	if p.quote != lineQuotes {
		return 0
	}
	marks := []string{">>> "}
	if p.dialect == SlackMrkdwn {
		marks = []string{">>>", "&gt;&gt;&gt;"}
	}
	for _, mark := range marks {
		if strings.HasPrefix(text, mark) {
			return len(mark)
		}
	}
	return 0
}

// quoteBlock reads the lines of a quote.
func (p *markdown) quoteBlock(lines []line, depth int) int {
	var inner []line
	n := 0
	if mark := p.restMark(p.text(lines[0])); mark > 0 {
		n = len(lines)
		inner = append([]line{{lines[0].start + mark, lines[0].end}}, lines[1:]...)
	} else {
		for ; n < len(lines); n++ {
			mark := p.quoteMark(p.text(lines[n]))
			if mark == 0 && !p.continuesQuote(lines, n, depth) {
				break
			}
			inner = append(inner, line{lines[n].start + mark, lines[n].end})
		}
	}
	if n == 0 {
		return 0
	}
	p.newline()
	p.open(Quote, lines[0].start)
	if p.quote == lineQuotes {
		depth = deepest - 1 // such a quote contains no other
	}
	p.blocks(inner, depth+1)
	p.end(lines[n-1].end)
	return n
}

// continuesQuote reports whether a line without > continues the paragraph of the quote
// before it.
func (p *markdown) continuesQuote(lines []line, n, depth int) bool {
	if n == 0 || p.quote != nestedQuote || p.blank(lines[n]) || p.interrupts(lines[n], depth) {
		return false
	}
	before := p.text(lines[n-1])
	return strings.TrimLeft(before, "> \t") != ""
}

// marker is what begins a list item.
type marker struct {
	indent  int // of the marker
	content int // where the item's text begins in the line
	ordered bool
	number  int
}

func (p *markdown) marker(l line) (marker, bool) {
	indent, rest := p.indented(l)
	if !p.lists || rest == "" || p.rules && isRule(rest) {
		return marker{}, false
	}
	m := marker{indent: indent, content: l.end - l.start - len(rest)}
	digits := 0
	for digits < len(rest) && digits < 10 && isDigit(rest[digits]) {
		digits++
	}
	width := 1
	switch {
	case digits > 0 && digits < 10 && digits < len(rest) && (rest[digits] == '.' || rest[digits] == ')'):
		m.ordered = true
		m.number, _ = strconv.Atoi(rest[:digits])
		width = digits + 1
	case digits == 0 && strings.IndexByte("-*+", rest[0]) >= 0:
	default:
		return marker{}, false
	}
	if len(rest) == width || rest[width] != ' ' && rest[width] != '\t' {
		return marker{}, false
	}
	m.content += width + 1
	return m, true
}

// list reads the items of a list.
func (p *markdown) list(lines []line, depth int) int {
	first, _ := p.marker(lines[0])
	p.newline()
	list := p.open(List, lines[0].start)
	list.Ordered, list.Number = first.ordered, first.number
	n, number := 0, first.number
	for n < len(lines) {
		next := n
		for next < len(lines) && n > 0 && p.blank(lines[next]) {
			next++
		}
		m, ok := marker{}, false
		if next < len(lines) {
			m, ok = p.marker(lines[next])
		}
		if !ok || m.ordered != first.ordered || m.indent > first.indent+1 || next > n && !p.loose {
			break
		}
		n = next + p.item(lines[next:], m, number, depth)
		number++
	}
	p.end(lines[n-1].end)
	return n
}

// item reads one item with the indented lines after it.
func (p *markdown) item(lines []line, m marker, number, depth int) int {
	inner := []line{{lines[0].start + m.content, lines[0].end}}
	n := 1
	for n < len(lines) {
		next := n
		for next < len(lines) && p.blank(lines[next]) {
			next++
		}
		if next == len(lines) {
			break
		}
		indent, _ := p.indented(lines[next])
		_, marked := p.marker(lines[next])
		lazy := next == n && p.loose && !marked && !p.interrupts(lines[n], depth)
		if indent < m.indent+2 && !lazy || next > n && !p.loose {
			break
		}
		inner = append(inner, lines[n:next]...)
		inner = append(inner, p.outdent(lines[next], m.indent+2))
		n = next + 1
	}
	p.newline()
	p.gap(strings.Repeat("  ", min(depth, deepest)) + bullet(m, number))
	p.open(ListItem, lines[0].start)
	p.blocks(inner, depth+1)
	p.end(lines[n-1].end)
	return n
}

func bullet(m marker, number int) string {
	if m.ordered {
		return strconv.Itoa(number) + ". "
	}
	return "• "
}

// outdent removes up to n spaces from the beginning of a line.
func (p *markdown) outdent(l line, n int) line {
	for n > 0 && l.start < l.end {
		switch p.source[l.start] {
		case ' ':
			n--
		case '\t':
			n -= 4
		default:
			return l
		}
		l.start++
	}
	return l
}

// table reads a table of pipes: a header, a line of dashes, rows.
func (p *markdown) table(lines []line) int {
	if !p.tables || len(lines) < 2 || !strings.Contains(p.text(lines[0]), "|") || !isDelimiterRow(p.text(lines[1])) {
		return 0
	}
	header := p.cells(lines[0])
	if len(header) != len(p.cells(lines[1])) {
		return 0
	}
	p.newline()
	p.open(Table, lines[0].start)
	p.row(lines[0], header)
	n := 2
	for n < len(lines) && !p.blank(lines[n]) && strings.Contains(p.text(lines[n]), "|") {
		cells := p.cells(lines[n])
		p.row(lines[n], cells[:min(len(cells), len(header))])
		n++
	}
	p.end(lines[n-1].end)
	return n
}

func isDelimiterRow(text string) bool {
	return strings.Trim(text, "|-: \t") == "" && strings.Contains(text, "-") && strings.Contains(text, "|")
}

// cells splits a row at its unescaped pipes.
func (p *markdown) cells(l line) []line {
	text := strings.TrimRight(p.text(l), " \t")
	l.end = l.start + len(text)
	l = p.outdent(l, len(text))
	if l.start < l.end && p.source[l.start] == '|' {
		l.start++
	}
	var cells []line
	start := l.start
	for i := l.start; i < l.end; i++ {
		switch p.source[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, p.trimmed(line{start, i}))
			start = i + 1
		}
	}
	if start < l.end {
		cells = append(cells, p.trimmed(line{start, l.end}))
	}
	return cells
}

func (p *markdown) trimmed(l line) line {
	text := p.text(l)
	bare := strings.TrimLeft(text, " \t")
	l.start += len(text) - len(bare)
	l.end = l.start + len(strings.TrimRight(bare, " \t"))
	return l
}

func (p *markdown) row(l line, cells []line) {
	p.newline()
	p.open(TableRow, l.start)
	for i, cell := range cells {
		if i > 0 {
			p.gap(" | ")
		}
		node := p.open(TableCell, cell.start)
		p.inline([]line{cell})
		p.pop(cell.end)
		p.add(node) // including empty ones, so that the columns stay aligned
	}
	p.end(l.end)
}
