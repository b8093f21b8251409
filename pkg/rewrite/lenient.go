package rewrite

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// sketchLeniently makes the outline of a template that is JSON except for strays.
func sketchLeniently(text, root string, trees treesByName) (*outline, error) {
	o, err := sketchWith(text, root, trees, true, nil)
	if err == nil {
		if short := o.shortComments(text); len(short) > 0 {
			if other, otherErr := sketchWith(text, root, trees, true, short); otherErr == nil {
				return other, nil
			}
		}
	}
	if err != nil && strings.ContainsAny(text, "#/") { // what begins with a comment marker may be the document
		if other, otherErr := sketchWith(text, root, trees, false, nil); otherErr == nil {
			return other, nil
		}
	}
	return o, err
}

// sketchWith makes the outline, with or without support for line comments. The comments
// that begin at the offsets in short end before the brackets at the end of their lines.
func sketchWith(text, root string, trees treesByName, lineComments bool, short map[int]bool) (*outline, error) {
	s := newSketcher(text, trees)
	s.lenient, s.lineComments, s.short = true, lineComments, short
	tree := trees[root]
	if tree == nil || tree.Root == nil {
		return nil, &errShape{message: "the template is empty"}
	}
	s.begins = len(text)
	p := s.list(tree.Root, place{})
	s.finish(p)
	if s.failure != nil {
		return nil, s.failure
	}
	return s.outline, nil
}

// finish closes what is still open at the end.
func (s *sketcher) finish(p place) {
	end := len(strings.TrimRight(s.text, " \t\r\n"))
	if p.lex == lexLine {
		s.comment(p.from, end)
		p.lex = p.back
	}
	switch {
	case s.failure != nil:
	case p.lex == lexString && s.ends[end]:
		s.finish(endValue(p))
	case p.lex == lexString && p.frame != nil:
		s.finish(s.unclosed(end, p))
	case p.lex == lexBegin && s.begins < len(s.text): // within a branch
	case p.lex == lexBegin || p.frame == nil && p.lex != lexDone:
		s.fail(0, "there is no JSON")
	case p.frame != nil && p.lex != lexBetween && p.lex != lexBare:
		s.fail(end, "the body ends within a string, or after a key")
	case p.frame != nil && s.openedTwice(p.frame, end):
		p.frame = p.frame.parent
		s.finish(endValue(p))
	case p.frame != nil:
		var closers strings.Builder
		for f := p.frame; f != nil; f = f.parent {
			closers.WriteString(closer(f))
		}
		all := s.strays[end].Text + closers.String() // the former is a quote
		s.note(end, end, all, "no end", "add "+all+" at the end")
	}
}

func closer(f *frame) string {
	if f.array {
		return "]"
	}
	return "}"
}

// aroundByte records a byte before or after the document.
func (s *sketcher) aroundByte(offset int) {
	size := 1
	if r, n := utf8.DecodeRuneInString(s.text[offset:]); r != utf8.RuneError {
		size = n
	}
	s.strays[offset] = Stray{Start: offset, End: offset + size, around: true}
	s.skip = span{offset, offset + size}
}

// missingBrace matches a key at the position where a document must begin.
var missingBrace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^"(?:[^"\\\n{}]|\\.)*"\s*:`) })

// lenientByte advances over a byte that JSON does not allow at this position. done is
// false if the byte is valid, or invalid beyond repair.
func (s *sketcher) lenientByte(offset int, b byte, p place) (q place, done bool) {
	if s.skip.start <= offset && offset < s.skip.end {
		return p, true
	}
	rest := s.text[offset:]
	if p.lex == lexLine || p.lex == lexBlock {
		return s.inComment(offset, b, p)
	}
	if p.inString() {
		return s.lenientString(offset, b, p)
	}
	if q, ok := s.beginComment(offset, rest, p); ok {
		return q, true
	}
	if b == '"' {
		q, done := s.lenientQuote(offset, p)
		if done {
			return q, true
		}
		p = q
	}
	p = s.missingColon(offset, b, p)
	if b >= utf8.RuneSelf {
		return s.lookalike(offset, p)
	}
	if foreign.LineContinues(rest) > 0 && p.lex != lexBegin && p.lex != lexDone {
		what, hint := jsonwords.ContinuedLine()
		s.note(offset, offset+1, "", what, hint)
		return p, true
	}
	if quote := foreign.EscapedQuote(rest); quote != "" && (p.lex == lexBetween || p.lex == lexValue) {
		return s.escapedQuote(offset, quote, p), false
	}
	if automaton.IsSpace(b) {
		return p, false
	}
	return s.outside(offset, b, p)
}

