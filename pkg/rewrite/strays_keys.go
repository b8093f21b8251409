package rewrite

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/jsonwords"
)

// plainKey matches a key in quotes that is a plain name.
var plainKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^["'][\w.$@/-]*["']?\s*$`) })

// prefixOfText matches the letters that Python allows before a string, up to the quote.
var prefixOfText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[fFrRbBuU]{1,2}["']`) })

// quoteKey puts an unquoted key in quotes.
func (s *sketcher) quoteKey(list *parse.ListNode, offset int, p place) place {
	end := s.bareKey(offset)
	s.note(offset, end, strconv.Quote(s.text[offset:end]), "a key without quotes", jsonwords.QuoteKeys)
	s.skip = span{offset + 1, end}
	s.bareKeys++
	p = s.begin(list, offset, p)
	p.lex = lexColon
	return p
}

// bareKey returns the end of an unquoted key.
func (s *sketcher) bareKey(offset int) (end int) {
	end = offset
	for end < len(s.text) && (isWordByte(s.text[end]) || s.text[end] == '-' || s.text[end] == '.' || s.text[end] == '@' || s.text[end] == '$') {
		end++
	}
	if rest := afterBlanks(s.text[end:]); end == offset || rest == "" || rest[0] != ':' && rest[0] != '=' {
		return offset
	}
	return end
}

// halfKey returns the end of a key that has a closing quote but no opening one, or 0 if
// there is none.
func (s *sketcher) halfKey(offset int) int {
	end := offset
	for end < len(s.text) && isWordByte(s.text[end]) {
		end++
	}
	rest, quote := strings.CutPrefix(s.text[end:], `"`)
	if !quote || !strings.HasPrefix(afterBlanks(rest), ":") {
		return 0
	}
	return end + 1
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
