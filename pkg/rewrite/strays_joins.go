package rewrite

import (
	"slices"
	"strings"
)

// blanks is JSON's white space.
const blanks = " \t\r\n"

// part is one part of a text written in several, as in "a" + {{ json .B }}.
type part struct {
	start, end int
	quoted     bool
}

// joiners are the operators that join texts in other languages.
const joiners = "+~&."

// joinParts merges a value with what is joined to it from an offset on into one text.
// The parts are joined by an operator, or directly as in "a" "b".
func (s *sketcher) joinParts(offset int, p place) (q place, ok bool) {
	first, ok := s.partBefore(offset, p)
	if !ok {
		return p, false
	}
	parts := []part{first}
	operated := false
	for at := offset; at < len(s.text); at = s.next(parts[len(parts)-1].end) {
		operator := strings.IndexByte(joiners, s.text[at]) >= 0
		if operator {
			at = s.next(at + 1)
		}
		next, ok := s.partAt(at)
		if !ok && operator {
			return p, false
		}
		if !ok {
			break
		}
		operated = operated || operator
		parts = append(parts, next)
	}
	last := parts[len(parts)-1]
	sure := slices.ContainsFunc(parts, func(part part) bool { return part.quoted || s.isJSON(part) })
	if len(parts) == 1 || !sure || !operated && strings.HasPrefix(s.text[s.next(last.end):], ":") {
		return p, false
	}
	s.noteParts(parts)
	s.skip = span{offset, last.end}
	s.ends[last.end] = true
	p.lex, p.quote, p.from = lexString, 0, first.start
	return p, true
}

// noteParts removes what is between the parts, and puts quotes at the ends.
func (s *sketcher) noteParts(parts []part) {
	const what, hint = "a text in several parts", "write it as one, within one pair of quotes"
	for i, right := range parts[1:] {
		left := parts[i]
		start, end := left.end, right.start
		if left.quoted {
			start--
		}
		if right.quoted {
			end++
		}
		s.note(start, end, s.between(left, right), what, hint)
	}
	first, last := parts[0], parts[len(parts)-1]
	if !first.quoted {
		s.note(first.start, first.start, `"`, what, hint)
	}
	switch {
	case !last.quoted:
		s.note(last.end, last.end, `"`, what, hint)
	case s.text[last.end-1] != '"':
		s.note(last.end-1, last.end, `"`, what, hint)
	}
}

// between returns the separator of two merged parts: a space if they have neither an
// operator between them nor a space at that end.
func (s *sketcher) between(left, right part) string {
	if strings.ContainsAny(s.text[left.end:right.start], joiners) {
		return ""
	}
	before, after := s.text[left.start:left.end-1], s.text[right.start+1:right.end]
	if left.quoted && (strings.HasSuffix(before, " ") || strings.HasSuffix(before, `\n`)) || right.quoted && strings.HasPrefix(after, " ") {
		return ""
	}
	return " "
}

// partBefore returns the value that ends before an offset, if it is a quoted text or an
// action.
func (s *sketcher) partBefore(offset int, p place) (part, bool) {
	end := len(strings.TrimRight(s.text[:offset], blanks))
	switch {
	case end == 0 || p.frame == nil || p.from >= end:
		return part{}, false
	case strings.IndexByte("\"'`", s.text[end-1]) >= 0:
		return part{p.from, end, true}, p.lex == lexBetween
	case strings.HasPrefix(s.text[p.from:], leftDelim):
		return part{p.from, end, false}, actionEnd(s.text, p.from+len(leftDelim)) == end
	}
	return part{}, false
}

// partAt returns the quoted text or printing action at an offset.
func (s *sketcher) partAt(at int) (part, bool) {
	switch {
	case at >= len(s.text):
		return part{}, false
	case strings.HasPrefix(s.text[at:], leftDelim):
		return part{at, actionEnd(s.text, at+len(leftDelim)), false}, s.printsValue(s.text[at:])
	case strings.IndexByte("\"'`", s.text[at]) >= 0:
		for i := at + 1; i < len(s.text); i++ {
			switch {
			case strings.HasPrefix(s.text[i:], leftDelim):
				i = actionEnd(s.text, i+len(leftDelim)) - 1
			case s.text[i] == '\\':
				i++
			case s.text[i] == '\n':
				return part{}, false
			case s.text[i] == s.text[at]:
				return part{at, i + 1, true}, true
			}
		}
	}
	return part{}, false
}

// next returns the offset after any white space at an offset.
func (s *sketcher) next(at int) int {
	return len(s.text) - len(strings.TrimLeft(s.text[at:], blanks))
}

// isJSON reports whether a part is an action that prints JSON.
func (s *sketcher) isJSON(p part) bool {
	inner := strings.Trim(s.text[p.start:p.end], "{}- \t\r\n")
	return !p.quoted && (keyword(inner) == "json" || strings.HasSuffix(inner, "| json"))
}
