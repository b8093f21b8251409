package webhook

import "text/template/parse"

// marks are planted in a template to do something when an execution comes to them. A
// mark is a text node without text, which costs text/template a call of Write and no
// more. What is written tells by where it is in the memory which mark it is.
type marks struct {
	all  []mark
	base []byte // as long as all: the text of the i-th is the empty one at its byte i
}

type mark struct {
	does func(g *guard, n int) error // an error ends the execution
	n    int
	text *parse.TextNode
}

// mark returns a new mark, to be put into the list of nodes around a position.
func (m *marks) mark(pos parse.Pos, does func(g *guard, n int) error, n int) *parse.TextNode {
	text := &parse.TextNode{NodeType: parse.NodeText, Pos: pos}
	m.all = append(m.all, mark{does, n, text})
	return text
}

// plant puts a mark in front of a list.
func (m *marks) plant(list *parse.ListNode, does func(g *guard, n int) error, n int) {
	list.Nodes = append([]parse.Node{m.mark(list.Pos, does, n)}, list.Nodes...)
}

// isMark reports whether a text node is a mark: text/template has none without text.
func isMark(node *parse.TextNode) bool { return len(node.Text) == 0 }

// place tells the marks apart. It is called once they are all planted.
func (m *marks) place() {
	m.base = make([]byte, len(m.all))
	for i := range m.all {
		m.all[i].text.Text = m.base[i:i]
	}
}

// reach does what the mark does that an empty text is, if it is one.
func (m *marks) reach(g *guard, text []byte) error {
	i := len(m.base) - cap(text)
	if cap(text) == 0 || i < 0 || &text[:1][0] != &m.base[i] {
		return nil // an action has printed nothing
	}
	if err := m.all[i].does(g, m.all[i].n); err != nil {
		return &stopError{int(m.all[i].text.Pos), err}
	}
	return nil
}

// stopError is why a mark has ended an execution.
type stopError struct {
	offset int // of the mark, in the template
	err    error
}

func (e *stopError) Error() string { return e.err.Error() }
func (e *stopError) Unwrap() error { return e.err }
