package rewrite

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/source"
)

// Stray is something that keeps an otherwise valid body from being JSON: a comment, a
// word before the first brace, a quote of another kind.
type Stray struct {
	Start, End int    // in the template, in bytes; equal if something is missing
	What       string // such as "a comment"
	Hint       string // what to do about it
	Text       string // what to replace it with

	around  bool // it is before or after the document
	printed bool // an action prints it
	closes  bool // another one begins what this one ends

	doubt, resort string // why its repair is a guess, and what --unsafe does; empty if it is none
}

// AlmostJSON finds the strays of a template that is meant to print JSON. For plain text
// and for JSON without strays, there are none and ok is false.
func AlmostJSON(t *source.Template) (strays []Stray, ok bool) {
	o, err := sketchLeniently(t.Text, t.Name, t.Trees)
	if err != nil || !o.meansJSON(t.Text) {
		return nil, false
	}
	strays = o.strayList(t.Text)
	return strays, len(strays) > 0
}

// meansJSON reports whether the input of a lenient sketch is more likely JSON with a
// mistake than text with brackets.
func (o *outline) meansJSON(text string) bool {
	if o.quotedKeys > 0 || o.bareKeys > 0 && inCode().MatchString(text[:o.root]) {
		return true
	}
	around := slices.ContainsFunc(slices.Collect(maps.Values(o.strays)), func(s Stray) bool { return s.around && s.What == "" })
	return !around && (o.bareKeys > 0 || o.rootArray && len(o.elements) > 0 && !o.prose)
}

// inCode matches what is before an object in a program or in a form.
var inCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:=|\(|\breturn)\s*$`) })

// onlyComments reports whether all strays are comments, and none hides a bracket.
func (o *outline) onlyComments() bool {
	for _, s := range o.strays {
		if s.What != Comment || s.doubt != "" {
			return false
		}
	}
	return true
}

// strayList returns the strays in text order, and merges adjacent ones around the
// document.
func (o *outline) strayList(text string) []Stray {
	all := slices.SortedFunc(maps.Values(o.strays), func(a, b Stray) int { return cmp.Compare(a.Start, b.Start) })
	var list []Stray
	for _, s := range all {
		if n := len(list) - 1; n >= 0 && s.around && list[n].around && !s.printed && !list[n].printed && s.What == "" && list[n].What == "" &&
			strings.TrimSpace(text[list[n].End:s.Start]) == "" {
			list[n].End = s.End
			continue
		}
		list = append(list, s)
	}
	for i := range list {
		s := &list[i]
		if s.What == "" {
			s.What, s.Hint = describe(text[s.Start:s.End], s.Start < o.begins)
		}
		if s.What == Comment {
			s.Text, s.Hint = templateComment(text[s.Start:s.End], s.Start < o.begins), commentHint
			if s.doubt == "" && o.hidesMembers(text, *s) {
				s.doubt, s.resort = hidesRest, endComment+"; --unsafe makes the whole line a comment"
			}
		}
	}
	return list
}

// describe names what surrounds a document.
func describe(text string, before bool) (what, hint string) {
	where := "after"
	if before {
		where = "before"
	}
	hint = "remove it: the body must be JSON and nothing else"
	text = strings.TrimSpace(text)
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case foreign.IsSpace(r) && size == len(text):
		return foreign.Name(r), "remove it; nobody can see it"
	case strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~"):
		return "a code fence", "remove the lines with ```"
	case strings.Trim(text, "-") == "" || strings.Trim(text, "=") == "":
		return fmt.Sprintf("%q", text), hint
	case regexp.MustCompile(`^[\w.-]+\s*=$`).MatchString(text):
		return fmt.Sprintf("%q", text), "remove it: Coroot posts the body itself, not a form"
	case strings.HasPrefix(text, "<!--"):
		return Comment, commentHint
	case size == len(text) && strings.ContainsRune(`"'`+"`", r):
		return "a quote", "remove it: the JSON itself has no quotes around it"
	case size == len(text) && strings.ContainsRune("{[(", r), size == len(text) && strings.ContainsRune("}])", r):
		return fmt.Sprintf("a %s too many", bracketName(r)), "remove it"
	case size == len(text) && r == ',':
		return "a comma", "remove it"
	}
	if utf8.RuneCountInString(text) > 30 {
		text = string([]rune(text)[:30]) + "…"
	}
	return fmt.Sprintf("%q %s the JSON", text, where), hint
}

