package jsonflow

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
)

// spanOf returns the span of a pipeline in the text.
func (a *analyzer) spanOf(pipe *parse.PipeNode) span {
	if s, ok := a.actionSpans[pipe]; ok {
		return s
	}
	start := int(pipe.Pos)
	for start < len(a.source) && automaton.IsSpace(a.source[start]) {
		start++
	}
	s := span{start, pipeEnd(a.source, start)}
	a.actionSpans[pipe] = s
	return s
}

// pipeEnd returns the end of a pipeline that begins at start: before the closing
// delimiter and its trim marker.
func pipeEnd(source string, start int) int {
	end := closing(source, start)
	pipe := strings.TrimRight(source[start:end], " \t\r\n")
	if strings.HasSuffix(pipe, " -") || strings.HasSuffix(pipe, "\t-") || strings.HasSuffix(pipe, "\n-") {
		pipe = strings.TrimRight(pipe[:len(pipe)-1], " \t\r\n")
	}
	return start + len(pipe)
}

// closing returns the offset of the }} that closes the action containing start.
func closing(source string, start int) int {
	for i := start; i < len(source); i++ {
		switch c := source[i]; c {
		case '"', '\'':
			for i++; i < len(source) && source[i] != c; i++ {
				if source[i] == '\\' {
					i++
				}
			}
		case '`':
			n := strings.IndexByte(source[i+1:], '`')
			if n < 0 {
				return len(source)
			}
			i += n + 1
		case '}':
			if strings.HasPrefix(source[i:], "}}") {
				return i
			}
		}
	}
	return len(source)
}

// delimiters returns the start and end of the action around a pipeline, including the
// braces.
func delimiters(source string, at span) (start, end int) {
	start = strings.LastIndex(source[:at.start], "{{")
	end = closing(source, at.start)
	return max(start, 0), min(end+len("}}"), len(source))
}
