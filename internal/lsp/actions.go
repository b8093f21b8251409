package lsp

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// action is a part of a template between {{ and }}, as far as it extends in a text that
// need not parse.
type action struct {
	start, end int    // from {{ to after }}
	closed     bool   // there is a }}
	comment    bool   // it is a comment
	keyword    string // the first word, such as if; else also stands for else if
}

// inner is the range between the action's delimiters, without trim markers.
func (a action) inner(text string) (start, end int) {
	start, end = a.start+len("{{"), a.end
	if strings.HasPrefix(text[start:end], "- ") {
		start += len("- ")
	}
	if a.closed {
		end -= len("}}")
		if strings.HasSuffix(text[start:end], " -") {
			end -= len(" -")
		}
	}
	return start, max(start, end)
}

// actionsOf finds the actions of a text. One that is not closed ends before the next
// one, or at the end of its line.
func actionsOf(text string) []action {
	var all []action
	for at := 0; ; {
		i := strings.Index(text[at:], "{{")
		if i < 0 {
			return all
		}
		a := readAction(text, at+i)
		a.keyword = keywordOf(text, a)
		all = append(all, a)
		at = max(a.end, a.start+len("{{"))
	}
}

func readAction(text string, start int) action {
	a := action{start: start}
	rest := text[start+len("{{"):]
	if body := strings.TrimPrefix(rest, "- "); strings.HasPrefix(body, "/*") {
		a.comment = true
		if end := strings.Index(body, "*/"); end >= 0 {
			after := body[end:]
			if closing := strings.Index(after, "}}"); closing >= 0 && strings.Trim(after[len("*/"):closing], " -\t\r\n") == "" {
				a.end, a.closed = len(text)-len(after)+closing+len("}}"), true
				return a
			}
		}
	}
	for i := start + len("{{"); i < len(text); {
		switch c := text[i]; {
		case strings.HasPrefix(text[i:], "}}"):
			a.end, a.closed = i+len("}}"), true
			return a
		case strings.HasPrefix(text[i:], "{{"):
			a.end = i
			return a
		case c == '"' || c == '`' || c == '\'':
			end := quotedEnd(text, i)
			if end < 0 { // the quote is not closed: what follows may be the next action
				a.end, a.closed = endOfLine(text, i)
				return a
			}
			i = end
		default:
			i++
		}
	}
	a.end = len(text)
	return a
}

// endOfLine returns where an action with an open quote ends.
func endOfLine(text string, from int) (end int, closed bool) {
	line := text[from:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	if i := strings.Index(line, "}}"); i >= 0 {
		return from + i + len("}}"), true
	}
	if i := strings.Index(line, "{{"); i >= 0 {
		return from + i, false
	}
	return from + len(line), false
}

// quotedEnd returns where the quoted text at an offset ends, or -1 if it does not.
func quotedEnd(text string, start int) int {
	end := source.QuoteEnd(text, start)
	if end == len(text) || text[end] != text[start] {
		return -1
	}
	return end + 1
}

func keywordOf(text string, a action) string {
	start, end := a.inner(text)
	word := strings.TrimLeft(text[start:end], " \t\r\n")
	n := 0
	for n < len(word) && isWord(word[n]) {
		n++
	}
	switch word = word[:n]; word {
	case "if", "with", "range", "define", "block", "else", "end", "template", "break", "continue":
		return word
	}
	return ""
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// opens reports whether the action needs an end.
func (a action) opens() bool {
	switch a.keyword {
	case "if", "with", "range", "define", "block":
		return true
	}
	return false
}

// actionAt returns the action around an offset: after its {{ and before its }}.
func actionAt(text string, offset int) (action, bool) {
	for _, a := range actionsOf(text) {
		end := a.end
		if a.closed {
			end -= len("}}")
		}
		if offset >= a.start+len("{{") && offset <= end {
			return a, true
		}
		if a.start > offset {
			break
		}
	}
	return action{}, false
}

// mended returns the template with other words from start to end, within one of its
// actions, and with as few other changes as make it parse. Everything before start
// keeps its place.
func mended(text string, a action, start, end int, words string) (*source.Template, bool) {
	head := text[:start] + words
	closers := closing(head[a.start:])
	rest := text[a.end:]
	tries := []string{head + text[end:], head + closers + rest, head + closers + rest + ends(head+closers+rest), head + closers + ends(head+closers)}
	blank := blanked(text[:a.start]) + head[a.start:]
	tries = append(tries, blank+closers+ends(blank+closers))
	for _, try := range tries {
		if t, err := source.ParseTemplate(mendedName, try); err == nil {
			return t, true
		}
	}
	return nil, false
}

const mendedName = "template"

// closing returns what closes an action that is written up to here.
func closing(head string) string {
	open := 0
	for i := 0; i < len(head); {
		switch head[i] {
		case '(':
			open++
		case ')':
			open--
		case '"', '`', '\'':
			if end := quotedEnd(head, i); end > 0 {
				i = end
				continue
			}
		}
		i++
	}
	return strings.Repeat(")", max(open, 0)) + " }}"
}

// ends returns the ends that are missing.
func ends(text string) string {
	open := 0
	for _, a := range actionsOf(text) {
		switch {
		case a.opens():
			open++
		case a.keyword == "end":
			open = max(0, open-1)
		}
	}
	return strings.Repeat("{{end}}", open)
}

// blanked returns a text of the same length in which the actions that cannot be parsed,
// each examined by itself, are replaced by blanks and harmless actions.
func blanked(text string) string {
	b := []byte(text)
	for _, a := range actionsOf(text) {
		if parses(text[a.start:a.end], a) {
			continue
		}
		stand := ""
		if a.opens() {
			stand = "{{if .}}"
		}
		if len(stand) > a.end-a.start {
			continue
		}
		copy(b[a.start:a.end], stand+strings.Repeat(" ", a.end-a.start-len(stand)))
	}
	return string(b)
}

// parses reports whether an action can be parsed if every variable is known.
func parses(text string, a action) bool {
	switch a.keyword {
	case "end", "break", "continue":
		return a.closed
	case "else":
		return a.closed && parsesWhole("{{if .}}"+text+"{{end}}")
	}
	if a.opens() {
		text += "{{end}}"
	}
	return a.closed && parsesWhole(text)
}

func parsesWhole(text string) bool {
	declared := ""
	for i := 0; i < len(text); i++ {
		if text[i] != '$' {
			continue
		}
		end := i + 1
		for end < len(text) && isWord(text[end]) {
			end++
		}
		if end > i+1 {
			declared += "{{" + text[i:end] + " := 0}}"
		}
	}
	t := parse.New(mendedName)
	t.Mode = parse.SkipFuncCheck
	_, err := t.Parse(declared+text, "", "", map[string]*parse.Tree{})
	return err == nil
}
