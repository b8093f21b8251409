package rewrite

import (
	"slices"
	"strings"
	"text/template/parse"
)

// tooMany reports whether a mismatched bracket closes nothing: what follows still
// belongs to the open object or list, or to its loop.
func (s *sketcher) tooMany(offset int, array bool, p place) bool {
	rest := strings.TrimLeft(s.text[offset+1:], " \t\r\n")
	next, comma := strings.CutPrefix(rest, ",")
	next = strings.TrimLeft(next, " \t\r\n")
	switch {
	case len(s.loops) > 0 && depth(p.frame) <= s.loops[len(s.loops)-1].depth:
		return true
	case array: // within an object
		return comma && keyAhead(next)
	case comma: // within a list
		return next != "" && strings.IndexByte("{[", next[0]) >= 0 && !strings.HasPrefix(next, leftDelim)
	}
	return strings.HasPrefix(rest, "]")
}

// openedTwice reports whether a list contains only another list, whose bracket directly
// follows its own, and is never closed: then one bracket is superfluous. Rows of
// buttons, in contrast, are lists of lists.
func (s *sketcher) openedTwice(f *frame, until int) bool {
	inner := f.open + 1 + len(s.text[f.open+1:]) - len(strings.TrimLeft(s.text[f.open+1:], " \t\r\n"))
	end := len(strings.TrimRight(s.text[:until], " \t\r\n"))
	before := strings.TrimRight(s.text[:f.open], " \t\r\n:")
	if !f.array || f.parent == nil || s.strays[f.open].End > 0 || strings.HasSuffix(before, `keyboard"`) {
		return false
	}
	if open, closed := s.closings[end-1]; !closed || open != inner || s.text[inner] != '[' {
		return false
	}
	s.note(f.open, f.open+1, "", "a bracket too many", "remove it")
	return true
}

// maxMerged bounds how many documents are merged into one.
const maxMerged = 20

// anotherDocument reports whether the brace after a document opens another one. Two
// objects that share no key are merged; otherwise the second is dropped.
func (s *sketcher) anotherDocument(offset int) bool {
	before := len(strings.TrimRight(s.text[:offset], " \t\r\n,;"))
	if s.merged++; s.merged > maxMerged || s.rootArray || s.surrounded() || before <= s.root || s.text[before-1] != '}' || s.losing {
		return false
	}
	if open, closed := s.closings[before-1]; !closed || open != s.root {
		return false
	}
	first, second := rootKeys(s.text[s.root:before]), rootKeys(s.text[offset:])
	if slices.ContainsFunc(second, func(key string) bool { return slices.Contains(first, key) }) {
		s.losing = true
		return false
	}
	between := ", "
	if space := strings.TrimLeft(s.text[before:offset], ",; \t"); space != "" {
		between = "," + space
	}
	s.note(before-1, offset+1, between, "two objects one after another", "write one object with all keys")
	return true
}

// surrounded reports whether anything surrounds the document.
func (s *sketcher) surrounded() bool {
	for _, stray := range s.strays {
		if stray.around && stray.What != Comment {
			return true
		}
	}
	return false
}

// goesOn reports whether members of the document follow its closing bracket.
func (s *sketcher) goesOn(offset int, array bool) bool {
	next, comma := strings.CutPrefix(strings.TrimLeft(s.text[offset+1:], " \t\r\n"), ",")
	next = strings.TrimLeft(next, " \t\r\n")
	return comma && next != "" && (!array && keyAhead(next) || array && strings.IndexByte("{[", next[0]) >= 0 && !strings.HasPrefix(next, leftDelim))
}

// listNotClosed closes a list before a key of the object that contains the list.
func (s *sketcher) listNotClosed(offset int, p place) (q place, ok bool) {
	before := strings.TrimRight(s.text[:offset], " \t\r\n")
	at := len(strings.TrimRight(before, ", \t\r\n"))
	if at == len(before) || p.frame.parent == nil || p.frame.parent.array || p.frame.members == countNone {
		return p, false
	}
	s.note(at, at, "]", "no ]", "add ] before it")
	p.frame = p.frame.parent
	return p, true
}

