package rewrite

import (
	"strings"
	"text/template/parse"
)

// lenientAction prepares a lenient sketch for an action that prints.
func (s *sketcher) lenientAction(start int, p place) place {
	switch {
	case s.lenient && p.lex == lexColon:
		return s.missingColon(start, '"', p)
	case s.lenient && p.lex == lexBetween && p.frame != nil && !p.frame.array:
		if q, ok := s.joinParts(start, p); ok {
			return q
		}
	case s.ends[start] && p.lex == lexString:
		return endValue(p)
	}
	return p
}

// beginRun quotes a value that loops and conditions assemble from several texts.
func (s *sketcher) beginRun(node parse.Node, p place) place {
	start := int(node.Position())
	switch node.(type) {
	case *parse.IfNode, *parse.WithNode, *parse.RangeNode, *parse.ActionNode:
		start, _ = actionSpan(s.text, start)
	default:
		return p
	}
	if action, ok := node.(*parse.ActionNode); ok && len(action.Pipe.Decl) > 0 || p.lex != lexValue || p.frame == nil {
		return p
	}
	return s.quoteRun(start, p)
}

// maxRuns bounds how often the sketch looks for a run of texts.
const maxRuns = 500

// quoteRun quotes the value that begins at an offset if it is a run of texts.
func (s *sketcher) quoteRun(start int, p place) place {
	if s.runs++; s.runs > maxRuns {
		return p
	}
	end, ok := runEnd(s.text, start)
	if !ok {
		return p
	}
	s.note(start, start, `"`, "a text without quotes", "put it into quotes")
	s.note(end, end, `"`, "a text without quotes", "put it into quotes")
	s.noteClosing(end, true)
	s.ends[end] = true
	p.lex, p.from = lexString, start
	return p
}

// runEnd returns the end of a value that is assembled from texts without quotes and
// braces by a loop, or by conditions with something next to them. For others, ok is
// false.
func runEnd(text string, start int) (end int, ok bool) {
	blocks, beside := 0, false
	for at := start; at < len(text); {
		if !strings.HasPrefix(text[at:], leftDelim) {
			switch c := text[at]; c {
			case ',', '}', ']', '\n', '\r', '"', '{', '[':
				return end, blocks > 1 && c != '"' && c != '{' && c != '['
			case ' ', '\t':
			default:
				beside = true
				end = at + 1
			}
			at++
			continue
		}
		inner := strings.TrimLeft(text[at+len(leftDelim):], "- \t\r\n")
		switch keyword(inner) {
		case "if", "with", "range":
			after, plain := blockEnd(text, at)
			if !plain {
				return 0, false
			}
			if isSeparator(text[at:after]) && !textFollows(text, after) {
				return end, blocks > 1
			}
			if blocks++; keyword(inner) == "range" || beside {
				blocks++
			}
			at = after
		case "end", "else", "break", "continue":
			return end, blocks > 1
		default:
			beside = true
			at = actionEnd(text, at+len(leftDelim))
		}
		if blocks == 1 && beside {
			blocks++
		}
		end = at
	}
	return end, blocks > 1
}

// blockEnd returns the end of the block whose action begins at an offset, and whether
// its literal text is free of quotes and brackets and its actions print no JSON.
func blockEnd(text string, start int) (end int, plain bool) {
	last, ok := endOf(text, start+len(leftDelim))
	if !ok {
		return 0, false
	}
	for at := actionEnd(text, start+len(leftDelim)); at < last; at++ {
		switch {
		case strings.HasPrefix(text[at:], leftDelim):
			next := actionEnd(text, at+len(leftDelim))
			if inner := strings.Trim(text[at:next], "{}- \t\r\n"); keyword(inner) == "json" || strings.HasSuffix(inner, "json") {
				return 0, false
			}
			at = next - 1
		case strings.IndexByte(`"{}[]`, text[at]) >= 0:
			return 0, false
		}
	}
	return actionEnd(text, last+len(leftDelim)), true
}

// isSeparator reports whether a block prints nothing but commas and white space.
func isSeparator(block string) bool {
	commas := 0
	for at := 0; at < len(block); {
		if !strings.HasPrefix(block[at:], leftDelim) {
			if strings.IndexByte(blanks+",", block[at]) < 0 {
				return false
			}
			if block[at] == ',' {
				commas++
			}
			at++
			continue
		}
		end := actionEnd(block, at+len(leftDelim))
		switch inner := strings.Trim(block[at:end], "{}- \t\r\n"); keyword(inner) {
		case "if", "with", "else", "end":
		default:
			if inner != `","` && inner != `", "` && !strings.HasPrefix(inner, "/*") {
				return false
			}
			if inner[0] == '"' {
				commas++
			}
		}
		at = end
	}
	return commas > 0
}

// textFollows reports whether a value continues at an offset, so that a comma before it
// is part of a text. Before a key, a bracket or the end of a branch, it is not.
func textFollows(text string, at int) bool {
	follows := false
	for at < len(text) {
		switch c := text[at]; {
		case strings.HasPrefix(text[at:], leftDelim):
			switch keyword(strings.TrimLeft(text[at+len(leftDelim):], "- \t\r\n")) {
			case "if", "with", "range", "end", "else", "break", "continue":
				return follows
			}
			at = actionEnd(text, at+len(leftDelim))
			follows = true
			continue
		case c == ':' || c == '"':
			return false
		case strings.IndexByte(",{}[]\r\n", c) >= 0:
			return follows
		case c != ' ' && c != '\t':
			follows = true
		}
		at++
	}
	return follows
}

// withoutSeparator returns the body of a loop without a conditional comma at its
// beginning.
func withoutSeparator(body string) string {
	if !strings.HasPrefix(body, leftDelim) || keyword(strings.TrimLeft(body[len(leftDelim):], "- \t")) != "if" {
		return body
	}
	if end, ok := blockEnd(body, 0); ok && isSeparator(body[:end]) {
		return strings.TrimLeft(body[end:], " \t\r\n")
	}
	return body
}

// beginList adds brackets around a loop that prints objects, lists or quoted texts
// where a single value is expected.
func (s *sketcher) beginList(node *parse.RangeNode, p place) (q place, ok bool) {
	if !s.lenient || p.lex != lexValue && p.lex != lexBegin || len(s.loops) > 1 || node.ElseList != nil {
		return p, false
	}
	start, bodyStart := actionSpan(s.text, int(node.Pos))
	last, known := endOf(s.text, int(node.Pos))
	body := withoutSeparator(strings.TrimLeft(s.text[bodyStart:max(last, bodyStart)], ", \t\r\n"))
	inner := strings.TrimLeft(strings.TrimPrefix(body, leftDelim), "- \t")
	if !known || body == "" || strings.IndexByte(`"{[`, body[0]) < 0 || strings.HasPrefix(body, leftDelim) && keyword(inner) != "json" {
		return p, false
	}
	end := actionEnd(s.text, last+len(leftDelim))
	s.note(start, start, "[", "several values where one must be", "put them into a list")
	s.note(end, end, "]", "several values where one must be", "put them into a list")
	if p.lex == lexBegin {
		s.begins, s.root, s.rootArray = min(s.begins, start), start, true
	}
	p.frame, p.lex = &frame{parent: p.frame, open: start, array: true}, lexBetween
	return p, true
}
