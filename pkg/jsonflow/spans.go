package jsonflow

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/internal/automaton"
	"github.com/hooktool/hooktool/pkg/source"
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
func pipeEnd(text string, start int) int { return source.PipeEnd(text, closing(text, start)) }

// closing returns the offset of the }} that closes the action containing start.
func closing(text string, start int) int {
	if end := source.ActionEnd(text, start); end >= 0 {
		return end
	}
	return len(text)
}

// delimiters returns the start and end of the action around a pipeline, including the
// braces.
func delimiters(text string, at span) (start, end int) {
	start = strings.LastIndex(text[:at.start], source.LeftDelim)
	end = closing(text, at.start)
	return max(start, 0), min(end+len(source.RightDelim), len(text))
}
