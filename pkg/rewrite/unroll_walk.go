package rewrite

import (
	"fmt"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// list walks the nodes of a list. sameDot says whether the dot is the element.
func (u *unroller) list(e *edits, list *parse.ListNode, sameDot bool) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			u.action(e, node, sameDot)
		case *parse.IfNode:
			u.condition(e, node, sameDot)
		case *parse.WithNode:
			u.nested(e, &node.BranchNode, sameDot)
		case *parse.RangeNode:
			u.nested(e, &node.BranchNode, sameDot)
		case *parse.TemplateNode:
			if node.Pipe != nil {
				u.pipe(e, node.Pipe, sameDot)
			}
		case *parse.ContinueNode:
			u.failed = u.failed || len(u.flags) > 0
		}
	}
}

// nested walks a node whose list has its own dot. It must not set a flag, because
// whether it does would depend on the event.
func (u *unroller) nested(e *edits, node *parse.BranchNode, sameDot bool) {
	u.pipe(e, node.Pipe, sameDot)
	was := fmt.Sprint(u.env)
	u.list(e, node.List, false)
	u.list(e, node.ElseList, sameDot)
	u.failed = u.failed || fmt.Sprint(u.env) != was
}

// action walks an action that prints or sets a variable.
func (u *unroller) action(e *edits, node *parse.ActionNode, sameDot bool) {
	start, end := actionSpan(u.text, int(node.Pos))
	if len(node.Pipe.Decl) == 1 {
		if _, isFlag := u.flags[node.Pipe.Decl[0].Ident[0]]; isFlag {
			value, ok := constantOf(node.Pipe)
			u.failed = u.failed || !ok || !node.Pipe.IsAssign
			u.env[node.Pipe.Decl[0].Ident[0]] = value
			u.remove(e, start, end, "")
			return
		}
	}
	if name := printedVariable(u.text[start:end]); name != "" {
		if _, isFlag := u.flags[name]; isFlag {
			u.remove(e, start, end, unquoted(u.env[name]))
			return
		}
	}
	u.pipe(e, node.Pipe, sameDot)
}

// condition walks a condition. If the condition asks whether the element is the first,
// only the branch for this version is kept.
func (u *unroller) condition(e *edits, node *parse.IfNode, sameDot bool) {
	holds, known := u.holds(node.Pipe)
	if !known {
		u.pipe(e, node.Pipe, sameDot)
		was := fmt.Sprint(u.env)
		u.list(e, node.List, sameDot)
		u.failed = u.failed || fmt.Sprint(u.env) != was
		u.list(e, node.ElseList, sameDot)
		u.failed = u.failed || fmt.Sprint(u.env) != was
		return
	}
	start, thenStart := actionSpan(u.text, int(node.Pos))
	end, ok := endOf(u.text, int(node.Pos))
	elseStart, hasElse := elseOf(u.text, int(node.Pos))
	if !ok || hasElse != (node.ElseList != nil) {
		u.failed = true
		return
	}
	last := actionEnd(u.text, end+len(leftDelim))
	if !hasElse {
		elseStart = end
	}
	switch {
	case holds:
		u.remove(e, start, thenStart, "")
		u.list(e, node.List, sameDot)
		u.remove(e, elseStart, last, "")
	case hasElse:
		elseEnd := actionEnd(u.text, elseStart+len(leftDelim))
		u.remove(e, start, elseEnd, "")
		u.list(e, node.ElseList, sameDot)
		u.remove(e, end, last, "")
	default:
		u.remove(e, start, last, "")
	}
	u.split = max(u.split, last)
}

// remove replaces an action, together with the space that its trim markers remove, by a
// text.
func (u *unroller) remove(e *edits, start, end int, text string) {
	if strings.HasPrefix(u.text[start:], "{{- ") {
		start = len(strings.TrimRight(u.text[:start], " \t\r\n"))
	}
	if strings.HasSuffix(u.text[:end], " -}}") {
		end += len(leadingSpace(u.text[end:]))
	}
	e.replace(start, end, text)
	u.split = max(u.split, end)
}

// pipe walks a pipeline, and replaces the element's variable by the dot where they are
// the same.
func (u *unroller) pipe(e *edits, pipe *parse.PipeNode, sameDot bool) {
	source.Inspect(pipe, func(n parse.Node) bool {
		variable, ok := n.(*parse.VariableNode)
		if !ok {
			return true
		}
		name := variable.Ident[0]
		_, isFlag := u.flags[name]
		switch {
		case name == "$":
		case isFlag || name == u.index || name == u.value && !sameDot:
			u.failed = true
		case name == u.value:
			at := source.NodeStart(variable)
			replacement := "."
			if len(variable.Ident) > 1 {
				replacement = ""
			}
			e.replace(at, at+len(name), replacement)
		}
		return true
	})
}
