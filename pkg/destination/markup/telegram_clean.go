package markup

import (
	"slices"
	"strings"
)

// telegram ends the text as Telegram does: it drops or replaces characters that are not
// allowed, and trims spaces and line breaks around the whole.
func (b *builder) telegram(dialect Dialect) *Document {
	b.flush()
	d := &Document{Dialect: dialect, Nodes: b.stack[0].Nodes, Dropped: b.dropped}
	out := cleanTelegram(b.out, d.Nodes)
	from := 0
	for from < len(out) && (out[from] == ' ' || out[from] == '\n') {
		from++
	}
	to := len(out)
	for to > from && (out[to-1] == ' ' || out[to-1] == '\n') {
		to--
	}
	d.Text = string(out[from:to])
	for node := range d.Walk() {
		node.from = min(max(node.from, from), to) - from
		node.to = min(max(node.to, from), to) - from
		if node.Kind == Code {
			node.Language = "" // only a block of code has one
		}
	}
	d.Nodes = withoutEmpty(d.Nodes)
	d.fillTexts()
	d.rewriteTexts(findInTelegram)
	return d
}

// withoutEmpty removes nodes that have lost their text.
func withoutEmpty(nodes []*Node) []*Node {
	root := &Node{Nodes: nodes}
	stack := []*Node{root}
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		kept := node.Nodes[:0]
		for _, child := range node.Nodes {
			if child.from < child.to {
				kept = append(kept, child)
				stack = append(stack, child)
			}
		}
		node.Nodes = kept
	}
	return root.Nodes
}

// cleanTelegram is TDLib's clean_input_string: control characters become spaces, and
// carriage returns, line and paragraph separators with the marks next to them, and
// three combining lines are removed. The ranges of nodes follow.
func cleanTelegram(text []byte, nodes []*Node) []byte {
	if !needsCleaning(text) {
		return text
	}
	moved := make([]int, len(text)+1)
	clean := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		n := vanishing(text[i:])
		for k := range max(n, 1) {
			moved[i+k] = len(clean)
		}
		switch c := text[i]; {
		case n > 0:
			i += n
			continue
		case c < ' ' && c != '\n':
			clean = append(clean, ' ')
		default:
			clean = append(clean, c)
		}
		i++
	}
	moved[len(text)] = len(clean)
	for node := range (&Document{Nodes: nodes}).Walk() {
		node.from, node.to = moved[node.from], moved[node.to]
	}
	return clean
}

func needsCleaning(text []byte) bool {
	for i, c := range text {
		if c < ' ' && c != '\n' || (c == 0xe2 || c == 0xcc) && vanishing(text[i:]) > 0 {
			return true
		}
	}
	return false
}

// vanishing returns how many bytes at the beginning of a text Telegram removes.
func vanishing(text []byte) int {
	switch {
	case text[0] == '\r':
		return 1
	case text[0] == 0xe2 && len(text) > 2 && text[1] == 0x80 && 0xa8 <= text[2] && text[2] <= 0xae:
		return 3
	case text[0] == 0xcc && len(text) > 1 && (text[1] == 0xb3 || text[1] == 0xbf || text[1] == 0x8a):
		return 2
	}
	return 0
}

// findInTelegram finds @names in plain text, which notify, and the URLs that Telegram
// turns into links.
func findInTelegram(text string) []found {
	all := slices.DeleteFunc(findURLs(text), func(f found) bool { return !telegramHosted(f.url) })
	last := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '@' {
			continue
		}
		if name := telegramName(text, i); name > 0 {
			all = insertFound(all, &last, found{Mention, i, i + name, "", true})
			i += name - 1
		}
	}
	return all
}

// telegramName returns the length of the @name at an offset, or 0. A name has 4 to 32
// letters, digits and underscores, or is one of the short names that Telegram has
// assigned. It must not follow such a character.
func telegramName(text string, i int) int {
	if i > 0 && (isAlnum(text[i-1]) || text[i-1] == '_' || text[i-1] == '@' || text[i-1] >= 0x80) {
		return 0
	}
	n := 1
	for c := at(text, i+n); isAlnum(c) || c == '_'; c = at(text, i+n) {
		n++
	}
	const shortest, longest = 4, 32
	if name := text[i+1 : i+n]; len(name) > longest || at(text, i+n) == '@' || len(name) < shortest && !shortName(name) {
		return 0
	}
	return n
}

// shortName reports whether a short name is one that Telegram has assigned to a bot.
func shortName(name string) bool {
	return strings.EqualFold(name, "gif") || strings.EqualFold(name, "vid") || strings.EqualFold(name, "pic")
}

// telegramHosted checks whether Telegram links a URL in plain text.
func telegramHosted(url string) bool {
	host := url[strings.Index(url, "//")+2:]
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		host = host[:i]
	}
	return strings.Contains(host, ".")
}
