package rewrite

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// pipeline is the pipeline of an action that prints, taken apart.
type pipeline struct {
	start, end int    // in the text, without delimiters and trim markers
	escaper    string // json, js or %q when that is what it does last, else empty
	operand    span   // what is given to the escaper; all of it without one
	commands   int    // of the operand
	words      int    // of the operand, when it is one command
}

type span struct{ start, end int }

func (s span) in(text string) string { return text[s.start:s.end] }

// takeApart reads the pipeline of an action.
func takeApart(text string, node *parse.ActionNode) pipeline {
	_, end := actionSpan(text, int(node.Pos))
	p := pipeline{start: int(node.Pos), end: pipelineEnd(text, end)}
	p.operand = span{p.start, p.end}
	cmds := node.Pipe.Cmds
	p.commands, p.words = len(cmds), len(cmds[0].Args)
	last := cmds[len(cmds)-1]
	escaper, rest := escaperOf(last)
	switch {
	case escaper == "" || len(rest) > 1 || len(rest) == 1 && len(cmds) > 1 || len(rest) == 0 && len(cmds) == 1:
		return p
	case len(rest) == 1: // json .X
		p.operand.start = operandStart(text, rest[0])
		p.words = 1
	default: // .X | json
		bar := strings.LastIndex(text[:source.NodeStart(last)], "|")
		if bar < p.start {
			return p
		}
		p.operand.end = len(strings.TrimRight(text[:bar], " \t\r\n"))
		p.commands--
	}
	p.escaper = escaper
	return p
}

// escaperOf returns the escaper that a command calls, and its arguments but
// for those that are part of the escaper.
func escaperOf(cmd *parse.CommandNode) (escaper string, rest []parse.Node) {
	name, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return "", nil
	}
	switch name.Ident {
	case "json", "js":
		return name.Ident, cmd.Args[1:]
	case "printf":
		if len(cmd.Args) > 1 {
			if format, ok := cmd.Args[1].(*parse.StringNode); ok && (format.Text == "%q" || format.Text == "%+q") {
				return "%q", cmd.Args[2:]
			}
		}
	}
	return "", nil
}

// operandStart returns where an argument begins, its parenthesis included.
func operandStart(text string, node parse.Node) int {
	start := source.NodeStart(node)
	switch node.(type) {
	case *parse.PipeNode, *parse.ChainNode:
		return max(strings.LastIndex(text[:start], "("), 0)
	}
	return start
}

// asJSON changes the action to print its operand as JSON, with quotes where it
// is text.
func (p pipeline) asJSON(e *edits) {
	if p.escaper == "json" {
		return
	}
	e.remove(p.start, p.operand.start)
	e.remove(p.operand.end, p.end)
	switch {
	case p.commands > 1:
		e.insert(p.operand.end, " | json")
	case p.words > 1:
		e.insert(p.operand.start, "json (")
		e.insert(p.operand.end, ")")
	default:
		e.insert(p.operand.start, "json ")
	}
}

// asContent changes the action to print the inside of a JSON string. peel says
// that the escaper is to go.
func (p pipeline) asContent(e *edits, helper string, peel bool) {
	at := p.start
	if peel {
		e.remove(p.start, p.operand.start)
		e.remove(p.operand.end, p.end)
		at = p.operand.start
	}
	e.insert(at, `template "`+helper+`" `)
}
