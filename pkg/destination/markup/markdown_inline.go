package markup

import (
	"slices"
	"strings"
)

// piece is what special finds: text, or a leaf of the tree.
type piece struct {
	kind Kind
	text string // what the reader sees
	url  string
	ping bool
}

// chunk is the text of a paragraph: its lines, joined.
type chunk struct {
	text  string
	parts []part
}

// part maps a part of a chunk's text to the source.
type part struct{ at, source int }

func (p *markdown) chunk(lines []line) chunk {
	if len(lines) == 1 || p.contiguous(lines) {
		first, last := lines[0], lines[len(lines)-1]
		return chunk{p.source[first.start:last.end], []part{{0, first.start}}}
	}
	var c chunk
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		c.parts = append(c.parts, part{b.Len(), l.start})
		b.WriteString(p.text(l))
	}
	c.text = b.String()
	return c
}

// contiguous reports whether the source has the lines as they are.
func (p *markdown) contiguous(lines []line) bool {
	for i := 1; i < len(lines); i++ {
		if lines[i].start != lines[i-1].end+1 {
			return false
		}
	}
	return true
}

// source returns the offset in the source of a byte of the chunk.
func (c *chunk) sourceOf(i int) int {
	if len(c.parts) == 1 {
		return c.parts[0].source + i
	}
	k, exact := slices.BinarySearchFunc(c.parts, i, func(p part, i int) int { return p.at - i })
	if !exact {
		k--
	}
	return c.parts[k].source + i - c.parts[k].at
}

// end returns the offset in the source after the byte before i.
func (c *chunk) end(i int) int {
	if i == 0 {
		return c.sourceOf(0)
	}
	return c.sourceOf(i-1) + 1
}

// tokenKind is the kind of a token of a chunk.
type tokenKind uint8

const (
	textToken  tokenKind = iota // ref is unused
	pieceToken                  // ref is an index of pieces
	openToken                   // the [ of a link or an image; ref is an index of links, or -1
	closeToken                  // its ](target); ref is the same
	runToken                    // delimiters; ref is an index of runs
)

type token struct {
	kind       tokenKind
	start, end int
	ref        int
}

// link is the target of a link or an image.
type link struct {
	kind Kind
	url  string
}

// inlineParser reads a chunk in three steps: tokens, pairs of delimiters, nodes.
type inlineParser struct {
	*markdown
	chunk
	tokens   []token
	pieces   []piece
	links    []link
	runs     []run
	brackets []int // the tokens of [ that are not closed yet
	ticks    ticks
	plain    int // where the text that is not yet a token begins
}

// inline reads the text of a block.
func (p *markdown) inline(lines []line) {
	c := p.chunk(lines)
	if p.spaced {
		c.text = strings.TrimRight(c.text, " \t")
	}
	in := &p.inlines // which keeps its memory from block to block
	*in = inlineParser{markdown: p, chunk: c, tokens: in.tokens[:0], pieces: in.pieces[:0], links: in.links[:0], runs: in.runs[:0], brackets: in.brackets[:0]}
	in.scan()
	in.pair()
	in.emit()
}

// scan makes tokens.
func (in *inlineParser) scan() {
	for i := 0; i < len(in.chunk.text); {
		n := 0
		if in.marks[in.chunk.text[i]] {
			n = in.scanAt(i)
		}
		if n == 0 {
			i++
			continue
		}
		i += n
		in.plain = i
	}
	in.flushPlain(len(in.chunk.text))
}

func (in *inlineParser) flushPlain(end int) {
	if in.plain < end {
		in.tokens = append(in.tokens, token{textToken, in.plain, end, 0})
	}
	in.plain = end
}

func (in *inlineParser) token(kind tokenKind, start, end, ref int) int {
	in.flushPlain(start)
	in.tokens = append(in.tokens, token{kind, start, end, ref})
	return end - start
}

func (in *inlineParser) piece(start, length int, p piece) int {
	in.pieces = append(in.pieces, p)
	return in.token(pieceToken, start, start+length, len(in.pieces)-1)
}

