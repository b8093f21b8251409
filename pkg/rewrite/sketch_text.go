package rewrite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
	"unicode/utf8"

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
		q, done := s.lenientByte(offset, b, p)
		if done {
			return q
		}
		if p = q; p.quote != 0 && !p.inString() {
			return s.openString(list, offset, p)
		}
		if stray, ok := s.strays[offset]; ok && len(stray.Text) == 1 && stray.End > offset && b >= utf8.RuneSelf {
			b = stray.Text[0]
		}
		if q, ok := s.lenientStep(offset, b, p); ok && !p.inString() {
			if q.quote != 0 {
				return s.openString(list, offset, q)
			}
			if b != ',' && b != '}' {
				return q
			}
			p = q
		}
	}
	if p.inString() {
		return s.stringByte(offset, b, p)
	}
	if b == ' ' || b == '\t' || b == '\r' || b == '\n' {
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
		if s.lenient && p.lex == lexBetween && !p.frame.array {
			if end := s.bareKey(offset); end > offset {
				s.note(offset, end, strconv.Quote(s.text[offset:end]), "a key without quotes", "put keys in double quotes")
				s.skip = span{offset + 1, end}
				s.bareKeys++
				p = s.begin(list, offset, p)
				p.lex = lexColon
				return p
			}
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

// begin records that a member of the open container begins here.
func (s *sketcher) begin(list *parse.ListNode, offset int, p place) place {
	f := *p.frame
	loops := s.loops
	if i := slices.IndexFunc(s.calls, func(c *called) bool { return c.frame == p.frame }); i >= 0 { // its comma belongs before the call
		s.moved[offset] = s.calls[i].start
		offset, list, loops = s.calls[i].start, s.calls[i].list, s.calls[i].loops
	}
	e := s.elements[offset]
	if e == nil {
		e = &element{offset: offset, container: f.open, before: f.members, list: list}
		s.elements[offset] = e
	}
	e.before = joinCounts(e.before, f.members)
	s.unite(e.container, f.open)
	e.loop = nil
	for _, l := range slices.Backward(loops) {
		if l.depth >= depth(p.frame) {
			e.loop = l.node
			break
		}
	}
	f.members = countSome
	p.frame = &f
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

// maxDepth is how deeply JSON may nest; encoding/json accepts no more.
const maxDepth = 10_000

func (s *sketcher) open(list *parse.ListNode, offset int, array bool, p place) place {
	if p.lex == lexBare && p.frame != nil && p.frame.array {
		p.lex = lexBetween
	}
	switch {
	case p.lex == lexBegin || p.lex == lexValue:
	case p.lex == lexBetween && p.frame.array:
		p = s.begin(list, offset, p)
	case s.lenient && p.lex == lexBetween && !array && p.frame.members != countNone:
		q, ok := s.nextElement(list, offset, p)
		if !ok {
			s.fail(offset, "an object cannot begin here")
			return p
		}
		p = q
	case s.lenient && p.lex == lexBetween && !array && keyAhead(s.text[offset+1:]):
		s.note(offset, offset+1, "", "a brace too many", "remove it")
		p.frame = &frame{parent: p.frame, open: offset, members: p.frame.members, doubled: true}
		return p
	default:
		s.fail(offset, "an object or a list cannot begin here")
		return p
	}
	s.lists[offset] = list
	p.frame = &frame{parent: p.frame, open: offset, array: array}
	if outer := p.frame.parent; outer != nil {
		if p.frame.depth = outer.depth + 1; p.frame.depth > maxDepth {
			s.fail(offset, "more than %d objects and lists are within one another", maxDepth)
		}
	}
	if s.lenient && array && keyAhead(s.text[offset+1:]) {
		s.note(offset, offset+1, "{", "a bracket around keys", "write {")
		p.frame.array, p.frame.swapped = false, true
	}
	p.lex = lexBetween
	return p
}

func (s *sketcher) close(offset int, array bool, p place) place {
	if s.lenient && p.frame != nil && p.frame.parent == nil && p.frame.array == array && s.goesOn(offset, array) {
		s.note(offset, offset+1, "", "a bracket too many", "remove it")
		p.lex = lexBetween
		return p
	}
	if s.lenient && (p.lex == lexBetween || p.lex == lexBare) && p.frame.array != array {
		q, ok := s.closeLeniently(offset, array, p)
		if !ok || q.frame == nil || q.frame.array != array {
			return q
		}
		p = q
	}
	if p.frame == nil || p.frame.array != array || p.lex != lexBetween && p.lex != lexBare {
		s.fail(offset, "this closes nothing that is open")
		return p
	}
	if s.lenient {
		s.trailingComma(offset)
	}
	if p.frame.doubled {
		s.note(offset, offset+1, "", "a brace too many", "remove it")
		f := *p.frame.parent
		f.members = p.frame.members
		p.frame, p.lex = &f, lexBetween
		return p
	}
	if other, ok := s.closings[offset]; ok {
		s.unite(other, p.frame.open)
	}
	s.closings[offset] = p.frame.open
	p.frame = p.frame.parent
	return endValue(p)
}

// trailingComma records a comma before a closing bracket, with nothing but comments
// between them.
func (s *sketcher) trailingComma(offset int) {
	at := s.endBefore(offset) - 1
	if at >= 0 && s.text[at] == ',' && s.commas[at] != nil {
		s.note(at, at+1, "", "a comma before the closing bracket", "remove it")
	}
}

// endBefore returns where what precedes an offset ends, without spaces and comments.
func (s *sketcher) endBefore(offset int) int {
	for end := offset; ; offset = end {
		end = beforeComments(s.text, offset)
		if start, ok := s.commentEnds[end]; ok && s.strays[start].What == Comment {
			end = start
		}
		if end == offset {
			return end
		}
	}
}

func (s *sketcher) commaByte(list *parse.ListNode, offset int, p place) place {
	if p.frame == nil || p.lex != lexBetween && p.lex != lexBare {
		if p.lex == lexBare {
			return p
		}
		s.fail(offset, "a comma cannot be here")
		return p
	}
	s.noteComma(list, offset, offset+1, p)
	p.lex = lexBetween
	return p
}

func (s *sketcher) noteComma(list *parse.ListNode, start, end int, p place) {
	if c := s.commas[start]; c != nil {
		s.unite(c.container, p.frame.open)
		return
	}
	s.commas[start] = &comma{start: start, end: end, container: p.frame.open, list: list}
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

// action walks an action. An action that declares or sets a variable prints nothing.
func (s *sketcher) action(list *parse.ListNode, i int, node *parse.ActionNode, p place) place {
	if len(node.Pipe.Decl) > 0 {
		return p
	}
	start, end := actionSpan(s.text, int(node.Pos))
	switch bracket := printedBracket(node); {
	case p.inString():
	case bracket == "{", bracket == "[":
		return s.open(list, start, bracket == "[", p)
	case bracket == "}", bracket == "]":
		return s.close(start, bracket == "]", p)
	}
	if s.prints(node) && p.frame != nil && (p.lex == lexBetween || p.lex == lexBare) {
		s.noteComma(list, start, end, p)
		p.lex = lexBetween
		return p
	}
	a := s.byNode[node]
	if a == nil {
		a = &action{node: node, list: list, index: i}
		s.byNode[node] = a
		s.actions = append(s.actions, a)
	}
	if s.lenient && (p.lex == lexBegin || p.lex == lexDone) && printsNothing(node) {
		return p
	}
	if s.lenient && (p.lex == lexBegin || p.lex == lexDone) {
		s.strays[start] = Stray{
			Start: start, End: end, around: true, printed: true,
			What: fmt.Sprintf("what %s prints", s.text[start:end]), Hint: "put it into the JSON, or remove it",
		}
		return p
	}
	p = s.lenientAction(start, p)
	if p.lex == lexBare && p.whole && p.frame != nil && p.frame.array && (printsJSON(node) || s.text[start-1] != '}') {
		p.lex = lexBetween // two values without a comma between them
	}
	a.add(p)
	p.whole = p.lex != lexBare && printsWhole(node)
	switch {
	case p.inString():
		p.esc = 0
	case p.lex == lexBetween && !p.frame.array: // a key from data
		p = s.begin(list, start, p)
		p.lex = lexColon
		s.dataKeys = append(s.dataKeys, a)
	case p.lex == lexBegin || p.lex == lexValue:
		p.lex, p.from = lexBare, start
		s.prose = true
	case p.lex == lexBetween && p.frame.array:
		p = s.begin(list, start, p)
		p.lex, p.from = lexBare, start
		s.prose = true
	}
	return p
}

// printedBracket returns the bracket that an action prints, as before an action, where
// a brace would be read as part of its delimiter; it is empty for all other actions.
func printedBracket(node *parse.ActionNode) string {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return ""
	}
	text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode)
	if !ok || len(text.Text) != 1 || !strings.Contains("{}[]", text.Text) {
		return ""
	}
	return text.Text
}

// printsJSON reports whether an action prints the output of json.
func printsJSON(node *parse.ActionNode) bool {
	last := node.Pipe.Cmds[len(node.Pipe.Cmds)-1]
	return calls(last, "json")
}

// printsWhole reports whether an action prints JSON or a number.
func printsWhole(node *parse.ActionNode) bool {
	return printsJSON(node) || len(node.Pipe.Cmds) == 1 && calls(node.Pipe.Cmds[0], "len")
}

// printsNothing reports whether an action prints an empty text.
func printsNothing(node *parse.ActionNode) bool {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return false
	}
	text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode)
	return ok && strings.TrimSpace(text.Text) == ""
}

