package rewrite

import (
	"regexp"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/internal/jsonwords"
)

// aKey matches a quoted key with its colon.
var aKey = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^"(?:[^"\\\n{}]|\\.|\{\{[^{}\n]*\}\})*"\s*[:=]`)
})

// aBareKey matches an unquoted key.
var aBareKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w.@$-]+\s*[:=]`) })

// openKey matches a key whose closing quote is missing, and the beginning of its value.
var openKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^"[\w.@$-]+:\s*["{\[\d-]`) })

// afterBlanks returns what follows the white space that a text begins with, including
// characters that only look like it and a shell's backslashes at the ends of lines.
func afterBlanks(text string) string {
	for {
		text = strings.TrimLeftFunc(text, func(r rune) bool { return strings.ContainsRune(blanks, r) || foreign.IsSpace(r) })
		n := foreign.LineContinues(text)
		if n == 0 {
			return text
		}
		text = text[n:]
	}
}

// keyAhead reports whether a text begins with a quoted key.
func keyAhead(text string) bool { return aKey().MatchString(afterBlanks(text)) }

// lenientString advances over a byte of a string that may not be JSON's.
func (s *sketcher) lenientString(offset int, b byte, p place) (q place, done bool) {
	switch {
	case p.quote != 0:
		return s.otherQuote(offset, b, p)
	case s.ends[offset] && p.esc == 0:
		return endValue(p), false
	case p.esc > 0:
		return p, false
	case b == ':' && p.lex == lexKeyString && s.endsKey(offset):
		s.note(offset, offset, `"`, "a key without a quote at its end", `write "`)
		p.lex = lexValue
		return p, true
	case b != '"' || p.lex != lexString || p.frame == nil:
		return p, false
	case s.begunAgain(offset, p):
		p = s.unclosed(offset, p)
		if p.lex != lexBetween {
			s.fail(offset, "a text is not closed")
			return p, true
		}
		return s.openString(nil, offset, p), true
	case s.quotesAgain(offset, p) > 0:
		n := s.quotesAgain(offset, p)
		s.note(offset+1, offset+1+n, "", jsonwords.TooManyQuotes, "remove it")
		s.skip = span{offset + 1, offset + 1 + n}
		return endString(p), true
	case s.closes(offset, p):
		return p, false
	case alternative().MatchString(s.text[offset+1:]):
		s.fail(offset, "JSON has no operators and methods: write {{ or … }} or {{ printf … }}")
		return p, true
	}
	s.note(offset, offset, `\`, innerQuote, `write \"`)
	if mayEndText().MatchString(s.text[offset+1:]) && !s.openIn(p.from+1, offset) {
		s.doubtQuote(offset)
	}
	return p, true
}

const innerQuote = "a quote within the text"

// mayEndText matches what follows a quote that is as likely the end of a text.
var mayEndText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?::|,\s*")`) })

// doubtQuote says of a quote within a text that it may rather end the text.
func (s *sketcher) doubtQuote(at int) {
	s.noteDoubt(at, "this quote may end a text, or be a part of it", `--unsafe makes it a part of the text: \"`)
}

// alternative matches an operator of JavaScript or Python between two texts, or the call
// of a method.
var alternative = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:(?:\|\||\?\?|&&|%)\s*["'\d{(]|\.\w+\()`) })

// endsKey reports whether a colon within a key is the one after it, because the key
// lacks its closing quote.
func (s *sketcher) endsKey(offset int) bool {
	rest := s.text[offset+1:]
	value := afterBlanks(rest)
	quote := strings.IndexByte(rest, '"')
	return value != "" && strings.IndexByte(`"{[-0123456789tfn`, value[0]) >= 0 &&
		(quote < 0 || !strings.HasPrefix(afterBlanks(rest[quote+1:]), ":"))
}

// begunAgain reports whether a quote within a text begins the key of the next member,
// which means that the text lacks its closing quote.
func (s *sketcher) begunAgain(offset int, p place) bool {
	if offset <= p.from || !keyAhead(s.text[offset:]) { // it begins in another template
		return false
	}
	before := s.text[p.from+1 : offset]
	trimmed := strings.TrimRight(before, " \t\r\n")
	if opened, ok := strings.CutSuffix(trimmed, "{"); ok { // the next object's
		opened = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(opened, " \t\r\n"), ","), " \t\r\n")
		return strings.HasSuffix(opened, "}") && s.textEnd(p.from+1, p.from+1+len(opened)) < p.from+1+len(opened)
	}
	return !p.frame.array && (strings.HasSuffix(trimmed, ",") || strings.HasSuffix(trimmed, ";") || strings.Contains(before[len(trimmed):], "\n"))
}

