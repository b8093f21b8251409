package markup

import (
	"unicode"
	"unicode/utf8"
)

// run is a run of one delimiter, such as ***.
type run struct {
	delimiter         *delimiter
	left              int // delimiters that no pair has used
	canOpen, canClose bool
	opens, closes     []pair // pairs that begin and end here, from the innermost outwards
	opening, closing  int    // the delimiters that they use
}

// pair is a part of a run that encloses text.
type pair struct {
	kind Kind
	size int
}

// run reads a run of delimiters.
func (in *inlineParser) run(i int, d *delimiter) int {
	text := in.chunk.text
	n := 1
	for at(text, i+n) == d.char {
		n++
	}
	r := run{delimiter: d, left: n}
	if n == 1 && d.one == "" || n > 1 && d.two == "" || n > 2 && d.exact {
		return in.token(textToken, i, i+n, 0)
	}
	r.canOpen, r.canClose = in.flanks(i, n, d)
	in.runs = append(in.runs, r)
	return in.token(runToken, i, i+n, len(in.runs)-1)
}

// flanks decides from the characters around a run whether it can open and close, as in
// CommonMark.
func (in *inlineParser) flanks(i, n int, d *delimiter) (canOpen, canClose bool) {
	before, _ := utf8.DecodeLastRuneInString(in.chunk.text[:i])
	after, _ := utf8.DecodeRuneInString(in.chunk.text[i+n:])
	if i == 0 {
		before = ' '
	}
	if i+n == len(in.chunk.text) {
		after = ' '
	}
	if d.loose && n > 1 {
		return true, true
	}
	left := !unicode.IsSpace(after) && (!punctuation(after) || unicode.IsSpace(before) || punctuation(before))
	right := !unicode.IsSpace(before) && (!punctuation(before) || unicode.IsSpace(after) || punctuation(after))
	switch {
	case in.words:
		return !unicode.IsSpace(after) && !wordRune(before), !unicode.IsSpace(before) && !wordRune(after)
	case d.char == '_':
		return left && (!right || punctuation(before)), right && (!left || punctuation(after))
	}
	return left, right
}

func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// opener is a run that waits for its end. An opener without a run marks the border of a
// link, which no pair crosses.
type opener struct {
	run  *run
	last int // the next lower opener of the same delimiter on the stack, or -1
}

// mostSkipped bounds how many openers that do not match a closer are skipped.
const mostSkipped = 8

// pairing finds the pairs of delimiters.
type pairing struct {
	stack   []opener
	heads   map[byte]int   // the topmost opener of each delimiter
	borders []map[byte]int // the heads outside the links that are open
}

func (in *inlineParser) pair() {
	p := &pairing{heads: map[byte]int{}}
	for _, t := range in.tokens {
		switch {
		case t.kind == openToken && t.ref >= 0:
			p.stack = append(p.stack, opener{last: -1})
			p.borders = append(p.borders, p.heads)
			p.heads = map[byte]int{}
		case t.kind == closeToken:
			p.closeLink()
		case t.kind == runToken:
			p.run(&in.runs[t.ref])
		}
	}
}

func (p *pairing) closeLink() {
	for p.stack[len(p.stack)-1].run != nil {
		p.stack = p.stack[:len(p.stack)-1]
	}
	p.stack = p.stack[:len(p.stack)-1]
	p.heads = p.borders[len(p.borders)-1]
	p.borders = p.borders[:len(p.borders)-1]
}

// run closes what a run can close, and lets the rest of it open something.
func (p *pairing) run(r *run) {
	for r.canClose && r.left > 0 {
		i := p.fitting(r)
		if i < 0 {
			break
		}
		open := p.stack[i].run
		join(open, r)
		p.cut(i + 1)
		if !open.usable() {
			p.cut(i)
		}
	}
	if r.canOpen && r.usable() {
		c := r.delimiter.char
		p.stack = append(p.stack, opener{r, p.head(c)})
		p.heads[c] = len(p.stack) - 1
	}
}

func (p *pairing) head(c byte) int {
	if i, ok := p.heads[c]; ok {
		return i
	}
	return -1
}

// cut drops the openers from an index on.
func (p *pairing) cut(size int) {
	for len(p.stack) > size {
		top := p.stack[len(p.stack)-1]
		p.heads[top.run.delimiter.char] = top.last
		p.stack = p.stack[:len(p.stack)-1]
	}
}

// fitting returns the nearest opener that a run can close, or -1.
func (p *pairing) fitting(closer *run) int {
	i := p.head(closer.delimiter.char)
	for range mostSkipped {
		if i < 0 || pairSize(p.stack[i].run, closer) > 0 {
			return i
		}
		i = p.stack[i].last
	}
	return -1
}

// usable reports whether what is left of a run can be part of a pair.
func (r *run) usable() bool {
	return r.left >= 2 && r.delimiter.two != "" || r.left >= 1 && r.delimiter.one != ""
}

// pairSize returns how many delimiters of each run form a pair, or 0. Runs that could
// both open and close only match if their sum is not a multiple of three, as in
// CommonMark.
func pairSize(open, closer *run) int {
	if closer.delimiter.exact {
		if open.left == closer.left {
			return open.left
		}
		return 0
	}
	total := func(r *run) int { return r.left + r.opening + r.closing }
	if !closer.delimiter.loose && (open.canClose || closer.canOpen) && (total(open)+total(closer))%3 == 0 &&
		(total(open)%3 != 0 || total(closer)%3 != 0) {
		return 0
	}
	switch {
	case open.left >= 2 && closer.left >= 2 && open.delimiter.two != "":
		return 2
	case open.delimiter.one != "" && !(open.delimiter.loose && (open.left == 2 || closer.left == 2)):
		return 1
	}
	return 0
}

// join makes a pair of two runs.
func join(open, closer *run) {
	made := pair{open.delimiter.one, pairSize(open, closer)}
	if made.size == 2 {
		made.kind = open.delimiter.two
	}
	open.left -= made.size
	open.opening += made.size
	open.opens = append(open.opens, made)
	closer.left -= made.size
	closer.closing += made.size
	closer.closes = append(closer.closes, made)
}

// emitRun ends and begins the nodes of a run. What no pair used is text.
func (in *inlineParser) emitRun(t token) {
	r := &in.runs[t.ref]
	i := t.start
	for _, p := range r.closes {
		i += p.size
		in.close(in.chunk.end(i))
	}
	if rest := t.end - r.opening; i < rest {
		in.write(in.chunk.text[i:rest], in.sourceOf(i), in.chunk.end(rest))
		i = rest
	}
	for k := len(r.opens) - 1; k >= 0; k-- {
		in.open(r.opens[k].kind, in.sourceOf(i))
		i += r.opens[k].size
	}
}