func (a *action) add(p place) {
	for _, known := range a.places {
		if known.lex == p.lex && known.repaired() == p.repaired() && (known.esc > 0) == (p.esc > 0) {
			return
		}
	}
	a.places = append(a.places, p)
}

// prints reports whether an action prints a separator variable.
func (s *sketcher) prints(node *parse.ActionNode) bool {
	if len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 1 {
		return false
	}
	if text, ok := node.Pipe.Cmds[0].Args[0].(*parse.StringNode); ok {
		return strings.Trim(text.Text, ", \t\r\n") == "" && strings.Contains(text.Text, ",")
	}
	v, ok := node.Pipe.Cmds[0].Args[0].(*parse.VariableNode)
	return ok && len(v.Ident) == 1 && s.separators[v.Ident[0]]
}

// separatorVariables finds the variables that are only ever set to commas and spaces,
// and at least once to a comma.
func separatorVariables(trees map[string]*parse.Tree) map[string]bool {
	is := map[string]bool{}
	no := map[string]bool{}
	for _, tree := range trees {
		inspect(tree.Root, func(node parse.Node) {
			pipe, ok := node.(*parse.PipeNode)
			if !ok || len(pipe.Decl) == 0 {
				return
			}
			name := pipe.Decl[len(pipe.Decl)-1].Ident[0]
			if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
				no[name] = true
				return
			}
			value, ok := pipe.Cmds[0].Args[0].(*parse.StringNode)
			switch {
			case !ok || strings.Trim(value.Text, ", \n\t\r") != "":
				no[name] = true
			case strings.Contains(value.Text, ","):
				is[name] = true
			}
		})
	}
	for name := range no {
		delete(is, name)
	}
	return is
}