// scanAt reads what begins at an offset and returns its length; 0 means a character of
// plain text.
func (in *inlineParser) scanAt(i int) int {
	text := in.chunk.text
	switch c := text[i]; c {
	case '\\':
		return in.escape(i)
	case '`':
		return in.codeSpan(i)
	case '[', ']', '!':
		return in.bracket(i)
	case '\n':
		return in.lineBreak(i)
	case 'h':
		if in.addresses && (strings.HasPrefix(text[i:], "http://") || strings.HasPrefix(text[i:], "https://")) {
			if end := urlEnd(text, i); end > i {
				return in.piece(i, end-i, piece{Link, text[i:end], text[i:end], false})
			}
		}
	case '<', '@', ':', '&', '#':
		if in.special != nil {
			if found, n := in.special(text, i); n > 0 {
				return in.piece(i, n, found)
			}
		}
	default:
		for d := range in.delimiters {
			if in.delimiters[d].char == c {
				return in.run(i, &in.delimiters[d])
			}
		}
	}
	return 0
}

func (in *inlineParser) escape(i int) int {
	next := at(in.chunk.text, i+1)
	switch {
	case !in.escapes:
		return 0
	case isPunct(next):
		return in.piece(i, 2, piece{kind: Text, text: in.chunk.text[i+1 : i+2]})
	case next == '\n' && in.spaced:
		return in.piece(i, 2, piece{kind: Text, text: "\n"})
	}
	return 0
}

// lineBreak reads a break in a paragraph. Two spaces before it make it visible to the
// reader.
func (in *inlineParser) lineBreak(i int) int {
	if !in.spaced {
		return 0
	}
	shown := " "
	if strings.HasSuffix(in.chunk.text[:i], "  ") {
		shown = "\n"
	}
	return in.piece(i, 1, piece{kind: Text, text: shown})
}

// isPunct reports whether a byte is ASCII punctuation.
func isPunct(c byte) bool { return '!' <= c && c <= '~' && !isAlnum(c) }

// ticks records where the last run of each length of backticks is, so that no search is
// in vain.
type ticks map[int]int

func (in *inlineParser) codeSpan(i int) int {
	if !in.codeSpans {
		return 0
	}
	text := in.chunk.text
	if in.ticks == nil {
		in.ticks = lastTicks(text)
	}
	n := tickRun(text, i)
	if in.ticks[n] <= i {
		return in.token(textToken, i, i+n, 0)
	}
	j := i + n
	for {
		j += strings.IndexByte(text[j:], '`')
		m := tickRun(text, j)
		if m == n {
			break
		}
		j += m
	}
	code := text[i+n : j]
	if in.dialect == SlackMrkdwn || in.dialect == GoogleChatText {
		if strings.Contains(code, "\n") { // in that dialect, code ends with its line
			return in.token(textToken, i, i+n, 0)
		}
	}
	return in.piece(i, j+n-i, piece{kind: Code, text: in.codeText(code)})
}

func (in *inlineParser) codeText(code string) string {
	if in.dialect == SlackMrkdwn {
		return slackUnescape(code)
	}
	if in.spaced {
		code = strings.ReplaceAll(code, "\n", " ")
	}
	if len(code) > 2 && code[0] == ' ' && code[len(code)-1] == ' ' && strings.Trim(code, " ") != "" {
		code = code[1 : len(code)-1]
	}
	return code
}

func tickRun(text string, i int) int {
	n := 0
	for at(text, i+n) == '`' {
		n++
	}
	return n
}

func lastTicks(text string) ticks {
	last := ticks{}
	for i := 0; i < len(text); {
		next := strings.IndexByte(text[i:], '`')
		if next < 0 {
			break
		}
		i += next
		n := tickRun(text, i)
		last[n] = i
		i += n
	}
	return last
}

