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
	"github.com/hooktool/hooktool/internal/jsonwords"
	"github.com/hooktool/hooktool/internal/words"
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
			s.Text, s.Hint = templateComment(text[s.Start:s.End], s.Start < o.begins), jsonwords.NoComments
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
	hint = jsonwords.OnlyJSON
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
		return Comment, jsonwords.NoComments
	case size == len(text) && strings.ContainsRune(`"'`+"`", r):
		return "a quote", "remove it: the JSON itself has no quotes around it"
	case size == len(text) && strings.ContainsRune("{[(", r), size == len(text) && strings.ContainsRune("}])", r):
		return fmt.Sprintf("a %s too many", bracketName(r)), "remove it"
	case size == len(text) && r == ',':
		return "a comma", "remove it"
	}
	return fmt.Sprintf("%q %s the JSON", words.Cut(text, 30), where), hint
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
