package markup

// builder builds a tree from what a parser finds in one pass from left to right: text,
// and where nodes begin and end. Until the document ends, nodes know their text only as
// a range of out.
type builder struct {
	source string
	out    []byte
	stack  []*Node // the open nodes; the first is the document
	// The text that is not yet a node: out[from:], from source[start:end].
	from, start, end int
	dropped          []Dropped
}

func newBuilder(source string) *builder {
	return &builder{source: source, out: make([]byte, 0, len(source)), stack: []*Node{{}}}
}

// copy takes text as is.
func (b *builder) copy(start, end int) { b.write(b.source[start:end], start, end) }

// write adds text that source[start:end] stands for.
func (b *builder) write(text string, start, end int) {
	if b.from == len(b.out) {
		b.start = start
	}
	b.end = end
	b.out = append(b.out, text...)
}

// writeByte adds one byte of text that source[start:end] stands for.
func (b *builder) writeByte(c byte, start, end int) {
	if b.from == len(b.out) {
		b.start = start
	}
	b.end = end
	b.out = append(b.out, c)
}

// flush makes a node of the pending text.
func (b *builder) flush() {
	if b.from < len(b.out) {
		b.add(&Node{Kind: Text, Start: b.start, End: b.end, from: b.from, to: len(b.out)})
	}
	b.from = len(b.out)
}

// add adds a node to the innermost open one. Adjacent texts are joined.
func (b *builder) add(node *Node) {
	parent := b.top()
	if last := len(parent.Nodes) - 1; node.Kind == Text && last >= 0 {
		before := parent.Nodes[last]
		if before.Kind == Text && before.to == node.from && !before.Ping {
			before.to, before.End = node.to, node.End
			return
		}
	}
	parent.Nodes = append(parent.Nodes, node)
}

// open begins a node.
func (b *builder) open(kind Kind, start int) *Node {
	b.flush()
	node := &Node{Kind: kind, Start: start, from: len(b.out)}
	b.stack = append(b.stack, node)
	return node
}

// top is the innermost open node.
func (b *builder) top() *Node { return b.stack[len(b.stack)-1] }

// longestOwnURL bounds how much of a link's text is read as its target, so that nested
// links cost no more than their length.
const longestOwnURL = 4096

// inner returns the text of the innermost open node so far, or "" if it is too long to
// be the target of a link.
func (b *builder) inner() string {
	inner := b.out[b.top().from:]
	if len(inner) > longestOwnURL {
		return ""
	}
	return string(inner)
}

// close ends the innermost node and returns it. A node without text is dropped.
func (b *builder) close(end int) *Node {
	node := b.pop(end)
	if node.from < node.to {
		b.add(node)
	}
	return node
}

// unwrap ends the innermost node and keeps only its contents.
func (b *builder) unwrap(end int) {
	for _, child := range b.pop(end).Nodes {
		b.add(child)
	}
}

func (b *builder) pop(end int) *Node {
	b.flush()
	node := b.top()
	b.stack = b.stack[:len(b.stack)-1]
	node.End, node.to = end, len(b.out)
	if node.Kind == Code || node.Kind == CodeBlock {
		node.Nodes = nil // they are leaves: markup in them is not interpreted
	}
	return node
}

// document ends the text and returns the tree.
func (b *builder) document(dialect Dialect) *Document {
	b.flush()
	d := &Document{Dialect: dialect, Text: string(b.out), Nodes: b.stack[0].Nodes}
	d.fillTexts()
	return d
}

// fillTexts gives the leaves their text once the text of the document is known.
func (d *Document) fillTexts() {
	for node := range d.Walk() {
		if len(node.Nodes) == 0 {
			node.Text = d.Text[node.from:node.to]
		}
	}
}