func bracketName(r rune) string {
	switch r {
	case '{', '}':
		return "brace"
	case '(', ')':
		return "parenthesis"
	}
	return "bracket"
}

// note records a stray. A missing one already recorded at the same offset takes
// precedence as the cause.
func (s *sketcher) note(start, end int, text, what, hint string) {
	if before, ok := s.strays[start]; ok && before.End == start && before.Text == "{" && end > start {
		text, what, hint = before.Text+text, before.What, before.Hint
	}
	s.strays[start] = Stray{Start: start, End: end, Text: text, What: what, Hint: hint}
}

// noteClosing says of a stray whether it ends what another one begins.
func (s *sketcher) noteClosing(at int, closes bool) {
	stray := s.strays[at]
	stray.closes = closes
	s.strays[at] = stray
}

// noteDoubt says of a stray why its repair is a guess, and what the guess is.
func (s *sketcher) noteDoubt(at int, doubt, resort string) {
	stray := s.strays[at]
	stray.doubt, stray.resort = doubt, resort
	s.strays[at] = stray
}

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

// Comment is the value of Stray.What for a comment of another language.
const Comment = "a comment"

const commentHint = "JSON has no comments: write it as {{/* … */}}"

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
	switch p.lex {
	case lexLine:
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
	case lexBlock:
		if b == '/' && offset > p.from+2 && s.text[offset-1] == '*' {
			s.comment(p.from, offset+1)
			p.lex = p.back
		}
		return p, true
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
	if (p.lex == lexBetween || p.lex == lexValue) && strings.HasPrefix(rest, entity) {
		return s.entityQuote(offset, p), false
	}
	switch {
	case b == ' ' || b == '\t' || b == '\r' || b == '\n':
		return p, false
	case p.lex == lexBegin && (b == '"' && missingBrace().MatchString(rest) || s.bareKey(offset) > offset && s.oneBraceMore()):
		s.note(offset, offset, "{", "no first brace", "begin the body with {")
		s.begins = min(s.begins, offset)
		p.frame, p.lex = &frame{open: offset}, lexBetween
		return p, false
	case p.lex == lexDone && b == '{' && s.anotherDocument(offset):
		p.frame, p.lex = &frame{open: s.root, members: countSome}, lexBetween
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

// entity is a double quote in HTML.
const entity = "&quot;"

// entityQuote advances over a quote that HTML has escaped. For an opening one, p.quote
// is set to the first character of the entity.
func (s *sketcher) entityQuote(offset int, p place) place {
	s.note(offset, offset+len(entity), `"`, entity+", which is HTML for a quote", `write "`)
	s.noteClosing(offset, p.inString())
	s.skip = span{offset + 1, offset + len(entity)}
	if p.inString() {
		p.quote = 0
		return endString(p)
	}
	p.quote = '&'
	return p
}

// otherQuote advances over a byte of a string in quotes that are not JSON's.
func (s *sketcher) otherQuote(offset int, b byte, p place) (place, bool) {
	if p.quote == 0 {
		return p, false
	}
	if p.quote == '&' {
		if p.esc == 0 && strings.HasPrefix(s.text[offset:], entity) {
			p = s.entityQuote(offset, p)
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

// lenientStep does what step does, for a byte that is invalid at its position; ok is
// false if nothing fixes it.
func (s *sketcher) lenientStep(offset int, b byte, p place) (q place, ok bool) {
	if strings.IndexByte(joiners, b) >= 0 && (p.lex == lexBetween || p.lex == lexBare && b != '.') {
		if q, ok := s.joinParts(offset, p); ok {
			return q, true
		}
	}
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
	case (b == '\'' || b == '`') && (p.lex == lexBetween || p.lex == lexValue):
		s.note(offset, offset+1, `"`, quoteName(rune(b)), "put keys and texts in double quotes")
		p.quote = rune(b)
		return p, true
	case b == '=' && p.lex == lexColon:
		end := offset + 1
		if strings.HasPrefix(s.text[end:], ">") {
			end++
		}
		s.note(offset, end, ":", "an equals sign after a key", "a key and its value are separated by a colon")
		s.skip = span{offset + 1, end}
		p.lex = lexValue
		return p, true
	case (b == ';' || b == '.' && keyAhead(strings.TrimLeft(s.text[offset+1:], " \t\r\n"))) && p.frame != nil && (p.lex == lexBetween || p.lex == lexBare):
		s.note(offset, offset+1, ",", map[byte]string{';': "a semicolon", '.': "a full stop"}[b], "members are separated by commas")
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

// plainKey matches a key in quotes that is a plain name.
var plainKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^["'][\w.$@/-]*["']?\s*$`) })

// prefixOfText matches the letters that Python allows before a string, up to the quote.
var prefixOfText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[fFrRbBuU]{1,2}["']`) })

// bareKey returns the end of an unquoted key.
func (s *sketcher) bareKey(offset int) (end int) {
	end = offset
	for end < len(s.text) && (isWordByte(s.text[end]) || s.text[end] == '-' || s.text[end] == '.' || s.text[end] == '@' || s.text[end] == '$') {
		end++
	}
	if rest := strings.TrimLeft(s.text[end:], " \t\r\n"); end == offset || rest == "" || rest[0] != ':' && rest[0] != '=' {
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
	if !quote || !strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), ":") {
		return 0
	}
	return end + 1
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// closeLeniently handles a mismatched closing bracket by closing what it probably
// means.
func (s *sketcher) closeLeniently(offset int, array bool, p place) (q place, ok bool) {
	switch {
	case p.frame.swapped:
		s.note(offset, offset+1, closer(p.frame), "a bracket that does not match the open one", "write "+closer(p.frame))
		p.frame = p.frame.parent
		return endValue(p), true
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

// refuseDoubts rejects a stray whose repair is a guess, unless the options allow one.
func (f *fixer) refuseDoubts(strays []Stray) error {
	for _, s := range strays {
		switch {
		case s.doubt == "":
		case f.options.Unsafe:
			f.unsafe = true
		default:
			return &Error{Start: f.origin(s.Start), End: f.origin(s.End), Message: s.doubt, Hint: s.resort, Unsafe: true}
		}
	}
	return nil
}

// repairStrays removes strays, or replaces them by what was meant.
func (f *fixer) repairStrays(e *edits, strays []Stray) {
	for _, s := range strays {
		f.mendStray(s)
		start, end := s.Start, s.End
		switch {
		case s.printed:
			f.losing = true
		case s.What == Comment && s.Text != "":
			s.Text = f.spaceAfter(start) + s.Text
		case s.around && start < f.outline.begins: // with the space up to the document
			for end < len(f.text) && strings.IndexByte(" \t\r\n", f.text[end]) >= 0 {
				end++
			}
		case s.What == Comment: // an empty one, with the preceding space, and the whole line if nothing else is on it
			for start > 0 && strings.IndexByte(" \t", f.text[start-1]) >= 0 {
				start--
			}
			if ends := end == len(f.text) || f.text[end] == '\n' || f.text[end] == '\r'; ends && start > 0 && f.text[start-1] == '\n' {
				start--
			}
		case s.around: // with the preceding space
			for start > 0 && strings.IndexByte(" \t\r\n", f.text[start-1]) >= 0 {
				start--
			}
		}
		e.replace(start, end, s.Text)
	}
}
