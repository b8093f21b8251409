package rewrite

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

const (
	leftDelim  = "{{"
	rightDelim = "}}"
)

// inspect visits a node and its descendants.
func inspect(node *parse.ListNode, visit func(parse.Node)) {
	if node == nil {
		return
	}
	source.Inspect(node, func(n parse.Node) bool {
		visit(n)
		return true
	})
}

// actionSpan returns the extent of the action whose pipeline begins at pos, including
// both delimiters.
func actionSpan(text string, pos int) (start, end int) {
	start = max(strings.LastIndex(text[:pos], leftDelim), 0)
	return start, actionEnd(text, pos)
}

// actionEnd returns the offset after the right delimiter of the action or comment that
// contains pos.
func actionEnd(text string, pos int) int {
	if end := source.ActionEnd(text, pos); end >= 0 {
		return end + len(rightDelim)
	}
	return len(text)
}

// stringEnd returns the offset of the quote that closes the JSON string beginning at an
// offset, in which there can be actions.
func stringEnd(text string, start int) int {
	end := start + 1
	for end < len(text) && text[end] != '"' {
		switch {
		case text[end] == '\\':
			end++
		case strings.HasPrefix(text[end:], leftDelim):
			end = actionEnd(text, end+len(leftDelim)) - 1
		}
		end++
	}
	return min(end, len(text))
}

// pipelineEnd returns where the pipeline of an action ends, given the end of the
// action.
func pipelineEnd(text string, end int) int {
	return source.PipeEnd(text, len(strings.TrimSuffix(text[:end], rightDelim)))
}

// endOf returns where the {{ end }} of the control action that contains pos begins.
func endOf(text string, pos int) (offset int, ok bool) { return partOf(text, pos, "end") }

// elseOf returns where the {{ else }} of the control action that contains pos begins;
// ok is false for an else with a condition.
func elseOf(text string, pos int) (offset int, ok bool) {
	offset, ok = partOf(text, pos, "else")
	return offset, ok && strings.Trim(text[offset:actionEnd(text, offset+len(leftDelim))], "{}- \t\r\n") == "else"
}

// partOf returns where the else or end of the control action that contains pos begins.
func partOf(text string, pos int, part string) (offset int, ok bool) {
	for at, depth := actionEnd(text, pos), 1; ; {
		start, word, ok := nextAction(text, at)
		if !ok {
			return 0, false
		}
		switch name := keyword(word); name {
		case "if", "with", "range", "block", "define":
			depth++
		case "else", "end":
			if depth == 1 && name == part {
				return start, true
			}
			if name == "end" {
				depth--
			}
			if depth == 0 {
				return 0, false
			}
		}
		at = actionEnd(text, len(text)-len(word))
	}
}

// nextAction returns where the next action begins, and the text from its first word on.
func nextAction(text string, at int) (start int, word string, ok bool) {
	left := strings.Index(text[at:], leftDelim)
	if left < 0 {
		return 0, "", false
	}
	start = at + left
	return start, strings.TrimLeft(strings.TrimPrefix(text[start+len(leftDelim):], "-"), " \t\r\n"), true
}

// keyword returns the first word of an action.
func keyword(text string) string {
	n := 0
	for n < len(text) && text[n] >= 'a' && text[n] <= 'z' {
		n++
	}
	return text[:n]
}

// listEnd returns where a list of nodes ends.
func listEnd(text string, list *parse.ListNode) (end int, ok bool) {
	if len(list.Nodes) == 0 {
		return 0, false
	}
	switch last := list.Nodes[len(list.Nodes)-1].(type) {
	case *parse.TextNode:
		return int(last.Pos) + len(last.Text), true
	case *parse.ActionNode, *parse.TemplateNode:
		_, end := actionSpan(text, int(last.Position()))
		return end, true
	case *parse.IfNode, *parse.WithNode, *parse.RangeNode:
		end, ok := endOf(text, int(last.Position()))
		return actionEnd(text, end+len(leftDelim)), ok
	}
	return 0, false
}

// withoutActions returns a text without anything between delimiters.
func withoutActions(text string) string { return replaceActions(text, "") }

// replaceActions returns a text with each action replaced.
func replaceActions(text, by string) string {
	var b strings.Builder
	for {
		start, word, ok := nextAction(text, 0)
		if !ok {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:start])
		b.WriteString(by)
		text = text[actionEnd(text, len(text)-len(word)):]
	}
}

// beforeComments returns where what precedes an offset ends, without spaces and
// comments.
func beforeComments(text string, offset int) int {
	for {
		offset = len(strings.TrimRight(text[:offset], " \t\r\n"))
		inner, closes := strings.CutSuffix(text[:offset], rightDelim)
		inner, comments := strings.CutSuffix(strings.TrimSuffix(inner, " -"), "*/")
		if !closes || !comments {
			return offset
		}
		start := strings.LastIndex(inner, leftDelim)
		for start >= 0 && !strings.HasPrefix(strings.TrimPrefix(inner[start+len(leftDelim):], "- "), "/*") {
			start = strings.LastIndex(inner[:start], leftDelim)
		}
		if start < 0 {
			return offset
		}
		offset = start
	}
}
