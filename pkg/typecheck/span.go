package typecheck

import (
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// span is a range of bytes in the text.
type span struct{ start, end int }

// spanOf returns the span of a node. Package parse does not store ends, but all nodes
// of a pipeline consist of tokens of known length.
func (c *checker) spanOf(node parse.Node) span {
	return span{source.NodeStart(node), c.end(node)}
}

func (c *checker) end(node parse.Node) int {
	start := int(node.Position())
	switch node := node.(type) {
	case *parse.FieldNode:
		return c.partSpan(node, len(node.Ident)-1).end
	case *parse.VariableNode:
		return c.partSpan(node, len(node.Ident)-1).end
	case *parse.ChainNode:
		return c.partSpan(node, len(node.Field)-1).end
	case *parse.CommandNode:
		return c.argumentEnd(node.Args[len(node.Args)-1])
	case *parse.PipeNode:
		if len(node.Cmds) > 0 {
			return c.end(node.Cmds[len(node.Cmds)-1])
		}
		return start
	}
	return min(start+len(node.String()), len(c.text))
}

// argumentEnd returns the end of an argument, including a closing parenthesis.
func (c *checker) argumentEnd(node parse.Node) int {
	end := c.end(node)
	if _, ok := node.(*parse.PipeNode); ok {
		if rest := strings.TrimLeft(c.text[end:], " \t\r\n"); strings.HasPrefix(rest, ")") {
			return len(c.text) - len(rest) + 1
		}
	}
	return end
}

// partSpan returns the span of one part of a chain, including its dot.
func (c *checker) partSpan(node parse.Node, part int) span {
	start := source.PartStart(node, part)
	name := ""
	switch node := node.(type) {
	case *parse.FieldNode:
		name = "." + node.Ident[part]
	case *parse.VariableNode:
		if name = node.Ident[part]; part > 0 {
			name = "." + name
		}
	case *parse.ChainNode:
		name = "." + node.Field[part]
	}
	return span{start, min(start+len(name), len(c.text))}
}

// quotedSpan returns the span of the quoted string that starts at a position.
func (c *checker) quotedSpan(start int) span {
	quoted, err := strconv.QuotedPrefix(c.text[start:])
	if err != nil {
		return span{start, start}
	}
	return span{start, start + len(quoted)}
}

// source returns the source text of a node.
func (c *checker) source(node parse.Node) string {
	at := c.spanOf(node)
	if at.start < 0 || at.start > at.end {
		return node.String()
	}
	return c.text[at.start:at.end]
}
