package rewrite

import (
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/internal/foreign"
)

// textNode walks literal text of the template.
func (s *sketcher) textNode(list *parse.ListNode, node *parse.TextNode, p place) place {
	for i, b := range node.Text {
		if s.failure != nil {
			return p
		}
		p = s.step(list, int(node.Pos)+i, b, p)
	}
	if end := int(node.Pos) + len(node.Text); p.lex == lexLine {
		if trimmed, _, _ := strings.Cut(s.text[end:], leftDelim); strings.Contains(trimmed, "\n") {
			s.comment(p.from, end)
			p.lex = p.back
		}
	}
	return p
}

// step advances over one byte.
func (s *sketcher) step(list *parse.ListNode, offset int, b byte, p place) place {
	if s.lenient {
		var done bool
		if p, b, done = s.mendByte(list, offset, b, p); done {
			return p
		}
	}
	if p.inString() {
		return s.stringByte(offset, b, p)
	}
	if automaton.IsSpace(b) {
		if p.lex == lexBare && b == '\n' && p.frame != nil {
			p.lex = lexBetween
		}
		return p
	}
	switch b {
	case '"':
		return s.openString(list, offset, p)
	case '{', '[':
		return s.open(list, offset, b == '[', p)
	case '}', ']':
		return s.close(offset, b == ']', p)
	case ',':
		return s.commaByte(list, offset, p)
	case ':':
		switch {
		case p.lex == lexColon:
			p.lex = lexValue
			return p
		case p.lex == lexBare && p.frame != nil && offset+1 < len(s.text) && s.text[offset+1] != '"':
			return p // part of a time, a link or a sentence
		}
	default:
		if s.lenient && p.lex == lexBetween && !p.frame.array && s.bareKey(offset) > offset {
			return s.quoteKey(list, offset, p)
		}
		return s.bare(list, offset, p)
	}
	s.fail(offset, "%q cannot be here", b)
	return p
}

func (s *sketcher) stringByte(offset int, b byte, p place) place {
	switch {
	case b < ' ':
		known, seen := s.controls[offset]
		s.controls[offset] = control{char: b, repaired: b == '\n' && p.repaired() && (!seen || known.repaired), escaped: p.esc == 1}
		p.esc = 0
	case p.esc == 1:
		p.esc = 0
		switch {
		case b == 'u':
			p.esc = 5
		case strings.IndexByte(`"\/bfnrt`, b) < 0:
			s.escapes[offset-1] = true
		}
	case p.esc == 2 || b == '"' && p.esc > 0: // the last digit, or one too few
		p.esc = 0
		if b == '"' {
			return endString(p)
		}
	case p.esc > 2:
		p.esc--
	case b == '\\':
		p.esc = 1
	case b == '"':
		return endString(p)
	}
	return p
}

func endString(p place) place {
	if p.lex == lexKeyString {
		p.lex = lexColon
		return p
	}
	return endValue(p)
}

func endValue(p place) place {
	p.lex = lexBetween
	if p.frame == nil {
		p.lex = lexDone
	}
	return p
}

func (s *sketcher) openString(list *parse.ListNode, offset int, p place) place {
	if p.lex == lexBare && p.frame != nil {
		p.lex = lexBetween // what preceded was a separator
	}
	p.from = offset
	switch p.lex {
	case lexBegin, lexValue:
		p.lex = lexString
	case lexBetween:
		p = s.begin(list, offset, p)
		p.lex = lexKeyString
		if p.frame.array {
			p.lex = lexString
		} else {
			s.quotedKeys++
		}
	default:
		s.fail(offset, "a string cannot begin here")
	}
	return p
}

func (s *sketcher) bare(list *parse.ListNode, offset int, p place) place {
	first := s.text[offset]
	switch {
	case !s.lenient && strings.IndexByte(joiners, first) >= 0 && (p.lex != lexBare && !s.number(offset+1) || p.whole):
		s.fail(offset, "texts cannot be joined")
		return p
	case p.lex == lexBare:
		if commentAfterSpace().MatchString(s.text[max(offset-1, 0):]) {
			s.foundComment(offset, s.complete(p, offset))
		}
		p.whole = false
		return p
	case !s.lenient && (first == '\'' || first == '`' || otherQuotes(s.text[offset:])):
		s.fail(offset, "write text in double quotes")
		return p
	case p.lex == lexValue || p.lex == lexBegin:
	case p.lex == lexBetween && p.frame.array:
		if commentMark().MatchString(s.text[offset:]) {
			s.foundComment(offset, true)
		}
		p = s.begin(list, offset, p)
	default:
		s.fail(offset, "text cannot be here")
	}
	s.words[offset] = true
	p.from = offset
	if end, _ := wordEnd(s.text, offset); isWord(s.text[offset:end]) {
		s.prose = true
	}
	p.lex = lexBare
	return p
}

// otherQuotes reports whether a text begins with a quote other than JSON's, or with an
// escaped one.
func otherQuotes(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	plain, ok := foreign.Plain(r)
	return foreign.EscapedQuote(text) != "" || ok && (plain == `"` || plain == "'")
}

// number reports whether a digit is at an offset.
func (s *sketcher) number(at int) bool {
	return at < len(s.text) && '0' <= s.text[at] && s.text[at] <= '9'
}

// wordEnd returns the latest offset at which text in place of a value can end.
func wordEnd(text string, at int) (end int, ok bool) {
	n := strings.IndexAny(text[at:], ",]} \t\r\n\"")
	if n < 0 {
		return len(text), false
	}
	return at + n, true
}
