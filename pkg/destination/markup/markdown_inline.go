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
