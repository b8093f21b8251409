package rewrite

import (
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// tidy removes variables that the repair left unread. It changes nothing if the
// template cannot be proved without them.
func (f *fixer) tidy() {
	after := f.analysis.Template.Parsed()
	f.trees = after.Trees
	was, _ := variableUses(f.old.Parsed().Trees)
	is, _ := variableUses(after.Trees)
	unread := func(name string) bool { return was[name] > 0 && is[name] == 0 }
	var e edits
	for _, tree := range after.Trees {
		inspect(tree.Root, func(node parse.Node) {
			switch node := node.(type) {
			case *parse.ActionNode:
				if len(node.Pipe.Decl) == 1 && unread(node.Pipe.Decl[0].Ident[0]) && neverFails(node.Pipe) {
					e.remove(actionSpan(f.text, int(node.Pos)))
				}
			case *parse.RangeNode:
				f.tidyRange(&e, node.Pipe, unread, func(name string) bool { return is[name] == 0 })
			}
		})
	}
	if len(e) == 0 {
		return
	}
	text := e.apply(f.text)
	analysis, err := f.analyze(text)
	if err == nil && (analysis.Verdict == jsonflow.Proved || f.analysis.Verdict != jsonflow.Proved) {
		f.change(e)
		f.analysis = analysis
	}
}

// tidyRange removes the variables of a range that are unread now, and the one beside
// them that was never read.
func (f *fixer) tidyRange(e *edits, pipe *parse.PipeNode, unread, never func(string) bool) {
	if pipe.IsAssign || len(pipe.Decl) == 0 || len(pipe.Cmds) == 0 {
		return
	}
	last := pipe.Decl[len(pipe.Decl)-1].Ident[0]
	first := pipe.Decl[0].Ident[0]
	switch {
	case (unread(last) || last == "$_" || len(pipe.Decl) == 2 && never(last)) && unread(first):
		e.remove(int(pipe.Pos), operandStart(f.text, pipe.Cmds[0].Args[0]))
	case len(pipe.Decl) == 2 && unread(first) && !unread(last):
		e.remove(int(pipe.Pos), int(pipe.Decl[1].Pos))
	}
}

// isConstant reports whether a pipeline is a single constant.
func isConstant(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch pipe.Cmds[0].Args[0].(type) {
	case *parse.StringNode, *parse.BoolNode, *parse.NumberNode:
		return true
	}
	return false
}

// neverFails reports whether a pipeline is a constant, a field or the length of one.
func neverFails(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 {
		return false
	}
	args := pipe.Cmds[0].Args
	if function, ok := args[0].(*parse.IdentifierNode); ok && function.Ident == "len" {
		args = args[1:]
	}
	if len(args) != 1 {
		return false
	}
	_, field := args[0].(*parse.FieldNode)
	return field || isConstant(pipe)
}

// leadingSpace and trailingSpace return the white space around a text.
func leadingSpace(s string) string  { return s[:len(s)-len(strings.TrimLeft(s, " \t\r\n"))] }
func trailingSpace(s string) string { return s[len(strings.TrimRight(s, " \t\r\n")):] }
