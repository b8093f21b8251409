package rewrite

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// maxUnrolled bounds how many loops of one template are rewritten without variables.
const maxUnrolled = 100

// WithoutVariables rewrites a template without variables: one that stands for a field
// or a constant is replaced by it, the element of a loop becomes the dot, and what
// applies only to the first element, or to all others, is written as two loops. ok is
// false if a variable remains that none of this removes. The new template posts the
// same bytes.
func WithoutVariables(ctx context.Context, kind event.Kind, text string, o Options) (unrolled string, ok bool) {
	unrolled = text
	for range maxUnrolled {
		t, err := source.ParseTemplate(kind.TemplateName(), unrolled)
		if err != nil {
			return text, false
		}
		next, changed := unrollOne(t, o)
		if !changed {
			next, changed = inlineOne(t)
		}
		if !changed {
			break
		}
		unrolled = next
	}
	if os.Expand(unrolled, func(string) string { return "" }) != unrolled || !sameBytes(ctx, kind, text, unrolled, o) {
		return text, false
	}
	return unrolled, true
}

// sameBytes reports whether two templates post the same bytes for all events tried.
func sameBytes(ctx context.Context, kind event.Kind, old, changed string, o Options) bool {
	before, err := webhook.Parse(kind, "template", old, webhook.WithLimits(limits()))
	if err != nil {
		return false
	}
	after, err := webhook.Parse(kind, "template", changed, webhook.WithLimits(limits()))
	if err != nil {
		return false
	}
	f := &fixer{ctx: ctx, kind: kind, options: o}
	work := 0
	for _, ev := range f.events() {
		was, errBefore := before.Render(ctx, ev)
		is, errAfter := after.Render(ctx, ev)
		if ctx.Err() != nil || (errBefore == nil) != (errAfter == nil) || errBefore == nil && !bytes.Equal(was.Body, is.Body) {
			return false
		}
		if work += workOf(was) + workOf(is); work > maxCompared {
			break
		}
	}
	return true
}

// unrollOne rewrites one loop of a template without variables, inner loops before outer
// ones.
func unrollOne(t *source.Template, o Options) (text string, ok bool) {
	for _, name := range t.Names() {
		tree := t.Trees[name]
		var loops []*parse.RangeNode
		inspect(tree.Root, func(n parse.Node) {
			if loop, ok := n.(*parse.RangeNode); ok {
				loops = append(loops, loop)
			}
		})
		if len(loops) > maxUnrolled {
			continue
		}
		for _, loop := range slices.Backward(loops) {
			u := &unroller{text: t.Text, options: o, trees: t.Trees, root: tree.Root, loop: loop}
			if text, ok := u.unroll(); ok && text != t.Text {
				return text, true
			}
		}
	}
	return "", false
}

// unroller rewrites one loop without variables.
type unroller struct {
	text         string
	options      Options
	trees        treesByName
	root         *parse.ListNode
	loop         *parse.RangeNode
	index, value string               // the loop's variables; may be empty
	flags        map[string]flagState // declared before the loop
	outside      edits                // edits that remove their declarations

	// For the current version of the body:
	env    map[string]string // the values of the flags
	first  bool              // it is for the first element
	split  int               // where the part that both versions share begins
	failed bool
}

// flagState is a variable that distinguishes the first element from the others.
type flagState struct{ initial string }

