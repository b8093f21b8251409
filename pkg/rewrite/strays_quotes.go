package rewrite

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/foreign"
)

// lookalike advances over a character that resembles one of JSON's, or is invisible.
func (s *sketcher) lookalike(offset int, p place) (place, bool) {
	r, size := utf8.DecodeRuneInString(s.text[offset:])
	plain, ok := foreign.Plain(r)
	switch {
	case !ok && (p.lex == lexBegin || p.lex == lexDone):
		s.aroundByte(offset)
		return p, true
	case !ok:
		return p, false
	case foreign.IsSpace(r):
		s.note(offset, offset+size, strings.Trim(plain, "\n"), foreign.Name(r), foreign.Instead(r))
		s.skip = span{offset, offset + size}
		return p, true
	case (plain == `"` || plain == "'") && (p.lex == lexBetween || p.lex == lexValue):
		s.note(offset, offset+size, `"`, foreign.Name(r), `write "`)
		s.skip = span{offset + 1, offset + size}
		p.quote = r
		return p, false
	case p.lex == lexBegin && plain != "{" && plain != "[", p.lex == lexDone:
		s.aroundByte(offset)
		return p, true
	case len(plain) == 1 && strings.Contains("{}[]:,", plain):
		s.note(offset, offset+size, plain, foreign.Name(r), foreign.Instead(r))
		s.skip = span{offset + 1, offset + size}
	}
	return p, false
}

// escapedQuote advances over a quote that is escaped as in another language. For an
// opening one, p.quote is set to the first character of the escape.
func (s *sketcher) escapedQuote(offset int, quote string, p place) place {
	s.note(offset, offset+len(quote), `"`, quote+", which is "+foreign.EscapedIs(quote), `write "`)
	s.noteClosing(offset, p.inString())
	s.skip = span{offset + 1, offset + len(quote)}
	if p.inString() {
		p.quote = 0
		return endString(p)
	}
	p.quote = rune(quote[0])
	return p
}

// tripleQuote encloses texts in Python; shellQuote is how a text of JSON in a shell's
// single quotes is left to insert a variable, and entered again. inTriple and inShell are
// the quotes of a place between two of them.
const (
	tripleQuote = "'''"
	shellQuote  = `"'"`
	inTriple    = -1
	inShell     = -2
)

// otherQuote advances over a byte of a string in quotes that are not JSON's.
func (s *sketcher) otherQuote(offset int, b byte, p place) (place, bool) {
	if p.quote == 0 {
		return p, false
	}
	if p.quote == '&' || p.quote == '\\' {
		if quote := foreign.EscapedQuote(s.text[offset:]); quote != "" && rune(quote[0]) == p.quote {
			return s.escapedQuote(offset, quote, p), true
		}
		for _, twice := range []string{`\\\"`, `\\`} { // escaped in the text itself
			if p.quote == '\\' && strings.HasPrefix(s.text[offset:], twice) {
				s.note(offset, offset+len(twice), twice[len(twice)/2:], "an escape that is escaped", "write "+twice[len(twice)/2:])
				s.skip = span{offset + 1, offset + len(twice)}
				break
			}
		}
		return p, true
	}
	if p.quote == inTriple || p.quote == inShell {
		quote, what := tripleQuote, "Python's three quotes"
		if p.quote == inShell {
			quote, what = shellQuote, "a shell's quotes"
		}
		if strings.HasPrefix(s.text[offset:], quote) {
			s.note(offset, offset+len(quote), `"`, what, `write "`)
			s.noteClosing(offset, true)
			s.skip = span{offset + 1, offset + len(quote)}
			p.quote = 0
			p = endString(p)
		} else if b == '"' {
			s.note(offset, offset, `\`, "a quote within the text", `write \"`)
		}
		return p, true
	}
	r, size := utf8.DecodeRuneInString(s.text[offset:])
	plain, known := foreign.Plain(r)
	own, _ := foreign.Plain(p.quote)
	switch {
	case p.esc == 0 && r == '\'' && p.quote == r && doubledApostrophe().MatchString(s.text[offset:]):
		s.note(offset, offset+2, "'", "a doubled apostrophe", "write one: JSON does not escape it")
		s.skip = span{offset + 1, offset + 2}
		return p, true
	case p.esc == 0 && (r == p.quote || known && plain == own && own != ""):
		s.note(offset, offset+size, `"`, quoteName(p.quote), `write "`)
		s.noteClosing(offset, true)
		s.skip = span{offset + 1, offset + size}
		p.quote = 0
		return endString(p), true
	case p.esc == 0 && b == '"' && own == `"`:
		p.quote = 0
		return endString(p), true
	case p.esc == 0 && b == '"':
		s.note(offset, offset, `\`, "a quote within the text", `write \"`)
		return p, true
	case p.esc == 1 && (b == '\'' || b == '`'):
		s.note(offset-1, offset, "", "a backslash before an apostrophe", "JSON does not escape it")
		p.esc = 0
		return p, true
	}
	return p, false
}

// doubledApostrophe matches two apostrophes within a text, as YAML and SQL escape one.
var doubledApostrophe = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^''[^\s,:}\]]`) })

func quoteName(r rune) string {
	switch r {
	case '\'':
		return "a single quote"
	case '`':
		return "a backquote"
	}
	return foreign.Name(r)
}
