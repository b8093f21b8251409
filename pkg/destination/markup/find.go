package markup

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// found is a part of a plain text that a system turns into something.
type found struct {
	kind       Kind
	start, end int
	url        string
	ping       bool
}

// insertFound inserts a find into those that are sorted by their start, unless it
// overlaps one. next is where the last one was inserted, for a scan from left to right.
func insertFound(all []found, next *int, f found) []found {
	for *next < len(all) && all[*next].end <= f.start {
		*next++
	}
	if *next < len(all) && all[*next].start < f.end {
		return all
	}
	return slices.Insert(all, *next, f)
}

// rewriteTexts replaces the text nodes outside links, mentions and code by the result
// of find.
func (d *Document) rewriteTexts(find func(string) []found) {
	root := &Node{Nodes: d.Nodes}
	stack := []*Node{root}
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, child := range node.Nodes {
			if len(child.Nodes) > 0 && child.Kind != Link && child.Kind != Mention {
				stack = append(stack, child)
			}
		}
		node.Nodes = splitTexts(node.Nodes, find)
	}
	d.Nodes = root.Nodes
}

// splitTexts replaces the text nodes among siblings.
func splitTexts(nodes []*Node, find func(string) []found) []*Node {
	var split []*Node
	for i, node := range nodes {
		var all []found
		if node.Kind == Text {
			all = find(node.Text)
		}
		if all == nil {
			if split != nil {
				split = append(split, node)
			}
			continue
		}
		if split == nil {
			split = append(make([]*Node, 0, len(nodes)+2*len(all)), nodes[:i]...)
		}
		split = append(split, node.split(all)...)
	}
	if split == nil {
		return nodes
	}
	return split
}

// split cuts a text node at what was found in it. The offsets in the source are exact
// if the source has the text as it is; otherwise all parts have those of the whole.
func (n *Node) split(all []found) []*Node {
	var parts []*Node
	exact := n.End-n.Start == len(n.Text)
	part := func(kind Kind, from, to int) *Node {
		p := &Node{Kind: kind, Text: n.Text[from:to], Start: n.Start, End: n.End, from: n.from + from, to: n.from + to}
		if exact {
			p.Start, p.End = n.Start+from, n.Start+to
		}
		parts = append(parts, p)
		return p
	}
	last := 0
	for _, f := range all {
		if last < f.start {
			part(Text, last, f.start)
		}
		p := part(f.kind, f.start, f.end)
		p.URL, p.Ping, p.auto = f.url, f.ping, true
		if f.kind == Link { // a link contains its label
			label := *p
			label.Kind, label.URL = Text, ""
			p.Text, p.Nodes = "", []*Node{&label}
		}
		last = f.end
	}
	if last < len(n.Text) {
		part(Text, last, len(n.Text))
	}
	return parts
}

// findURLs finds URLs with a scheme in plain text.
func findURLs(text string) []found {
	var all []found
	for i := 0; i < len(text); {
		next := strings.Index(text[i:], "http")
		if next < 0 {
			return all
		}
		start := i + next
		end := urlEnd(text, start)
		if end > start {
			all = append(all, found{kind: Link, start: start, end: end, url: text[start:end]})
			i = end
			continue
		}
		i = start + 4
	}
	return all
}

// urlEnd returns the end of the URL at an offset, or 0 if there is none. Punctuation
// that ends a sentence is not part of it.
func urlEnd(text string, start int) int {
	if start > 0 && (isAlnum(text[start-1]) || text[start-1] == '_') {
		return 0
	}
	rest := strings.TrimPrefix(text[start+4:], "s")
	host, ok := strings.CutPrefix(rest, "://")
	if !ok || host == "" {
		return 0
	}
	from := len(text) - len(host)
	end := from
	for end < len(text) && text[end] > ' ' && strings.IndexByte("<>\"`|\\{}^", text[end]) < 0 {
		if text[end] == 0xe3 && strings.HasPrefix(text[end:], "\u3000") {
			break
		}
		end++
	}
	for end > from && strings.IndexByte(".,:;!?'*_~)]", text[end-1]) >= 0 {
		if text[end-1] == ')' && strings.Count(text[from:end], "(") >= strings.Count(text[from:end], ")") {
			break
		}
		end--
	}
	if end == from {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(text[from:]); !isAlnum(text[from]) && text[from] != '[' && r < utf8.RuneSelf {
		return 0
	}
	return end
}