func (u *unroller) unroll() (string, bool) {
	pipe := u.loop.Pipe
	if pipe.IsAssign || len(pipe.Cmds) == 0 {
		return "", false
	}
	if n := len(pipe.Decl); n > 0 {
		u.value = pipe.Decl[n-1].Ident[0]
		if n == 2 {
			u.index = pipe.Decl[0].Ident[0]
		}
	}
	start, bodyStart := actionSpan(u.text, int(u.loop.Pos))
	end, ok := endOf(u.text, int(u.loop.Pos))
	bodyEnd, hasElse := elseOf(u.text, int(u.loop.Pos))
	if !hasElse {
		bodyEnd = end
	}
	if !ok || hasElse != (u.loop.ElseList != nil) || !u.findFlags() {
		return "", false
	}
	one, oneSplit := u.version(true, bodyStart, bodyEnd)
	other, otherSplit := u.version(false, bodyStart, bodyEnd)
	expression := u.text[operandStart(u.text, pipe.Cmds[0].Args[0]):pipelineEnd(u.text, bodyStart)]
	left := leftDelim + " "
	if strings.HasPrefix(u.text[start:], "{{- ") {
		left = "{{- "
	}
	if u.failed {
		return "", false
	}
	tail := u.text[bodyEnd:]
	if strings.HasPrefix(tail, "{{- ") {
		tail = leftDelim + tail[len("{{-"):]
	}
	var e edits
	e = append(e, u.outside...)
	loop := left + "range " + expression + " }}" + one
	if one != other {
		if leavesByBreak(u.loop.List) {
			return "", false
		}
		top := ""
		if rest := one[oneSplit:]; len(rest) > maxTwice && rest == other[otherSplit:] && !strings.Contains(rest, "$") {
			name := unusedTemplate(u.trees, "element")
			top = fmt.Sprintf("{{ define %q }}%s{{ end -}}%s", name, strings.TrimSpace(rest), u.options.afterDefine(u.text))
			call := leadingSpace(rest) + fmt.Sprintf("{{ template %q . }}", name) + trailingSpace(rest)
			one, other = one[:oneSplit]+call, other[:otherSplit]+call
		}
		e = append(edits{{0, 0, top}}, e...)
		loop = left + "with " + expression + " }}{{ range slice . 0 1 }}" + one + "{{ end }}{{ range slice . 1 }}" + other + "{{ end }}"
	}
	e.replace(start, bodyEnd, loop)
	return e.apply(u.text[:bodyEnd]) + tail, true
}

func leavesByBreak(list *parse.ListNode) (found bool) {
	inspect(list, func(node parse.Node) { found = found || node.Type() == parse.NodeBreak })
	return found
}

// unusedTemplate returns a template name that is not yet in use.
func unusedTemplate(trees treesByName, name string) string {
	return (&fixer{trees: trees}).unusedName(name)
}

// version returns the body of the loop, for the first element or for the others, and
// the offset in it from which both versions are the same.
func (u *unroller) version(first bool, start, end int) (body string, split int) {
	u.first, u.split = first, start
	if first {
		u.env = map[string]string{}
		for name, flag := range u.flags {
			u.env[name] = flag.initial
		}
	}
	var e edits
	was := fmt.Sprint(u.env)
	u.list(&e, u.loop.List, true)
	if !first && fmt.Sprint(u.env) != was {
		u.failed = true
	}
	if strings.HasSuffix(u.text[:start], " -}}") {
		e.remove(start, start+len(leadingSpace(u.text[start:end])))
	}
	if strings.HasPrefix(u.text[end:], "{{- ") {
		e.remove(end-len(trailingSpace(u.text[start:end])), end)
	}
	if u.failed {
		return "", 0
	}
	var before, rest edits
	for _, edit := range e.sorted() {
		edit.start, edit.end = max(edit.start, start), min(edit.end, end)
		switch {
		case edit.end <= u.split:
			before = append(before, edit)
		case edit.start < u.split:
			u.split = edit.end
			before = append(before, edit)
		default:
			rest = append(rest, edit)
		}
	}
	head := before.shifted(-start).apply(u.text[start:u.split])
	return head + rest.shifted(-u.split).apply(u.text[u.split:end]), len(head)
}

func (e edits) shifted(by int) edits {
	moved := slices.Clone(e)
	for i := range moved {
		moved[i].start += by
		moved[i].end += by
	}
	return moved
}

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

