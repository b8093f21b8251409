package rewrite

import (
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/jsonwords"
)

// mendByte advances over a byte that JSON does not allow at its position, if something
// fixes it. If it is not done, it returns the byte and the place to go on with.
func (s *sketcher) mendByte(list *parse.ListNode, offset int, b byte, p place) (q place, next byte, done bool) {
	if p, done = s.lenientByte(offset, b, p); done {
		return p, b, true
	}
	if p.quote != 0 && !p.inString() {
		return s.openString(list, offset, p), b, true
	}
	if stray, ok := s.strays[offset]; ok && len(stray.Text) == 1 && stray.End > offset && b >= utf8.RuneSelf {
		b = stray.Text[0]
	}
	q, ok := s.lenientStep(offset, b, p)
	switch {
	case !ok || p.inString():
		return p, b, false
	case q.quote != 0:
		return s.openString(list, offset, q), b, true
	}
	return q, b, b != ',' && b != '}'
}

// lenientStep does what step does, for a byte that is invalid at its position; ok is
// false if nothing fixes it.
func (s *sketcher) lenientStep(offset int, b byte, p place) (q place, ok bool) {
	if strings.IndexByte(joiners, b) >= 0 && (p.lex == lexBetween || p.lex == lexBare && b != '.') {
		if q, ok := s.joinParts(offset, p); ok {
			return q, true
		}
	}
	if q, ok := s.beginText(offset, b, p); ok {
		return q, true
	}
	return s.sign(offset, b, p)
}

// beginText begins a key or a text that begins in another way than with a quote.
func (s *sketcher) beginText(offset int, b byte, p place) (q place, ok bool) {
	switch {
	case (p.lex == lexValue || p.lex == lexBetween) && prefixOfText().MatchString(s.text[offset:]):
		end := offset + strings.IndexAny(s.text[offset:], `"'`)
		s.note(offset, end, "", "a letter before the quote", "remove it")
		s.skip = span{offset, end}
		return p, true
	case isWordByte(b) && p.lex == lexBetween && !p.frame.array && s.halfKey(offset) > 0:
		s.note(offset, offset, `"`, "a key without a quote at its beginning", `write "`)
		s.skip = span{offset + 1, s.halfKey(offset)}
		s.quotedKeys++
		p = s.begin(nil, offset, p)
		p.lex = lexColon
		return p, true
	case strings.HasPrefix(s.text[offset:], tripleQuote) && p.lex == lexValue:
		s.note(offset, offset+len(tripleQuote), `"`, "Python's three quotes", "put keys and texts in double quotes")
		s.skip = span{offset + 1, offset + len(tripleQuote)}
		p.quote = inTriple
		return p, true
	case (b == '\'' || b == '`') && (p.lex == lexBetween || p.lex == lexValue):
		s.note(offset, offset+1, `"`, quoteName(rune(b)), "put keys and texts in double quotes")
		p.quote = rune(b)
		return p, true
	}
	return p, false
}

// sign reads a sign between keys and values that is another one in JSON, or that follows
// a key without a value.
func (s *sketcher) sign(offset int, b byte, p place) (q place, ok bool) {
	switch {
	case b == '=' && p.lex == lexColon:
		end := offset + 1
		if strings.HasPrefix(s.text[end:], ">") {
			end++
		}
		s.note(offset, end, ":", "an equals sign after a key", jsonwords.Colon)
		s.skip = span{offset + 1, end}
		p.lex = lexValue
		return p, true
	case (b == ';' || b == '.' && keyAhead(strings.TrimLeft(s.text[offset+1:], " \t\r\n"))) && p.frame != nil && (p.lex == lexBetween || p.lex == lexBare):
		s.note(offset, offset+1, ",", map[byte]string{';': "a semicolon", '.': "a full stop"}[b], jsonwords.Commas)
		p.lex = lexBetween
		return p, true
	case b == ':' && p.lex == lexValue:
		s.note(offset, offset+1, "", "a colon too many", "remove it")
		return p, true
	case (b == ',' || b == '}') && p.lex == lexColon && !plainKey().MatchString(s.text[min(p.from, offset):offset]):
		return p, false // a text must not become a key
	case (b == ',' || b == '}') && p.lex == lexColon:
		s.note(offset, offset, ": null", "a key without a value", "write null, or leave the key out")
		s.noteDoubt(offset, "a text where a key, a colon and a value belong", "--unsafe makes it a key with the value null")
		return endValue(p), true
	case (b == ',' || b == '}') && p.lex == lexValue:
		s.note(offset, offset, "null", "a key without a value", "write null, or leave the key out")
		return endValue(p), true
	}
	return p, false
}