// unclosed ends a text that lacks its closing quote, and reads the brackets and commas
// that follow it up to an offset.
func (s *sketcher) unclosed(until int, p place) place {
	at := s.textEnd(p.from+1, until)
	for i := p.from + 1; i < at; i++ {
		if s.strays[i].What == innerQuote {
			s.doubtQuote(i)
		}
	}
	s.note(at, at, `"`, "a text without a quote at its end", `write "`)
	p = endString(p)
	for i := at; i < until && s.failure == nil; i++ {
		p = s.step(nil, i, s.text[i], p)
	}
	return p
}

// textEnd returns where a text ends before any brackets, commas and spaces. The braces
// of an action do not count as brackets.
func (s *sketcher) textEnd(from, until int) int {
	if s.actionEnds == nil {
		s.actionEnds = map[int]bool{}
		for at := 0; ; {
			left := strings.Index(s.text[at:], leftDelim)
			if left < 0 {
				break
			}
			at = actionEnd(s.text, at+left+len(leftDelim))
			s.actionEnds[at] = true
		}
	}
	at := until
	for at > from && !s.actionEnds[at] && strings.IndexByte(" \t\r\n,;{}[]", s.text[at-1]) >= 0 {
		at--
	}
	return at
}

// closes reports whether a quote within a text ends it, judging by what follows.
func (s *sketcher) closes(offset int, p place) bool {
	after := s.text[offset+1:]
	rest := afterBlanks(after)
	if rest == "" {
		return true
	}
	switch rest[0] {
	case '}', ']':
		return !s.openIn(p.from+1, offset)
	case '+', '#':
		return true
	case ',', ';', '.':
		return s.memberAhead(rest[1:], p) && !s.openIn(p.from+1, offset)
	case '/':
		return strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*")
	case '"':
		return keyAhead(rest) || after[0] != '"'
	case '{':
		return !strings.HasPrefix(after, leftDelim) || !s.printsText(after)
	}
	space := after[:len(after)-len(rest)]
	return (strings.Contains(space, "\n") || s.bareKeys > 0) && aBareKey().MatchString(rest)
}

// maxNested bounds how much of a text is searched for nested JSON, in bytes.
const maxNested = 4 << 10

// openIn reports whether a part of a text opens a brace or bracket without closing it,
// as JSON nested in a text does.
func (s *sketcher) openIn(from, until int) bool {
	open := 0
	from = max(from, until-maxNested)
	for i := from; i < until; i++ {
		switch {
		case strings.HasPrefix(s.text[i:], leftDelim):
			i = actionEnd(s.text, i+len(leftDelim)) - 1
		case s.text[i] == '{' || s.text[i] == '[':
			open++
		case s.text[i] == '}' || s.text[i] == ']':
			open--
		}
	}
	return open > 0
}

// printsText reports whether a text begins with an action that prints text, rather than
// one that controls, sets a variable or prints JSON.
func (s *sketcher) printsText(text string) bool {
	inner := strings.Trim(text[:actionEnd(text, len(leftDelim))], "{}- \t\r\n")
	return s.printsValue(text) && keyword(inner) != "json" && !strings.HasSuffix(inner, "json")
}