// holds evaluates a condition on the index or a flag; ok is false for other conditions.
func (u *unroller) holds(pipe *parse.PipeNode) (holds, ok bool) {
	if len(pipe.Cmds) != 1 || len(pipe.Decl) > 0 {
		return false, false
	}
	args := pipe.Cmds[0].Args
	switch {
	case len(args) == 1:
		return u.truth(args[0])
	case len(args) == 2 && calls(pipe.Cmds[0], "not"):
		holds, ok = u.truth(args[1])
		return !holds, ok
	case len(args) == 3:
		return u.compared(args)
	}
	return false, false
}

// truth evaluates a variable or a parenthesized condition.
func (u *unroller) truth(node parse.Node) (holds, ok bool) {
	switch node := node.(type) {
	case *parse.PipeNode:
		return u.holds(node)
	case *parse.VariableNode:
		if len(node.Ident) > 1 {
			return false, false
		}
		if node.Ident[0] == u.index && u.index != "" {
			return !u.first, true
		}
		value, isFlag := u.env[node.Ident[0]]
		return value != "false" && value != "0" && value != `""`, isFlag
	}
	return false, false
}

// compared evaluates a comparison of the index with 0 or 1.
func (u *unroller) compared(args []parse.Node) (holds, ok bool) {
	function, isName := args[0].(*parse.IdentifierNode)
	variable, isVariable := args[1].(*parse.VariableNode)
	if !isName || !isVariable || variable.Ident[0] != u.index || u.index == "" {
		return false, false
	}
	switch function.Ident + " " + args[2].String() {
	case "gt 0", "ne 0", "ge 1":
		return !u.first, true
	case "eq 0", "lt 1", "le 0":
		return u.first, true
	}
	return false, false
}

// findFlags finds the variables that only this loop reads and sets. They are declared
// with a constant in the list that contains the loop. It reports whether the loop sets
// no other variable.
func (u *unroller) findFlags() bool {
	u.flags = map[string]flagState{}
	set := map[string]bool{}
	inspect(u.loop.List, func(n parse.Node) {
		if pipe, ok := n.(*parse.PipeNode); ok && pipe.IsAssign {
			for _, v := range pipe.Decl {
				set[v.Ident[0]] = true
			}
		}
	})
	around := u.around(u.root)
	for name := range set {
		if around == nil {
			return false
		}
		declared := 0
		for _, node := range around.Nodes {
			action, ok := node.(*parse.ActionNode)
			if !ok || len(action.Pipe.Decl) != 1 || action.Pipe.Decl[0].Ident[0] != name {
				continue
			}
			value, constant := constantOf(action.Pipe)
			if declared++; !constant || action.Pipe.IsAssign || action.Pos > u.loop.Pos {
				return false
			}
			u.flags[name] = flagState{value}
			start, end := actionSpan(u.text, int(action.Pos))
			u.remove(&u.outside, start, end, "")
		}
		if declared != 1 || uses(u.trees, name) != 1+uses(treesByName{"": {Root: u.loop.List}}, name) {
			return false
		}
	}
	return true
}

// uses counts how often a variable occurs, including in declarations.
func uses(trees treesByName, name string) int {
	reads, sets := variableUses(trees)
	return reads[name] + sets[name]
}

// around returns the list that directly contains the loop.
func (u *unroller) around(root *parse.ListNode) (found *parse.ListNode) {
	inspect(root, func(n parse.Node) {
		if list, ok := n.(*parse.ListNode); ok && slices.Contains(list.Nodes, parse.Node(u.loop)) {
			found = list
		}
	})
	return found
}

// constantOf returns, as written, the constant that a pipeline consists of.
func constantOf(pipe *parse.PipeNode) (value string, ok bool) {
	if !isConstant(pipe) {
		return "", false
	}
	return pipe.Cmds[0].Args[0].String(), true
}

// unquoted returns what a constant prints.
func unquoted(constant string) string {
	node, err := parse.New("").Parse("{{ "+constant+" }}", "", "", map[string]*parse.Tree{})
	if err != nil {
		return constant
	}
	if text, ok := node.Root.Nodes[0].(*parse.ActionNode).Pipe.Cmds[0].Args[0].(*parse.StringNode); ok {
		return text.Text
	}
	return constant
}
