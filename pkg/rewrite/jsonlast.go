package rewrite

import (
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// jsonLast rewrites the pipeline of an action so that json comes last, where it now
// comes first and its output is then cut or escaped: {{ json .X | html }} becomes
// {{ .X | html | json }}, and {{ printf "%.9s" (json .X) }} becomes
// {{ json (printf "%.9s" .X) }}. For any other pipeline it returns "".
func (f *fixer) jsonLast(node *parse.ActionNode, p pipeline) string {
	cmds := node.Pipe.Cmds
	if len(node.Pipe.Decl) > 0 || !slices.ContainsFunc([]string{"html", "js", "urlquery", "printf", "slice"}, func(name string) bool { return calls(cmds[len(cmds)-1], name) }) {
		return ""
	}
	if len(cmds) > 1 {
		arg := f.jsonOf(cmds[0])
		bar := strings.IndexByte(f.text[p.start:p.end], '|')
		if arg == nil || bar < 0 {
			return ""
		}
		rest := strings.TrimSpace(f.text[p.start+bar : p.end])
		if rest == "| js" { // json does this as well
			return "json " + arg.String()
		}
		return arg.String() + " " + rest + " | json"
	}
	var inner *parse.PipeNode
	for _, arg := range cmds[0].Args[1:] {
		pipe, ok := arg.(*parse.PipeNode)
		if ok && inner != nil {
			return ""
		}
		if ok {
			inner = pipe
		}
	}
	if inner == nil || len(inner.Cmds) != 1 {
		return ""
	}
	arg := f.jsonOf(inner.Cmds[0])
	if arg == nil {
		return ""
	}
	start := operandStart(f.text, inner)
	end := source.NodeStart(arg) + len(arg.String())
	closing := strings.IndexByte(f.text[end:p.end], ')')
	if closing < 0 || start < p.start {
		return ""
	}
	return "json (" + f.text[p.start:start] + arg.String() + f.text[end+closing+1:p.end] + ")"
}

func calls(cmd *parse.CommandNode, name string) bool {
	id, ok := cmd.Args[0].(*parse.IdentifierNode)
	return ok && id.Ident == name
}

// jsonOf returns the argument of a json command if it is a field that holds text.
func (f *fixer) jsonOf(cmd *parse.CommandNode) parse.Node {
	if len(cmd.Args) != 2 || !calls(cmd, "json") {
		return nil
	}
	var names []string
	switch arg := cmd.Args[1].(type) {
	case *parse.FieldNode:
		names = arg.Ident
	case *parse.VariableNode:
		names = arg.Ident[1:]
	}
	if len(names) == 0 {
		return nil
	}
	field, known := event.FieldByName(f.kind, names[len(names)-1])
	if known && !field.IsText() {
		return nil
	}
	return cmd.Args[1]
}