// inComment advances over a byte of a comment.
func (s *sketcher) inComment(offset int, b byte, p place) (q place, done bool) {
	if p.lex == lexBlock {
		if b == '/' && offset > p.from+2 && s.text[offset-1] == '*' {
			s.comment(p.from, offset+1)
			p.lex = p.back
		}
		return p, true
	}
	short := s.short[p.from] && offset >= s.until
	if b != '\n' && !short {
		return p, true
	}
	s.comment(p.from, offset)
	p.lex = p.back
	if short {
		s.noteDoubt(p.from, hidesRest, endComment+"; --unsafe ends it before the brackets")
		return s.lenientByte(offset, b, p)
	}
	return p, true
}

// outside advances over a byte before or after the document, and begins it.
func (s *sketcher) outside(offset int, b byte, p place) (q place, done bool) {
	rest := s.text[offset:]
	switch {
	case p.lex == lexBegin && (b == '"' && missingBrace().MatchString(rest) || s.bareKey(offset) > offset && s.oneBraceMore()):
		s.note(offset, offset, "{", "no first brace", "begin the body with {")
		s.begins = min(s.begins, offset)
		p.frame, p.lex = &frame{open: offset}, lexBetween
		return p, false
	case p.lex == lexDone && b == '{' && s.anotherDocument(offset):
		p.frame, p.lex = &frame{open: s.root, members: countSome}, lexBetween
		return p, true
	case p.lex == lexDone && b == ',' && s.memberGoesOn(offset):
		s.losing = true
		s.aroundByte(offset)
		return p, true
	case p.lex == lexDone && b == '[' && strings.Trim(rest, "[ \t\r\n") != "":
		s.losing = true
		fallthrough
	case p.lex == lexBegin && b != '{' && b != '[', p.lex == lexDone && (b != '{' || s.losing):
		s.aroundByte(offset)
		return p, true
	case p.lex == lexBegin:
		s.begins, s.root = min(s.begins, offset), offset
		s.rootArray = b == '['
	}
	return p, false
}

// oneBraceMore reports whether the text ends in a closing brace that has no opening
// brace.
func oneBraceMore(text string) bool {
	text = strings.TrimRight(withoutActions(text), blanks)
	return strings.HasSuffix(text, "}") && strings.Count(text, "}") == strings.Count(text, "{")+1
}

// memberGoesOn reports whether a comma and a key follow.
func (s *sketcher) memberGoesOn(offset int) bool {
	rest, comma := strings.CutPrefix(afterBlanks(s.text[offset:]), ",")
	return comma && keyAhead(rest)
}

// closeLeniently handles a mismatched closing bracket by closing what it probably
// means. It is ok if the bracket is still to be closed.
func (s *sketcher) closeLeniently(offset int, array bool, p place) (q place, ok bool) {
	switch {
	case p.frame.swapped:
		s.note(offset, offset+1, closer(p.frame), "a bracket that does not match the open one", "write "+closer(p.frame))
		p.frame = p.frame.parent
		return endValue(p), true
	case !array && p.frame.array && p.frame.parent != nil && p.frame.parent.parent == nil && s.memberGoesOn(offset+1):
		s.note(offset, offset+1, "]", "a bracket that does not match the open one", "write ]")
		s.closings[offset] = p.frame.open
		p.frame = p.frame.parent
		return endValue(p), false
	case s.tooMany(offset, array, p):
		s.note(offset, offset+1, "", "a bracket too many", "remove it")
		return p, true
	case p.frame.parent != nil && p.frame.parent.array == array && s.openedTwice(p.frame, offset):
		p.frame = p.frame.parent
		p.lex = lexBetween
		return p, true
	}
	missing := ""
	for f := p.frame; f != nil; f = f.parent {
		if f.array == array {
			for p.frame != f {
				s.closings[offset-1] = p.frame.open
				p.frame = p.frame.parent
			}
			s.note(offset, offset, missing, "no "+missing, "add "+missing+" before it")
			p.lex = lexBetween
			return p, true
		}
		missing += closer(f)
	}
	if p.frame != nil && p.frame.parent == nil && strings.Trim(s.text[offset+1:], " \t\r\n") == "" {
		s.note(offset, offset+1, closer(p.frame), "a bracket that does not match the open one", "write "+closer(p.frame))
		p.frame = nil
		p.lex = lexDone
		return p, true
	}
	s.note(offset, offset+1, "", "a bracket too many", "remove it")
	return p, true
}
