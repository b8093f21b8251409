package webhook

import (
	"context"
	"slices"
	"sort"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Origin is the part of a template, in bytes, that printed a piece of output.
type Origin struct {
	Start, End int
	Literal    bool // it is a character of the template's own text; otherwise an action printed it

	// The argument of the {{ template }} that called the template which contains this;
	// both 0 in the outermost template.
	CallStart, CallEnd int
}

// Origins maps every byte of a Message's body to the part of the template that printed
// it.
type Origins struct {
	nodes    []origin
	trace           // of the output before its repair
	repaired []int  // where in the body the repaired line breaks are
	length   int    // of the body
	known    int    // up to where in the body the origins are exact
	whole    Origin // the whole template, the origin of what comes after that
}

// maxPieces bounds how many pieces of output, and how many repaired line breaks, are
// recorded of one rendering.
const maxPieces = 1 << 16

// WithOrigins records what prints what; see Template.Trace. It does not change the
// output.
func WithOrigins() Option { return func(t *Template) { t.origins = &origins{} } }

// Trace is like Render, and also returns where each byte of the body comes from. After
// some 65,000 pieces of output that is just somewhere in the template. The template
// must have been parsed WithOrigins.
func (t *Template) Trace(ctx context.Context, ev event.Event) (Message, *Origins, error) {
	if t.memory != nil {
		return t.recall(ctx, ev)
	}
	m, origins, _, err := t.execute(ctx, ev, true)
	return m, origins, err
}

// originsOf returns the origins of a message that was rendered just now.
func (t *Template) originsOf(m Message, noted trace) *Origins {
	o := &Origins{trace: trace{slices.Clone(noted.pieces), slices.Clone(noted.empty)}, length: len(m.Body), whole: Origin{End: len(t.text)}}
	o.repaired, o.known = repairedBreaks(m.Rendered, m.Body)
	if t.origins != nil {
		o.nodes = t.origins.nodes
	}
	return o
}

// size estimates how many bytes the origins take.
func (o *Origins) size() int {
	const aPiece, aBreak = 16, 8
	return aPiece*(len(o.pieces)+len(o.empty)) + aBreak*len(o.repaired)
}

// At returns what printed the byte of the body at an offset. An offset outside the body
// is moved to its nearest end. For an empty body it is the beginning of the template.
func (o *Origins) At(offset int) Origin {
	offset = min(max(offset, 0), max(o.length-1, 0))
	if offset > o.known {
		return o.whole
	}
	// Each line break before it has become two bytes. The second one of a pair
	// belongs to the pair.
	offset -= sort.SearchInts(o.repaired, offset)
	i := sort.Search(len(o.pieces), func(i int) bool { return o.pieces[i].start > offset }) - 1
	if i < 0 {
		return Origin{}
	}
	if o.pieces[i].node == anyNode {
		return o.whole
	}
	node := o.nodes[o.pieces[i].node]
	found := Origin{Start: node.start, End: node.end}
	if call := o.pieces[i].call; call > 0 {
		found.CallStart, found.CallEnd = o.nodes[call-1].start, o.nodes[call-1].end
	}
	if node.text == "" {
		return found
	}
	within := min(offset-o.pieces[i].start, len(node.text)-1)
	for within > 0 && !utf8.RuneStart(node.text[within]) {
		within--
	}
	_, size := utf8.DecodeRuneInString(node.text[within:])
	found.Start, found.End, found.Literal = node.start+within, node.start+within+size, true
	return found
}

// Reach reports whether the rendering came to something between two offsets of the
// template that prints, even if it printed nothing. When only the first pieces were
// recorded, Reach reports true.
func (o *Origins) Reach(start, end int) bool {
	reached := func(p piece) bool {
		if p.node == anyNode {
			return true
		}
		node := o.nodes[p.node]
		return node.start < max(end, start+1) && start < max(node.end, node.start+1)
	}
	return slices.ContainsFunc(o.pieces, reached) || len(o.empty) == maxNothings || slices.ContainsFunc(o.empty, reached)
}

// Nothing is an action that printed nothing, and where in the body that was.
type Nothing struct {
	Origin
	Offset int
}

// Nothings returns the actions that printed nothing, in the order of the body. An
// action that did so repeatedly at one place is returned once.
func (o *Origins) Nothings() []Nothing {
	all := make([]Nothing, 0, len(o.empty))
	for _, p := range o.empty {
		node := o.nodes[p.node]
		// In the body the i-th line break is i bytes further on than where it was
		// printed.
		offset := p.start + sort.Search(len(o.repaired), func(i int) bool { return o.repaired[i]-i >= p.start })
		all = append(all, Nothing{Origin{Start: node.start, End: node.end}, offset})
	}
	return all
}

// repairedBreaks returns the offsets in the body of the line breaks that RepairNewlines
// has escaped, and the offset up to which the list is complete.
func repairedBreaks(rendered, body []byte) ([]int, int) {
	if len(rendered) == len(body) {
		return nil, len(body)
	}
	var breaks []int
	at := 0
	for _, b := range rendered {
		if b == '\n' && body[at] != '\n' {
			if len(breaks) == maxPieces {
				return breaks, at
			}
			breaks = append(breaks, at)
			at++
		}
		at++
	}
	return breaks, len(body)
}

// origin is a node of the template that prints: text, or an action.
type origin struct {
	start, end int
	text       string // of a text node
}

// piece is the output from an offset on; node is the number of the node that printed
// it. call is one more than the number of the call that led there, or 0.
type piece struct {
	start      int
	node, call int32
}

// anyNode is the node of the last piece when there are too many.
const anyNode = -1

// origins are the nodes of a template that print.
type origins struct{ nodes []origin }

// call records that a node calls a template.
func (g *guard) call(node int) error {
	if g.tracing {
		g.endPiece()
		g.calls = append(g.calls, node+1)
	}
	return nil
}

// back records that a called template has ended.
func (g *guard) back(int) error {
	if g.tracing {
		g.endPiece()
		g.calls = g.calls[:max(len(g.calls)-1, 0)]
	}
	return nil
}

// origin records that a node prints what comes next.
func (g *guard) origin(node int) error {
	if !g.tracing {
		return nil
	}
	g.endPiece()
	call := 0
	if n := len(g.calls); n > 0 {
		call = g.calls[n-1]
	}
	switch n := len(g.trace.pieces); {
	case n < maxPieces:
		g.trace.pieces = append(g.trace.pieces, piece{g.out.Len(), int32(node), int32(call)})
	case n == maxPieces:
		g.trace.pieces = append(g.trace.pieces, piece{g.out.Len(), anyNode, 0})
	}
	return nil
}

// endPiece removes the last piece if its node printed nothing.
func (g *guard) endPiece() {
	last := len(g.trace.pieces) - 1
	if last < 0 || g.trace.pieces[last].start != g.out.Len() {
		return
	}
	p := g.trace.pieces[last]
	g.trace.pieces = g.trace.pieces[:last]
	if p.node == anyNode {
		return
	}
	if n := len(g.trace.empty); n < maxNothings && (n == 0 || g.trace.empty[n-1] != p) {
		g.trace.empty = append(g.trace.empty, p)
	}
}

// maxNothings bounds what is recorded in loops that print nothing.
const maxNothings = 10_000

// trace records where a rendering's output comes from.
type trace struct {
	pieces []piece
	empty  []piece // actions that printed nothing
}

// plantOrigins puts a mark in front of each node that prints. One call of Write always
// comes from one such node.
func (t *Template) plantOrigins(root *template.Template) {
	for _, tmpl := range root.Templates() {
		if tmpl.Tree == nil || tmpl.Root == nil {
			continue
		}
		source.Inspect(tmpl.Root, func(node parse.Node) bool {
			if list, ok := node.(*parse.ListNode); ok {
				list.Nodes = t.marked(list.Nodes)
			}
			return true
		})
	}
}

func (t *Template) marked(nodes []parse.Node) []parse.Node {
	o := t.origins
	marked := make([]parse.Node, 0, 2*len(nodes))
	note := func(from origin) int {
		o.nodes = append(o.nodes, from)
		return len(o.nodes) - 1
	}
	plant := func(pos parse.Pos, does func(*guard, int) error, node int) {
		marked = append(marked, t.marks.mark(pos, does, node))
	}
	for _, node := range nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			plant(node.Pos, (*guard).origin, note(origin{start: int(node.Pos), end: int(node.Pos) + len(node.Text), text: string(node.Text)}))
		case *parse.ActionNode:
			if len(node.Pipe.Decl) == 0 {
				plant(node.Pos, (*guard).origin, note(t.pipelineOrigin(node.Pipe)))
			}
		case *parse.TemplateNode:
			if node.Pipe != nil {
				plant(node.Pos, (*guard).call, note(t.pipelineOrigin(node.Pipe)))
				marked = append(marked, node)
				plant(node.Pos, (*guard).back, 0)
				continue
			}
		}
		marked = append(marked, node)
	}
	return marked
}

// pipelineOrigin returns the part of the template that is an action's pipeline, without
// the blanks around it and the trim marker after it.
func (t *Template) pipelineOrigin(pipe *parse.PipeNode) origin {
	const blanks = " \t\r\n"
	start := int(pipe.Position())
	end := source.ActionEnd(t.text, start)
	if end < 0 {
		return origin{start: start, end: start}
	}
	body := strings.TrimRight(t.text[start:end], blanks)
	if trimmed, ok := strings.CutSuffix(body, "-"); ok && strings.TrimRight(trimmed, blanks) != trimmed {
		body = strings.TrimRight(trimmed, blanks)
	}
	end = start + len(body)
	return origin{start: end - len(strings.TrimLeft(body, blanks)), end: end}
}
