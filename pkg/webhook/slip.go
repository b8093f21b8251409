package webhook

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/foreign"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Correction replaces the bytes from Start to End of a template.
type Correction struct {
	Start, End int
	Text       string
}

// Correct applies corrections, which must not overlap, to a text.
func Correct(text string, corrections []Correction) string {
	sorted := slices.Clone(corrections)
	slices.SortStableFunc(sorted, func(a, b Correction) int { return a.Start - b.Start })
	var b strings.Builder
	at := 0
	for _, c := range sorted {
		b.WriteString(text[at:c.Start])
		b.WriteString(c.Text)
		at = c.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// slip is a mistake because of which a template does not parse, with the action that it
// is in.
type slip struct {
	kind       event.Kind
	text       string // of the template
	message    string // in the words of text/template
	start, end int    // what text/template stumbled over
	open       int    // where the action's {{ begins
	from, to   int    // what is between the delimiters
	close      int    // just after the action's }}
	nested     bool   // the dot here is not the event
	list       string // the field that the dot is, or is an element of, such as .Details; empty for any other dot
}

// advice explains the mistake in the user's terms, and has what would be right and the
// corrections that make it so.
type advice struct {
	message     string // empty: text/template's message will do
	hint        string
	corrections []Correction
}

func (t *Template) slip(message string, start, end int) *slip {
	s := &slip{kind: t.kind, text: t.text, message: message, start: start, end: end}
	s.open = max(strings.LastIndex(t.text[:min(start+len(leftDelim), len(t.text))], leftDelim), 0)
	// Of three braces the first two are the delimiter.
	for s.open > 0 && t.text[s.open-1] == '{' && strings.HasPrefix(t.text[s.open:], leftDelim) && start <= s.open+len(leftDelim) {
		s.open--
	}
	s.from = min(s.open+len(leftDelim), len(t.text))
	s.to, s.close = closing(t.text, s.from)
	s.start = min(max(s.start, s.open), s.to)
	s.end = min(max(s.end, s.start), len(t.text))
	s.nested, s.list = dotAt(t.text, s.open)
	return s
}

// closing returns where the inside of an action ends, and the action itself. Quotes are
// ignored if they hide the end.
func closing(text string, from int) (to, end int) {
	to = source.ActionEnd(text, from)
	if to < 0 || strings.Contains(text[from:to], leftDelim) {
		n := strings.Index(text[from:], rightDelim)
		if n < 0 {
			to = len(text)
			if line := strings.IndexByte(text[from:], '\n'); line >= 0 {
				to = from + line
			}
			return to, to
		}
		to = from + n
	}
	return to, to + len(rightDelim)
}

// dotAt returns what the dot is at an offset: nested if it is not the event, and the
// field that it is, or is an element of.
func dotAt(text string, offset int) (nested bool, list string) {
	type block struct {
		sets bool
		list string
	}
	var open []block
	for _, a := range actions(text[:offset]) {
		switch a.word {
		case "if":
			open = append(open, block{})
		case "with", "range", "define", "block":
			b := block{sets: true}
			if m := rangedField().FindStringSubmatch(text[a.start:]); m != nil {
				b.list = m[1]
			}
			open = append(open, b)
		case "end":
			open = open[:max(len(open)-1, 0)]
		}
	}
	for _, b := range slices.Backward(open) {
		if b.sets {
			return true, b.list
		}
	}
	return false, ""
}

// rangedField matches a loop through a field of the event, or a with of one.
func rangedField() *regexp.Regexp {
	return regexp.MustCompile(`^(?:range|with)\s+(?:\$\w+\s*(?:,\s*\$\w+\s*)?:=\s*)?\$?(\.\w+)\s*-?}}`)
}

// fieldFor returns the field that a word from another tool means, spelled as needed
// here: that of an element within a loop, or else that of the event.
func (s *slip) fieldFor(word string) string {
	if own := s.ownField(word); own != "" {
		return own
	}
	if field := foreign.FieldFor(s.kind, word); field != "" {
		return s.field(field)
	}
	return ""
}

// ownField returns the field of this name that an element has whose loop this is in.
func (s *slip) ownField(word string) string {
	for _, field := range event.Fields(s.kind) {
		if "."+field.Name != s.list {
			continue
		}
		for _, own := range field.Fields {
			if strings.EqualFold(own.Name, word) {
				return "." + own.Name
			}
		}
	}
	return ""
}

// inside returns what is between the delimiters.
func (s *slip) inside() string { return s.text[s.from:s.to] }

// body returns the same without trim markers and the space around it, and where it
// begins.
func (s *slip) body() (string, int) {
	in, at := s.inside(), s.from
	if strings.HasPrefix(in, "- ") || strings.HasPrefix(in, "-\n") || strings.HasPrefix(in, "-\t") {
		in, at = in[1:], at+1
	}
	if trimmed, ok := strings.CutSuffix(in, " -"); ok {
		in = trimmed
	}
	trimmed := strings.TrimLeft(in, " \t\r\n")
	at += len(in) - len(trimmed)
	return strings.TrimRight(trimmed, " \t\r\n"), at
}

// field spells a field of the event as needed here.
func (s *slip) field(path string) string {
	if s.nested {
		return "$" + path
	}
	return path
}

// replaceBody returns the correction that replaces the body.
func (s *slip) replaceBody(body string) []Correction {
	old, at := s.body()
	return []Correction{{at, at + len(old), body}}
}

// write shows what the action becomes, as a hint.
func (s *slip) write(corrections []Correction) string {
	shift := 0
	for _, c := range corrections {
		if c.Start < s.open || c.End > s.close {
			return ""
		}
		shift += len(c.Text) - (c.End - c.Start)
	}
	action := Correct(s.text, corrections)[s.open : s.close+shift]
	if utf8.RuneCountInString(action) > 100 || strings.ContainsAny(action, "\r\n") {
		return ""
	}
	return "write " + action
}

// corrected makes advice of corrections. The hint shows their result, after an
// introduction.
func (s *slip) corrected(message, known string, corrections []Correction) advice {
	hint := s.write(corrections)
	switch {
	case hint == "":
		hint = known
	case strings.HasPrefix(known, "write "):
		hint = known + ": " + strings.TrimPrefix(hint, "write ")
	case known != "":
		hint = known + ": " + hint
	}
	return advice{message, hint, corrections}
}

// outsideQuotes calls visit for each part of a text that is outside quotes
// and backticks, with its offset.
func outsideQuotes(text string, visit func(part string, at int)) {
	from := 0
	for i := 0; i < len(text); i++ {
		if c := text[i]; c == '"' || c == '`' {
			visit(text[from:i], from)
			i = source.QuoteEnd(text, i)
			from = min(i+1, len(text))
		}
	}
	if from < len(text) {
		visit(text[from:], from)
	}
}

// statusesOf returns the possible values of .Status of a kind.
func statusesOf(kind event.Kind) []string {
	for _, field := range event.Fields(kind) {
		if field.Name == "Status" {
			return field.Values
		}
	}
	return nil
}
