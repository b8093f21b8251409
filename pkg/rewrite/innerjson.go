package rewrite

import (
	"regexp"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// innerJSON is a call of json whose output the rest of the pipeline changes, as in
// {{ json .X | printf "%s!" }} or {{ html (json .X) }}. Its quotes would become part of
// the text, so json must come last instead.
type innerJSON struct {
	arg  span // the argument of json
	call span // the call, with parentheses that become superfluous without it
}

// innerCalls returns the calls of json within the pipeline of an action, except the one
// that comes last.
func innerCalls(text string, node *parse.ActionNode) (calls []innerJSON) {
	var walk func(pipe *parse.PipeNode, nested bool)
	walk = func(pipe *parse.PipeNode, nested bool) {
		for i, cmd := range pipe.Cmds {
			if call, ok := innerCall(text, pipe, i, nested); ok && (nested || i < len(pipe.Cmds)-1) {
				calls = append(calls, call)
			}
			for _, arg := range cmd.Args {
				if chain, ok := arg.(*parse.ChainNode); ok {
					arg = chain.Node
				}
				if inner, ok := arg.(*parse.PipeNode); ok {
					walk(inner, true)
				}
			}
		}
	}
	walk(node.Pipe, false)
	return calls
}

// innerCall returns the call of json in the command of a pipeline, if it is one.
func innerCall(text string, pipe *parse.PipeNode, i int, nested bool) (c innerJSON, ok bool) {
	cmd := pipe.Cmds[i]
	start := source.NodeStart(cmd)
	switch {
	case !calls(cmd, "json"):
		return c, false
	case i == 0 && len(cmd.Args) == 2: // json .X
		at := operandStart(text, cmd.Args[1])
		end, ok := operandEnd(text, at, cmd.Args[1])
		if !ok {
			return c, false
		}
		c.arg, c.call = span{at, end}, span{start, end}
		nested = nested && len(pipe.Cmds) == 1
	case i > 0 && len(cmd.Args) == 1: // .X | json
		first := source.NodeStart(pipe.Cmds[0])
		bar := strings.LastIndex(text[:start], "|")
		if bar < first {
			return c, false
		}
		c.arg, c.call = span{first, len(strings.TrimRight(text[:bar], " \t\r\n"))}, span{first, start + len("json")}
		nested = nested && len(pipe.Cmds) == 2 && len(pipe.Cmds[0].Args) == 1
	default:
		return c, false
	}
	if nested {
		open := strings.LastIndexByte(text[:c.call.start], '(')
		if end, ok := closingParenthesis(text, open); ok && strings.TrimSpace(text[c.call.end:end-1]) == "" {
			c.call = span{open, end}
		}
	}
	return c, true
}

// operandEnd returns where an argument that begins at an offset ends.
func operandEnd(text string, at int, node parse.Node) (end int, ok bool) {
	if _, pipe := node.(*parse.PipeNode); pipe {
		return closingParenthesis(text, at)
	}
	end = at + len(node.String())
	return end, strings.HasPrefix(text[at:], node.String())
}

// closingParenthesis returns the offset after the parenthesis that closes the one at
// open.
func closingParenthesis(text string, open int) (end int, ok bool) {
	depth := 0
	for i := max(open, 0); i < len(text); i++ {
		switch text[i] {
		case '"', '\'', '`':
			i = source.QuoteEnd(text, i)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1, true
			}
		}
	}
	return 0, false
}

func calls(cmd *parse.CommandNode, name string) bool {
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && id.Ident == name
}

// peelInner removes the inner calls of json on texts from a pipeline that could never
// print valid JSON in its place with them.
func (f *fixer) peelInner(e *edits, node *parse.ActionNode, types func() types, inString bool) {
	cmds := node.Pipe.Cmds
	if escaper, _ := escaperOf(cmds[len(cmds)-1]); escaper == "%q" || inString && (escaper == "js" || calls(cmds[len(cmds)-1], "html") || calls(cmds[len(cmds)-1], "urlquery")) {
		return // its quotes are escaped, and so part of a valid text
	}
	for _, c := range innerCalls(f.text, node) {
		if allText(types()[c.arg]) {
			e.remove(c.call.start, c.arg.start)
			e.remove(c.arg.end, c.call.end)
		}
	}
}

// builtJSON matches the format of a printf that writes an object, or a list of texts or
// objects.
var builtJSON = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*(?:\{\s*"|\[\s*["{])`) })

// refuseBuilt refuses an action that no single json at its end can repair: one that
// builds JSON with printf, or changes a variable that holds the output of json.
func (f *fixer) refuseBuilt(node *parse.ActionNode, inString bool) error {
	cmds := node.Pipe.Cmds
	last := cmds[len(cmds)-1]
	if calls(last, "printf") && len(last.Args) > 1 {
		if format, ok := last.Args[1].(*parse.StringNode); ok && builtJSON().MatchString(format.Text) {
			return f.refuseWith(node, "put json around each text that it prints, as in {{ printf \"{\\\"a\\\": %s}\" (json .Summary) }}",
				"this action writes JSON with printf, and inserts texts into it without escaping")
		}
	}
	var name string
	start, end := actionSpan(f.text, int(node.Pos))
	if len(cmds) > 1 || len(cmds[0].Args) > 1 || inString && !f.fillsString(start, end) {
		source.Inspect(node.Pipe, func(n parse.Node) bool {
			if v, ok := n.(*parse.VariableNode); ok && len(v.Ident) == 1 && f.holdsJSON(v.Ident[0]) {
				name = v.Ident[0]
			}
			return name == ""
		})
	}
	if name != "" {
		return f.refuseWith(node, "let "+name+" hold the text itself, and use json where it is printed",
			"%s contains the output of json, quotes included, and this action prints it as part of a text", name)
	}
	return nil
}

// holdsJSON reports whether a variable is only ever set to the output of json.
func (f *fixer) holdsJSON(name string) bool {
	if f.holding == nil {
		f.holding = map[string]bool{}
		for _, tree := range f.trees {
			inspect(tree.Root, func(n parse.Node) {
				if pipe, ok := n.(*parse.PipeNode); ok {
					f.noteHolding(pipe)
				}
			})
		}
	}
	return f.holding[name]
}

func (f *fixer) noteHolding(pipe *parse.PipeNode) {
	for _, v := range pipe.Decl {
		holds, known := f.holding[v.Ident[0]]
		f.holding[v.Ident[0]] = (holds || !known) && len(pipe.Decl) == 1 && calls(pipe.Cmds[len(pipe.Cmds)-1], "json")
	}
}

// soleVariable returns the name of the variable that an action prints unmodified.
func soleVariable(node *parse.ActionNode) (name string, ok bool) {
	if !printsPlainly(node.Pipe) {
		return "", false
	}
	v, ok := node.Pipe.Cmds[0].Args[0].(*parse.VariableNode)
	if !ok || len(v.Ident) != 1 {
		return "", false
	}
	return v.Ident[0], true
}