// objectNotOpened opens an object before a key in a list, if what follows closes it, or
// if the turn of a loop begins with the key.
func (s *sketcher) objectNotOpened(offset int, p place) place {
	turn := len(s.loops) > 0 && depth(p.frame) == s.loops[len(s.loops)-1].depth && strings.HasSuffix(s.text[:s.endBefore(offset)], rightDelim)
	if s.closesNext(offset) != '}' && !turn {
		return p
	}
	s.note(offset, offset, "{", "no {", "write { before it")
	p.frame = &frame{parent: p.frame, open: offset}
	return p
}

// closesNext returns the first bracket from an offset on that closes what was opened
// before it; 0 if there is none.
func (s *sketcher) closesNext(offset int) byte {
	open := 0
	for i := offset; i < min(len(s.text), offset+maxNested); i++ {
		switch c := s.text[i]; {
		case strings.HasPrefix(s.text[i:], leftDelim):
			i = actionEnd(s.text, i+len(leftDelim)) - 1
		case c == '"':
			i = stringEnd(s.text, i)
		case c == '{' || c == '[':
			open++
		case c == '}' || c == ']':
			if open--; open < 0 {
				return c
			}
		}
	}
	return 0
}

// nextElement reads an object where a key is expected as the next element of a list:
// either an unclosed list around the object, or one without brackets.
func (s *sketcher) nextElement(list *parse.ListNode, offset int, p place) (place, bool) {
	if at := len(strings.TrimRight(s.text[:offset], " \t\r\n,")); p.frame.parent != nil && p.frame.parent.array {
		s.note(at, at, "}", "no }", "add } before it")
		p.frame = p.frame.parent
		return s.begin(list, offset, p), true
	}
	return s.missingList(list, offset, p)
}

// missingList adds a list around unbracketed objects that follow one key.
func (s *sketcher) missingList(list *parse.ListNode, offset int, p place) (place, bool) {
	before := strings.TrimRight(s.text[:offset], " \t\r\n,")
	open, closed := s.closings[len(before)-1]
	if !closed || s.text[open] != '{' {
		return p, false
	}
	s.note(open, open, "[", "several objects after one key", "put them into a list")
	p.frame = &frame{parent: p.frame, open: open, array: true, members: countSome}
	return s.begin(list, offset, p), true
}

// rootKeys returns the keys, as written, of the object that a text begins with.
func rootKeys(text string) (keys []string) {
	open := 0
	for i := 0; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], leftDelim):
			i = actionEnd(text, i+len(leftDelim)) - 1
		case text[i] == '"':
			end := stringEnd(text, i)
			if end < len(text) && open == 1 && keyAhead(text[i:]) {
				keys = append(keys, text[i+1:end])
			}
			i = end
		case text[i] == '{' || text[i] == '[':
			open++
		case text[i] == '}' || text[i] == ']':
			if open--; open == 0 {
				return keys
			}
		}
	}
	return keys
}

// closeBranch closes what the body of a loop or a branch opened and did not close.
func (s *sketcher) closeBranch(body *parse.ListNode, p, before place) place {
	if !s.lenient || s.failure != nil || p.dead || body == nil {
		return p
	}
	if !p.inString() && depth(p.frame) <= depth(before.frame) || before.inString() {
		return p
	}
	until, ok := listEnd(s.text, body)
	if !ok {
		return p
	}
	if p.lex == lexString {
		p = s.unclosed(until, p)
	}
	more := depth(p.frame) - depth(before.frame)
	if s.failure != nil || more <= 0 || p.lex != lexBetween && p.lex != lexBare {
		return p
	}
	closers := ""
	for range more {
		closers += closer(p.frame)
		p.frame = p.frame.parent
	}
	at := len(strings.TrimRight(s.text[:until], " \t\r\n,"))
	s.note(at, at, s.strays[at].Text+closers, "no "+closers, "add "+closers)
	return endValue(p)
}