// printsValue is like printsText, but includes actions that print JSON.
func (s *sketcher) printsValue(text string) bool {
	inner := strings.Trim(text[:actionEnd(text, len(leftDelim))], "{}- \t\r\n")
	switch keyword(inner) {
	case "if", "else", "end", "range", "with", "break", "continue", "block", "define":
		return false
	}
	return !strings.HasPrefix(inner, "/*") && !strings.Contains(inner, "=") && !s.separators[inner]
}

// memberAhead reports whether another member follows a comma.
func (s *sketcher) memberAhead(text string, p place) bool {
	rest := afterBlanks(text)
	switch {
	case rest == "" || strings.IndexByte("}],/#", rest[0]) >= 0 || strings.HasPrefix(rest, "<!--") || prefixOfText().MatchString(rest) || strings.HasPrefix(rest, leftDelim):
		return true
	case p.frame.array:
		return strings.IndexByte("\"{[-0123456789", rest[0]) >= 0
	}
	return keyAhead(rest) || aBareKey().MatchString(rest) || openKey().MatchString(rest) || rest[0] == '\''
}

// lenientQuote advances over a quote outside a string that does not begin one.
func (s *sketcher) lenientQuote(offset int, p place) (q place, done bool) {
	rest := s.text[offset+1:]
	switch {
	case p.frame == nil:
		return p, false
	case p.lex == lexBare && s.endsValue(rest, p): // it closes a text that lacks its opening quote
		s.note(p.from, p.from, `"`, "a text without a quote at its beginning", `write "`)
		return endValue(p), true
	case p.lex == lexBetween && p.frame.array && keyAhead(s.text[offset:]):
		if q, ok := s.listNotClosed(offset, p); ok {
			return q, false
		}
		return s.objectNotOpened(offset, p), false
	case (p.lex == lexBetween || p.lex == lexBare && p.whole) && !p.frame.array && !keyAhead(s.text[offset:]):
		return s.joinParts(offset, p)
	case p.lex == lexValue && strings.HasPrefix(rest, `'"`+leftDelim) && strings.HasPrefix(s.text[actionEnd(s.text, offset+len(shellQuote)+len(leftDelim)):], shellQuote):
		s.note(offset, offset+len(shellQuote), `"`, "a shell's quotes", `write "`)
		s.skip = span{offset + 1, offset + len(shellQuote)}
		p.quote = inShell
		return p, false
	case p.lex == lexValue:
		if n := quotes(rest); n > 0 && !s.endsValue(rest[n:], p) {
			s.note(offset, offset+n, "", jsonwords.TooManyQuotes, "remove it")
			s.skip = span{offset, offset + n}
			return p, true
		}
	}
	return p, false
}

// quotes counts the quotes that a text begins with.
func quotes(text string) int { return len(text) - len(strings.TrimLeft(text, `"`)) }

// quotesAgain counts the surplus quotes after a text that has the same number before
// it.
func (s *sketcher) quotesAgain(offset int, p place) int {
	rest := s.text[offset+1:]
	n := quotes(rest)
	if s.strays[p.from-n].What != jsonwords.TooManyQuotes || !s.endsValue(rest[n:], p) {
		return 0
	}
	return n
}

// endsValue reports whether the rest of a text shows that a value has ended.
func (s *sketcher) endsValue(rest string, p place) bool {
	rest = afterBlanks(rest)
	return rest == "" || rest[0] == '}' || rest[0] == ']' || rest[0] == ',' && s.memberAhead(rest[1:], p)
}

// missingColon inserts a colon between a key and its value.
func (s *sketcher) missingColon(offset int, b byte, p place) place {
	if p.lex != lexColon || strings.IndexByte(" \t\r\n:=}],", b) >= 0 {
		return p
	}
	at := len(strings.TrimRight(s.text[:offset], " \t\r\n"))
	s.note(at, at, ":", "no colon", jsonwords.Colon)
	p.lex = lexValue
	return p
}
