package markup

import "strings"

// deepest is how deeply quotes and lists may nest; beyond that their markers are text.
// It keeps nested markers from costing more than their length.
const deepest = 10

// line is a line of the source without its break, or what is left of it after the
// markers of the blocks that it is in.
type line struct{ start, end int }

// lines splits a part of the source into lines.
func (p *markdown) lines(start, end int) []line {
	var all []line
	for start <= end {
		stop := strings.IndexByte(p.source[start:end], '\n')
		if stop < 0 {
			all = append(all, line{start, end})
			break
		}
		next := start + stop
		last := next
		if last > start && p.source[last-1] == '\r' {
			last--
		}
		all = append(all, line{start, last})
		start = next + 1
	}
	return all
}

func (p *markdown) text(l line) string { return p.source[l.start:l.end] }

func (p *markdown) blank(l line) bool { return strings.TrimLeft(p.text(l), " \t") == "" }

// indented returns the indentation of a line, and the rest of it.
func (p *markdown) indented(l line) (indent int, rest string) {
	text := p.text(l)
	i := 0
	for ; i < len(text); i++ {
		switch text[i] {
		case ' ':
			indent++
			continue
		case '\t':
			indent += 4 - indent%4
			continue
		}
		break
	}
	return indent, text[i:]
}

// newline begins a line of a block.
func (p *markdown) newline() {
	if p.broken {
		n := 1
		if p.blanks > 0 && p.spaced {
			n = 2
		} else if !p.spaced {
			n += p.blanks
		}
		p.gap(strings.Repeat("\n", n))
	}
	p.broken, p.blanks = false, 0
}

// blocks reads lines as blocks.
func (p *markdown) blocks(lines []line, depth int) {
	for len(lines) > 0 {
		if p.blank(lines[0]) {
			p.blanks++
			lines = lines[1:]
			continue
		}
		lines = lines[p.block(lines, depth):]
	}
}

// block reads one block and returns its number of lines.
func (p *markdown) block(lines []line, depth int) int {
	first := lines[0]
	if depth < deepest {
		if n := p.quoteBlock(lines, depth); n > 0 {
			return n
		}
	}
	if n := p.fence(lines); n > 0 {
		return n
	}
	if level, content := p.heading(first); level > 0 {
		p.newline()
		p.open(Heading, first.start).Level = level
		p.inline([]line{content})
		p.end(first.end)
		return 1
	}
	if rest, ok := strings.CutPrefix(p.text(first), "-# "); ok && p.subtext {
		p.newline()
		p.open(Subtext, first.start)
		p.inline([]line{{first.end - len(rest), first.end}})
		p.end(first.end)
		return 1
	}
	if p.rules && isRule(p.text(first)) {
		p.newline()
		p.leaf(&Node{Kind: Rule, Start: first.start, End: first.end}, "---")
		p.broken = true
		return 1
	}
	if n := p.table(lines); n > 0 {
		return n
	}
	if _, ok := p.marker(first); ok && depth < deepest {
		return p.list(lines, depth)
	}
	return p.paragraph(lines, depth)
}

// end ends a block that is on lines of its own.
func (p *markdown) end(end int) {
	p.close(end)
	p.broken = true
}

// paragraph reads lines up to an empty one or to another block.
func (p *markdown) paragraph(lines []line, depth int) int {
	n := 1
	for n < len(lines) && !p.blank(lines[n]) && !p.interrupts(lines[n], depth) {
		if level := p.underline(lines[n]); level > 0 {
			p.newline()
			p.open(Heading, lines[0].start).Level = level
			p.inline(lines[:n])
			p.end(lines[n].end)
			return n + 1
		}
		n++
	}
	p.newline()
	p.open(Paragraph, lines[0].start)
	p.inline(lines[:n])
	p.end(lines[n-1].end)
	return n
}

// underline returns the level of the heading that a line underlines, or 0.
func (p *markdown) underline(l line) int {
	text := strings.TrimRight(p.text(l), " \t")
	switch {
	case !p.setext || text == "":
		return 0
	case strings.Trim(text, "=") == "":
		return 1
	case strings.Trim(text, "-") == "":
		return 2
	}
	return 0
}

// interrupts reports whether a line begins a block even directly after a paragraph.
func (p *markdown) interrupts(l line, depth int) bool {
	text := p.text(l)
	if level, _ := p.heading(l); level > 0 {
		return true
	}
	switch {
	case p.subtext && strings.HasPrefix(text, "-# "):
		return true
	case depth < deepest && (p.quoteMark(text) > 0 || p.restMark(text) > 0):
		return true
	case p.fences == lineFences && fenceOf(text) != "":
		return true
	case p.rules && isRule(text):
		return p.underline(l) == 0
	}
	m, ok := p.marker(l)
	return ok && depth < deepest && (!m.ordered || m.number == 1)
}

