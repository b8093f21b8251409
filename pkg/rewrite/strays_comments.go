package rewrite

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/foreign"
)

// commentMark matches the beginning of a comment, commentAfterSpace one after a space.
var (
	commentMark       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?://|/\*|#)[ \t]`) })
	commentAfterSpace = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ \t](?://|/\*|#)[ \t]`) })
)

// foundComment is what looks like a comment of another language, where a strict sketch
// reads text in place of a value.
type foundComment struct {
	offset int
	sure   bool // it is no part of a text: a complete value, a comma or a bracket precedes it
}

func (s *sketcher) foundComment(offset int, sure bool) {
	if s.comments == nil || sure && !s.comments.sure {
		s.comments = &foundComment{offset, sure}
	}
}

// longestValue is the longest value without quotes before a comment, in bytes.
const longestValue = 4 << 10

// complete reports whether what precedes an offset is a value: actions, or a number or
// word of JSON or of another language, but no prose.
func (s *sketcher) complete(p place, offset int) bool {
	if offset-p.from > longestValue {
		return false
	}
	text := strings.TrimSpace(withoutActions(s.text[min(p.from, offset):offset]))
	_, literal := foreign.Literal(text)
	return text == "" || literal || json.Valid([]byte(text))
}

const (
	hidesRest  = "this comment goes on to the end of the line, and hides a part of the JSON"
	endComment = "end it with {{/* … */}} where it should end"
)

// hidesMembers reports whether a comment up to the end of its line contains what is
// probably not part of it: a bracket that is missing after it, or words and then a key.
// A template that lost its line breaks has such comments.
func (o *outline) hidesMembers(text string, s Stray) bool {
	if o.hidesBrackets(text, s) {
		return true
	}
	before := strings.TrimRight(text[:s.Start], strings.ReplaceAll(blanks, "\n", ""))
	onItsLine := before == "" || strings.HasSuffix(before, "\n")
	return !onItsLine && keyAfterWords().MatchString(withoutActions(text[s.Start:s.End]))
}

// hidesBrackets reports whether a comment contains a bracket that is missing after it.
func (o *outline) hidesBrackets(text string, s Stray) bool {
	comment := text[s.Start:s.End]
	if s.What != Comment || strings.HasPrefix(comment, "/*") || strings.HasPrefix(comment, "<!--") {
		return false
	}
	comment = withoutActions(comment)
	brackets := strings.Count(comment, "}") + strings.Count(comment, "]") - strings.Count(comment, "{") - strings.Count(comment, "[")
	return brackets > 0 && o.missesBracket(s.End)
}

// shortComments returns the comments that hide brackets, by where each begins.
func (o *outline) shortComments(text string) map[int]bool {
	short := map[int]bool{}
	for _, s := range o.strays {
		if o.hidesBrackets(text, s) {
			short[s.Start] = true
		}
	}
	return short
}

// beforeBrackets returns where a comment ends that leaves the brackets at the end of its
// line to the JSON.
func (s *sketcher) beforeBrackets(from int) int {
	end := len(s.text)
	if n := strings.IndexByte(s.text[from:], '\n'); n >= 0 {
		end = from + n
	}
	return s.textEnd(from+1, end)
}

// missesBracket reports whether a closing bracket is missing from an offset on.
func (o *outline) missesBracket(from int) bool {
	for _, s := range o.strays {
		if s.Start >= from && s.Start == s.End && strings.HasPrefix(s.What, "no ") {
			return true
		}
	}
	return false
}

// keyAfterWords matches a comment in which a quoted key follows some words.
var keyAfterWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?://+|#+)\s*[^\s"].*"\s*:`) })

// Comment is the value of Stray.What for a comment of another language.
const Comment = "a comment"

func (s *sketcher) comment(start, end int) {
	end = start + len(strings.TrimRight(s.text[start:end], " \t\r\n"))
	s.strays[start] = Stray{Start: start, End: end, What: Comment, around: true}
	s.commentEnds[end] = start
}

// templateComment returns a comment of another language as one of text/template. Before
// the document, it is not followed by space in the output.
func templateComment(text string, before bool) string {
	for _, marks := range [][2]string{{"//", ""}, {"/*", "*/"}, {"<!--", "-->"}, {"#", ""}} {
		if inner, ok := strings.CutPrefix(text, marks[0]); ok {
			text = strings.TrimSuffix(inner, marks[1])
			break
		}
	}
	text = strings.NewReplacer("{{/*", "", "*/}}", "", "*/", "* /").Replace(text)
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	if before {
		return "{{/* " + text + " */ -}}"
	}
	return "{{/* " + text + " */}}"
}

// beginComment handles the start of a comment of another language.
func (s *sketcher) beginComment(offset int, rest string, p place) (place, bool) {
	if (p.lex == lexBare || p.lex == lexDone || p.lex == lexBegin) && offset > 0 && strings.IndexByte(" \t\r\n,}]", s.text[offset-1]) < 0 {
		return p, false
	}
	if end, ok := s.markupComment(offset, rest); ok {
		s.comment(offset, end)
		s.skip = span{offset, end}
		return p, true
	}
	back := p.lex
	if back == lexBare {
		back = lexBetween
		if p.frame == nil {
			back = lexDone
		}
	}
	switch {
	case s.lineComments && (strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") && p.lex != lexValue && p.lex != lexColon):
		p.lex = lexLine
	case strings.HasPrefix(rest, "/*"):
		p.lex = lexBlock
	default:
		return p, false
	}
	p.back, p.from = back, offset
	if s.short[offset] {
		s.until = s.beforeBrackets(offset)
	}
	return p, true
}

// markupComment returns where a comment of HTML ends that begins at an offset.
func (s *sketcher) markupComment(offset int, rest string) (end int, ok bool) {
	const open, closing = "<!--", "-->"
	if !strings.HasPrefix(rest, open) || offset >= s.lastMarkup {
		return 0, false
	}
	literal, _, _ := strings.Cut(rest, leftDelim)
	if end = strings.Index(literal, closing); end < 0 {
		return 0, false
	}
	return offset + end + len(closing), true
}