// bracket reads [ and ![ and ](target).
func (in *inlineParser) bracket(i int) int {
	text := in.chunk.text
	switch {
	case !in.markdown.syntax.links:
		return 0
	case text[i] == '!' && (!in.images || at(text, i+1) != '['):
		return 0
	case text[i] == '!', text[i] == '[':
		n := 1
		if text[i] == '!' {
			n = 2
		}
		in.token(openToken, i, i+n, -1)
		in.brackets = append(in.brackets, len(in.tokens)-1)
		return n
	case len(in.brackets) == 0:
		return 0
	}
	open := &in.tokens[in.brackets[len(in.brackets)-1]]
	in.brackets = in.brackets[:len(in.brackets)-1]
	target, n := linkTarget(text, i+1)
	if n == 0 {
		return 0
	}
	kind := Link
	if open.end-open.start == 2 {
		kind = Image
	} else {
		in.brackets = in.brackets[:0] // a link contains no other
	}
	in.links = append(in.links, link{kind, target})
	open.ref = len(in.links) - 1
	return in.token(closeToken, i, i+1+n, open.ref)
}

// deepestParentheses bounds the nesting of those in a target.
const deepestParentheses = 32

// linkTarget reads (target) or (target "title") and returns its length, or 0.
func linkTarget(text string, i int) (target string, n int) {
	if at(text, i) != '(' {
		return "", 0
	}
	from, depth := i+1, 1
	for j := from; j < len(text); j++ {
		switch c := text[j]; {
		case c == '\\' && isPunct(at(text, j+1)):
			j++
		case c == '(':
			if depth++; depth > deepestParentheses {
				return "", 0
			}
		case c == ')':
			if depth--; depth == 0 {
				return plainTarget(text[from:j]), j + 1 - i
			}
		case c == ' ' || c == '\t' || c == '\n':
			return titledTarget(text, i, from, j)
		}
	}
	return "", 0
}

// longestTitle bounds how far the end of a title is searched for.
const longestTitle = 1000

// titledTarget reads the title after a target, which is not shown.
func titledTarget(text string, i, from, end int) (string, int) {
	rest := text[end:min(len(text), end+longestTitle)]
	title := strings.TrimLeft(rest, " \t\n")
	if title == "" {
		return "", 0
	}
	if title[0] == ')' && end > from {
		return plainTarget(text[from:end]), end + len(rest) - len(title) + 1 - i
	}
	if title[0] != '"' && title[0] != '\'' {
		return "", 0
	}
	last := strings.IndexByte(title[1:], title[0])
	if last < 0 {
		return "", 0
	}
	after := strings.TrimLeft(title[last+2:], " \t\n")
	if !strings.HasPrefix(after, ")") {
		return "", 0
	}
	return plainTarget(text[from:end]), end + len(rest) - len(after) + 1 - i
}

// plainTarget removes the angle brackets and escapes from a target.
func plainTarget(target string) string {
	if strings.HasPrefix(target, "<") && strings.HasSuffix(target, ">") && len(target) > 1 {
		target = target[1 : len(target)-1]
	}
	if strings.IndexByte(target, '\\') < 0 {
		return target
	}
	var b strings.Builder
	for i := 0; i < len(target); i++ {
		if target[i] == '\\' && isPunct(at(target, i+1)) {
			i++
		}
		b.WriteByte(target[i])
	}
	return b.String()
}

// emit makes nodes of the tokens.
func (in *inlineParser) emit() {
	for i := range in.tokens {
		t := in.tokens[i]
		start, end := in.sourceOf(t.start), in.chunk.end(t.end)
		switch t.kind {
		case textToken:
			in.write(in.chunk.text[t.start:t.end], start, end)
		case pieceToken:
			in.emitPiece(in.pieces[t.ref], start, end)
		case openToken:
			if t.ref < 0 {
				in.write(in.chunk.text[t.start:t.end], start, end)
				continue
			}
			in.open(in.links[t.ref].kind, start).URL = in.links[t.ref].url
		case closeToken:
			in.close(end)
		case runToken:
			in.emitRun(t)
		}
	}
}

func (in *inlineParser) emitPiece(p piece, start, end int) {
	switch p.kind {
	case Text:
		in.write(p.text, start, end)
	case Link:
		in.open(Link, start).URL = p.url
		in.write(p.text, start, end)
		in.close(end)
	default:
		in.leaf(&Node{Kind: p.kind, URL: p.url, Ping: p.ping, Start: start, End: end}, p.text)
	}
}
