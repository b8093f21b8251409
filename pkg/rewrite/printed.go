package rewrite

import (
	"context"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Raw is an action that prints a list or an object in Go's syntax, such as
// [{Logs 12 errors false}].
type Raw struct {
	Start, End int    // of its pipeline, in bytes
	Type       string // a Go type, such as []event.Detail
}

// RawValues finds the actions of a template that print lists and objects in Go's
// syntax, by running it with harmless events.
func RawValues(ctx context.Context, kind event.Kind, t *source.Template, o Options) []Raw {
	var actions []*action
	texts := textNames(event.Fields(kind), map[string]bool{})
	mayBeRaw := func(pipe *parse.PipeNode) bool { return printsPlainly(pipe) && !texts[lastName(pipe.Cmds[0].Args[0])] }
	t.Inspect(func(node parse.Node) bool {
		if a, ok := node.(*parse.ActionNode); ok && len(a.Pipe.Decl) == 0 && mayBeRaw(a.Pipe) {
			actions = append(actions, &action{node: a})
		}
		if call, ok := node.(*parse.TemplateNode); ok && call.Pipe != nil && mayBeRaw(call.Pipe) && printsDot(t, call.Name) {
			start := parse.Pos(operandStart(t.Text, call.Pipe.Cmds[0].Args[0]))
			actions = append(actions, &action{node: &parse.ActionNode{NodeType: parse.NodeAction, Pos: start, Pipe: call.Pipe}})
		}
		return true
	})
	if len(actions) == 0 {
		return nil
	}
	o.Brief = true
	f := &fixer{ctx: ctx, kind: kind, options: o, text: t.Text}
	types := f.probe(actions)
	var raw []Raw
	for _, a := range actions {
		p := takeApart(t.Text, a.node)
		for _, name := range types[p.operand] {
			if isRaw(name) {
				raw = append(raw, Raw{p.start, p.end, name})
				break
			}
		}
	}
	return raw
}

// printsDot reports whether a template prints its dot as text, as the escaping helper
// does.
func printsDot(t *source.Template, name string) bool {
	tree := t.Trees[name]
	return tree != nil && tree.Root != nil && strings.Contains(tree.Root.String(), "json (print .)")
}

// textNames maps each field name to whether all fields of that name are texts.
func textNames(fields []event.Field, known map[string]bool) map[string]bool {
	for _, f := range fields {
		before, ok := known[f.Name]
		known[f.Name] = f.IsText() && (before || !ok)
		textNames(f.Fields, known)
	}
	return known
}

// lastName returns the name of the field that a node ends in, or "" if the node names
// no field.
func lastName(node parse.Node) string {
	var names []string
	switch node := node.(type) {
	case *parse.FieldNode:
		names = node.Ident
	case *parse.VariableNode:
		names = node.Ident[1:]
	case *parse.ChainNode:
		names = node.Field
	}
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// printsPlainly reports whether a pipeline prints a value unmodified.
func printsPlainly(pipe *parse.PipeNode) bool {
	if len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 1 {
		return false
	}
	switch pipe.Cmds[0].Args[0].(type) {
	case *parse.FieldNode, *parse.VariableNode, *parse.DotNode, *parse.ChainNode, *parse.PipeNode:
		return true
	}
	return false
}

// isRaw reports whether text/template prints values of a Go type in Go's syntax.
func isRaw(name string) bool {
	switch name {
	case "event.Incident", "event.Deployment", "event.Alert", "event.Report", "event.Detail":
		return true
	}
	return strings.HasPrefix(name, "[]") || strings.HasPrefix(name, "map[") || strings.HasPrefix(name, "struct {")
}
