package rewrite

import (
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// pipeline is the parsed pipeline of an action that prints.
type pipeline struct {
	start, end int               // offsets in the text, without delimiters and trim markers
	escaper    string            // json, js or %q if it is applied last, else empty
	operand    span              // the escaper's argument; the whole pipeline if there is no escaper
	commands   int               // how many the operand has
	words      int               // how many the operand has, if it is a single command
	quoted     *parse.StringNode // the format of a printf that begins and ends with a quote, else nil
}

// quotedFormat returns the format of a printf that puts everything it prints in quotes.
func quotedFormat(node *parse.ActionNode) *parse.StringNode {
	last := node.Pipe.Cmds[len(node.Pipe.Cmds)-1]
	name, ok := last.Args[0].(*parse.IdentifierNode)
	if !ok || name.Ident != "printf" || len(last.Args) < 2 {
		return nil
	}
	format, ok := last.Args[1].(*parse.StringNode)
	if !ok || len(format.Text) < 2 || !strings.HasPrefix(format.Text, `"`) || !strings.HasSuffix(format.Text, `"`) {
		return nil
	}
	return format
}

// unquoteFormat removes the quotes around the format, if it has them.
func (p pipeline) unquoteFormat(e *edits) {
	if p.quoted == nil || p.escaper != "" {
		return
	}
	start := int(p.quoted.Pos)
	text := p.quoted.Text[1 : len(p.quoted.Text)-1]
	literal := strconv.Quote(text)
	if p.quoted.Quoted[0] == '`' && !strings.Contains(text, "`") {
		literal = "`" + text + "`"
	}
	e.replace(start, start+len(p.quoted.Quoted), literal)
}

type span struct{ start, end int }

func (s span) in(text string) string { return text[s.start:s.end] }

// takeApart parses the pipeline of an action.
func takeApart(text string, node *parse.ActionNode) pipeline {
	_, end := actionSpan(text, int(node.Pos))
	p := pipeline{start: int(node.Pos), end: pipelineEnd(text, end), quoted: quotedFormat(node)}
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

// escaperOf returns the escaper that a command calls, and its arguments except those
// that belong to the escaper itself.
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
			format, ok := cmd.Args[1].(*parse.StringNode)
			if ok && slices.Contains([]string{"%q", "%+q", "%#q", `"%s"`, `"%v"`}, format.Text) {
				return "%q", cmd.Args[2:]
			}
		}
	}
	return "", nil
}

// operandStart returns where an argument begins, including its parenthesis.
func operandStart(text string, node parse.Node) int {
	start := source.NodeStart(node)
	switch node.(type) {
	case *parse.PipeNode, *parse.ChainNode:
		return max(strings.LastIndex(text[:start], "("), 0)
	}
	return start
}

// asJSON makes the action print its operand as JSON, with quotes if it is text.
func (p pipeline) asJSON(e *edits) {
	if p.escaper == "json" {
		return
	}
	before, after := "json ", ""
	switch {
	case p.commands > 1:
		before, after = "", " | json"
	case p.words > 1:
		before, after = "json (", ")"
	}
	e.replace(p.start, p.operand.start, before)
	p.unquoteFormat(e)
	e.replace(p.operand.end, p.end, after)
}

// asContent makes the action print the inside of a JSON string. If peel is set, the
// escaper is removed.
func (p pipeline) asContent(e *edits, helper string, peel bool) {
	at := p.start
	if peel {
		e.remove(p.start, p.operand.start)
		e.remove(p.operand.end, p.end)
		at = p.operand.start
	}
	e.insert(at, `template "`+helper+`" `)
}