// heading returns the level of a heading and its content.
func (p *markdown) heading(l line) (int, line) {
	text := p.text(l)
	level := 0
	for level < len(text) && text[level] == '#' {
		level++
	}
	if level == 0 || level > p.headings || level < len(text) && text[level] != ' ' && text[level] != '\t' {
		return 0, line{}
	}
	rest := strings.TrimLeft(text[level:], " \t")
	from := l.end - len(rest)
	closed := strings.TrimRight(rest, " \t")
	if bare := strings.TrimRight(closed, "#"); bare == "" || strings.HasSuffix(bare, " ") {
		closed = strings.TrimRight(bare, " \t")
	}
	return level, line{from, from + len(closed)}
}

// isRule reports whether a line consists of at least three of one of -*_.
func isRule(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || strings.IndexByte("-*_", text[0]) < 0 {
		return false
	}
	n := 0
	for i := range len(text) {
		switch text[i] {
		case text[0]:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3
}

// fenceOf returns the ``` or ~~~ at the beginning of a line.
func fenceOf(text string) string {
	text = strings.TrimLeft(text, " ")
	for _, char := range []string{"`", "~"} {
		n := len(text) - len(strings.TrimLeft(text, char))
		if n >= 3 && (char == "~" || strings.IndexByte(text[n:], '`') < 0) {
			return text[:n]
		}
	}
	return ""
}

// fence reads a block of code between lines of ```. Without an end it extends to the
// end of what contains it.
func (p *markdown) fence(lines []line) int {
	if p.fences != lineFences {
		return 0
	}
	mark := fenceOf(p.text(lines[0]))
	if mark == "" {
		return 0
	}
	info := strings.TrimSpace(strings.TrimLeft(p.text(lines[0]), " ")[len(mark):])
	language, _, _ := strings.Cut(info, " ")
	indent, _ := p.indented(lines[0])
	n := 1
	var code strings.Builder
	closed := false
	for n < len(lines) && !closed {
		text := p.text(lines[n])
		bare := strings.TrimRight(strings.TrimLeft(text, " "), " \t")
		closed = len(bare) >= len(mark) && strings.Trim(bare, mark[:1]) == ""
		if !closed {
			for range indent {
				text = strings.TrimPrefix(text, " ")
			}
			if n > 1 {
				code.WriteByte('\n')
			}
			code.WriteString(text)
		}
		n++
	}
	p.newline()
	p.leaf(&Node{Kind: CodeBlock, Language: language, Start: lines[0].start, End: lines[n-1].end}, code.String())
	p.broken = true
	return n
}

// segments reads a text that may have ``` anywhere.
func (p *markdown) segments() {
	text, from := p.source, 0
	for {
		open := strings.Index(text[from:], "```")
		if open < 0 {
			break
		}
		open += from
		length := strings.Index(text[open+3:], "```")
		if length < 0 {
			break
		}
		content := text[open+3 : open+3+length]
		end := open + 3 + length + 3
		if strings.Trim(content, "\n") == "" {
			p.segment(from, end)
		} else {
			p.segment(from, open)
			p.codeSegment(content, open, end)
		}
		from = end
	}
	p.segment(from, len(text))
}

// segment reads the text between blocks of code. The line breaks that separate it from
// them are not empty lines.
func (p *markdown) segment(from, to int) {
	if from > 0 && from < to && p.source[from] == '\n' {
		from++
	}
	if to < len(p.source) && from < to && p.source[to-1] == '\n' {
		to--
	}
	if from < to {
		p.blocks(p.lines(from, to), 0)
	}
}

func (p *markdown) codeSegment(content string, start, end int) {
	language := ""
	if head, rest, ok := strings.Cut(content, "\n"); ok && p.dialect == DiscordMarkdown && isLanguage(head) && strings.Trim(rest, "\n") != "" {
		language, content = head, rest
	}
	if p.dialect != SlackMrkdwn && p.dialect != GoogleChatText {
		content = strings.TrimLeft(content, "\n")
	} else {
		content = strings.TrimPrefix(content, "\n")
	}
	if p.dialect == SlackMrkdwn {
		content = slackUnescape(content)
	}
	p.newline()
	p.leaf(&Node{Kind: CodeBlock, Language: language, Start: start, End: end}, strings.TrimRight(content, "\n"))
	p.broken = true
}

func isLanguage(s string) bool {
	for _, c := range []byte(s) {
		if !isAlnum(c) && strings.IndexByte("_+-.#", c) < 0 {
			return false
		}
	}
	return s != ""
}
