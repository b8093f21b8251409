package webhook

import (
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// parseError finds the column of a parse error. text/template gives only a line, and
// not always that of the fault.
func (t *Template) parseError(err error) error {
	message := regexp.MustCompile(`(?s)^template: .*?:(\d+): (.*)$`)
	result := &TemplateError{Path: t.path, Message: strings.TrimPrefix(err.Error(), "template: "), Err: err}
	line := 1
	if parts := message.FindStringSubmatch(err.Error()); parts != nil {
		line, _ = strconv.Atoi(parts[1])
		result.Message = withoutStart(parts[2])
	}
	start, end := t.locateParseError(line, result.Message)
	slip := t.slip(result.Message, start, end)
	advice := slip.advise()
	result.Pos, result.End = t.Index().Position(slip.start), t.Index().Position(slip.end)
	if advice.message != "" {
		result.Message = advice.message
	}
	result.Hint = advice.hint
	if Correct(t.text, advice.corrections) != t.text {
		result.Corrections = advice.corrections
	}
	return result
}

// withoutStart takes away where an action of several lines has begun, which the place of
// the error tells.
func withoutStart(message string) string {
	if !strings.Contains(message, "started at ") {
		return message
	}
	return regexp.MustCompile(`(?: in action)? started at [^:]*:\d+$`).ReplaceAllString(message, "")
}

// maxProbe is the size of a template, in bytes, up to which the column of a parse error
// is searched for; the search parses the template some twenty times.
const maxProbe = 1 << 20

// locateParseError returns the span of what text/template stumbled over.
//
// The parser reads from left to right and fails at the first wrong token. So
// the shortest prefix of the template that fails with the same words ends
// with that token, and a binary search finds it.
func (t *Template) locateParseError(line int, message string) (start, end int) {
	if open, ok := t.unclosed(message); ok {
		return open.start, open.end
	}
	if len(t.text) > maxProbe {
		return t.lineStart(line), t.lineStart(line)
	}
	low := t.lineStart(line)
	end = low + sort.Search(len(t.text)-low, func(n int) bool {
		return sameParseError(t.text[:low+n], message)
	})
	return t.tokenBefore(end, message)
}

// sameParseError reports whether a prefix of the template fails with these words. The
// prefix is closed first, because an unexpected end is an error of its own.
func sameParseError(prefix, message string) bool {
	tree := parse.New("")
	_, err := tree.Parse(prefix, "", "", map[string]*parse.Tree{}, builtins())
	return err != nil && strings.HasSuffix(withoutStart(err.Error()), ": "+message)
}

// tokenBefore returns the span of the token that ends at an offset, as far as the error
// message reveals what it is.
func (t *Template) tokenBefore(end int, message string) (int, int) {
	if match := regexp.MustCompile(`^function "(.*)" not defined$`).FindStringSubmatch(message); match != nil {
		if start := strings.LastIndex(t.text[:end], match[1]); start >= 0 {
			return start, start + len(match[1])
		}
	}
	keyword := regexp.MustCompile(`^missing value for (\w+)|^(?:unexpected )?{{(\w+)}}`)
	if match := keyword.FindStringSubmatch(message); match != nil {
		match[1] += match[2]
		open := strings.LastIndex(t.text[:end], match[1])
		if open >= 0 {
			return open, open + len(match[1])
		}
	}
	for _, quoted := range regexp.MustCompile(`"(?:[^"\\]|\\.)*"|<[^>]*>`).FindAllString(message, -1) {
		word := strings.Trim(quoted, "<>")
		if unquoted, err := strconv.Unquote(quoted); err == nil {
			word = unquoted
		}
		if strings.HasSuffix(t.text[:end], word) && word != "" {
			return end - len(word), end
		}
	}
	start := strings.LastIndexAny(t.text[:end], " \t\r\n{|(") + 1
	if start >= end {
		start = max(end-1, 0)
	}
	return start, end
}

// action is one {{ … }} of a template, found without the parser.
type action struct {
	start, end int    // of the keyword, or of the first token
	word       string // the first word: if, range, end, …; empty for other actions
}

// unclosed finds what was opened and never closed, if that is the fault. The parser
// reports it at the end of the text, where nobody looks.
func (t *Template) unclosed(message string) (action, bool) {
	switch {
	case message == "unexpected EOF":
		var open []action
		for _, a := range actions(t.text) {
			switch a.word {
			case "if", "with", "range", "define", "block":
				open = append(open, a)
			case "end":
				open = open[:max(len(open)-1, 0)]
			}
		}
		if len(open) > 0 {
			return open[len(open)-1], true
		}
	case strings.HasPrefix(message, "unclosed action"), strings.HasPrefix(message, "unclosed comment"),
		strings.HasPrefix(message, "comment ends before closing"), strings.HasPrefix(message, "unterminated"):
		start := lastAction(t.text, message)
		return action{start: start, end: min(start+len(leftDelim), len(t.text))}, true
	}
	return action{}, false
}

const (
	leftDelim  = "{{"
	rightDelim = "}}"
)

// lastAction returns the start of the action in which the lexer gave up: the shortest
// prefix that fails with the same words ends in it.
func lastAction(text, message string) int {
	if len(text) > maxProbe {
		return max(strings.LastIndex(text, leftDelim), 0)
	}
	last := 0
	for offset := 0; ; {
		next := strings.Index(text[offset:], leftDelim)
		if next < 0 {
			return last
		}
		offset += next
		_, err := parse.New("").Parse(text[:offset], "", "", map[string]*parse.Tree{}, builtins())
		if err != nil && strings.HasSuffix(withoutStart(err.Error()), ": "+message) {
			return last
		}
		last = offset
		offset += len(leftDelim)
	}
}

// actions lists the actions of a template up to the first that is not closed.
func actions(text string) []action {
	var list []action
	for offset := 0; ; {
		open := strings.Index(text[offset:], leftDelim)
		if open < 0 {
			return list
		}
		begin := offset + open + len(leftDelim)
		end := source.ActionEnd(text, begin)
		if end < 0 {
			return list
		}
		body := strings.TrimLeft(strings.TrimPrefix(text[begin:end], "-"), " \t\r\n")
		word := body[:len(body)-len(strings.TrimLeft(body, "abcdefghijklmnopqrstuvwxyz"))]
		start := end - len(body)
		list = append(list, action{start: start, end: start + len(word), word: word})
		offset = end + len(rightDelim)
	}
}

// builtins lists the functions of a Coroot template in the form that the parser wants.
var builtins = sync.OnceValue(func() map[string]any {
	functions := make(map[string]any)
	for _, f := range event.Functions() {
		functions[f.Name] = true
	}
	return functions
})
