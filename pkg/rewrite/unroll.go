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
