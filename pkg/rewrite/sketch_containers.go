package rewrite

import (
	"slices"
	"text/template/parse"
)

// begin records that a member of the open container begins here.
func (s *sketcher) begin(list *parse.ListNode, offset int, p place) place {
	f := *p.frame
	loops := s.loops
	if i := slices.IndexFunc(s.calls, func(c *called) bool { return c.frame == p.frame }); i >= 0 { // its comma belongs before the call
		s.moved[offset] = s.calls[i].start
		offset, list, loops = s.calls[i].start, s.calls[i].list, s.calls[i].loops
	}
	e := s.elements[offset]
	if e == nil {
		e = &element{offset: offset, container: f.open, before: f.members, list: list}
		s.elements[offset] = e
	}
	e.before = joinCounts(e.before, f.members)
	s.unite(e.container, f.open)
	e.loop = nil
	for _, l := range slices.Backward(loops) {
		if l.depth >= depth(p.frame) {
			e.loop = l.node
			break
		}
	}
	f.members = countSome
	p.frame = &f
	return p
}

// maxDepth is how deeply JSON may nest; encoding/json accepts no more.
const maxDepth = 10_000

func (s *sketcher) open(list *parse.ListNode, offset int, array bool, p place) place {
	if p.lex == lexBare && p.frame != nil && p.frame.array {
		p.lex = lexBetween
	}
	switch {
	case p.lex == lexBegin || p.lex == lexValue:
	case p.lex == lexBetween && p.frame.array:
		p = s.begin(list, offset, p)
	case s.lenient && p.lex == lexBetween && !array && p.frame.members != countNone:
		q, ok := s.nextElement(list, offset, p)
		if !ok {
			s.fail(offset, "an object cannot begin here")
			return p
		}
		p = q
	case s.lenient && p.lex == lexBetween && !array && keyAhead(s.text[offset+1:]):
		s.note(offset, offset+1, "", "a brace too many", "remove it")
		p.frame = &frame{parent: p.frame, open: offset, members: p.frame.members, doubled: true}
		return p
	default:
		s.fail(offset, "an object or a list cannot begin here")
		return p
	}
	s.lists[offset] = list
	p.frame = &frame{parent: p.frame, open: offset, array: array}
	if outer := p.frame.parent; outer != nil {
		if p.frame.depth = outer.depth + 1; p.frame.depth > maxDepth {
			s.fail(offset, "more than %d objects and lists are within one another", maxDepth)
		}
	}
	if s.lenient && array && keyAhead(s.text[offset+1:]) {
		s.note(offset, offset+1, "{", "a bracket around keys", "write {")
		p.frame.array, p.frame.swapped = false, true
	}
	p.lex = lexBetween
	return p
}

func (s *sketcher) close(offset int, array bool, p place) place {
	if s.lenient && p.frame != nil && p.frame.parent == nil && p.frame.array == array && s.goesOn(offset, array) {
		s.note(offset, offset+1, "", "a bracket too many", "remove it")
		p.lex = lexBetween
		return p
	}
	if s.lenient && (p.lex == lexBetween || p.lex == lexBare) && p.frame.array != array {
		q, ok := s.closeLeniently(offset, array, p)
		if !ok || q.frame == nil || q.frame.array != array {
			return q
		}
		p = q
	}
	if p.frame == nil || p.frame.array != array || p.lex != lexBetween && p.lex != lexBare {
		s.fail(offset, "this closes nothing that is open")
		return p
	}
	if s.lenient {
		s.trailingComma(offset)
	}
	if p.frame.doubled {
		s.note(offset, offset+1, "", "a brace too many", "remove it")
		f := *p.frame.parent
		f.members = p.frame.members
		p.frame, p.lex = &f, lexBetween
		return p
	}
	if other, ok := s.closings[offset]; ok {
		s.unite(other, p.frame.open)
	}
	s.closings[offset] = p.frame.open
	p.frame = p.frame.parent
	return endValue(p)
}

// trailingComma records a comma before a closing bracket, with nothing but comments
// between them.
func (s *sketcher) trailingComma(offset int) {
	at := s.endBefore(offset) - 1
	if at >= 0 && s.text[at] == ',' && s.commas[at] != nil {
		s.note(at, at+1, "", "a comma before the closing bracket", "remove it")
	}
}

// endBefore returns where what precedes an offset ends, without spaces and comments.
func (s *sketcher) endBefore(offset int) int {
	for end := offset; ; offset = end {
		end = beforeComments(s.text, offset)
		if start, ok := s.commentEnds[end]; ok && s.strays[start].What == Comment {
			end = start
		}
		if end == offset {
			return end
		}
	}
}

func (s *sketcher) commaByte(list *parse.ListNode, offset int, p place) place {
	if p.frame == nil || p.lex != lexBetween && p.lex != lexBare {
		if p.lex == lexBare {
			return p
		}
		s.fail(offset, "a comma cannot be here")
		return p
	}
	s.noteComma(list, offset, offset+1, p)
	p.lex = lexBetween
	return p
}

func (s *sketcher) noteComma(list *parse.ListNode, start, end int, p place) {
	if c := s.commas[start]; c != nil {
		s.unite(c.container, p.frame.open)
		return
	}
	s.commas[start] = &comma{start: start, end: end, container: p.frame.open, list: list}
}
