package rewrite

import (
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/webhook"
)

// repairInlined repairs the template with some definitions in place of their calls: one
// that prints a member only for some events cannot tell what is printed around its call.
// If that does not help, err stays the error.
func (f *fixer) repairInlined(err error) (*Result, error) {
	if noRepair := (*Error)(nil); !errors.As(err, &noRepair) || noRepair.Unsafe || f.ctx.Err() != nil {
		return nil, err
	}
	e := f.inlined()
	if len(e) == 0 {
		return nil, err
	}
	o := f.options
	o.Analysis = nil
	result, failed := Fix(f.ctx, f.kind, e.apply(f.given), o)
	if failed != nil || !result.Changed || f.compare(f.old, result.Analysis.Template) != nil {
		return nil, err
	}
	result.Mends = nil
	return result, nil
}

// inlined returns the edits that put definitions into the given template where they are
// called: those that are called once, with the dot, and have a condition, or are a loop.
func (f *fixer) inlined() (e edits) {
	tmpl, err := webhook.Parse(f.kind, "template", f.given)
	if err != nil {
		return nil
	}
	trees := tmpl.Parsed().Trees
	calls, inner := map[string][]*parse.TemplateNode{}, map[*parse.TemplateNode]bool{}
	for name, tree := range trees {
		inspect(tree.Root, func(node parse.Node) {
			if call, ok := node.(*parse.TemplateNode); ok {
				calls[call.Name] = append(calls[call.Name], call)
				inner[call] = name != f.kind.TemplateName()
			}
		})
	}
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		all := calls[name]
		if call := all[0]; len(all) == 1 && !inner[call] && call.Pipe != nil && trees[name] != nil {
			switch argument := call.Pipe.String(); {
			case argument == "." && hasCondition(trees[name]):
				f.inline(&e, call, "")
			case fieldOnly().MatchString(argument) && onlyLoop(trees[name]):
				f.inline(&e, call, argument)
			}
		}
	}
	return e
}

// fieldOnly matches a field as the argument of a call.
var fieldOnly = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:\.\w+)+$`) })

// onlyLoop reports whether a template is a loop over its dot and nothing else.
func onlyLoop(tree *parse.Tree) bool {
	var loop *parse.RangeNode
	for _, node := range tree.Root.Nodes {
		own, isLoop := node.(*parse.RangeNode)
		if text, ok := node.(*parse.TextNode); !isLoop && (!ok || strings.TrimSpace(string(text.Text)) != "") || isLoop && loop != nil {
			return false
		}
		loop = cmp.Or(own, loop)
	}
	return loop != nil && loop.ElseList == nil && loop.Pipe.String() == "."
}

func hasCondition(tree *parse.Tree) bool {
	found := false
	inspect(tree.Root, func(node parse.Node) { found = found || node.Type() == parse.NodeIf || node.Type() == parse.NodeWith })
	return found
}

// inline puts a definition in the place of its only call. list is what its loop ranges
// over, if that is not the dot.
func (f *fixer) inline(e *edits, call *parse.TemplateNode, list string) {
	text := f.given
	from, to := actionSpan(text, int(call.Pos))
	for at := 0; ; {
		start, word, ok := nextAction(text, at)
		if !ok {
			return
		}
		at = actionEnd(text, len(text)-len(word))
		name, quoted := strings.CutPrefix(strings.TrimRight(strings.TrimSuffix(word[:at-len(text)+len(word)-len(rightDelim)], "-"), blanks), "define")
		if plain, err := strconv.Unquote(strings.TrimSpace(name)); !quoted || err != nil || plain != call.Name {
			continue
		}
		last, ok := endOf(text, start+len(leftDelim))
		if !ok || last < at {
			return
		}
		body := text[at:last]
		if strings.ContainsAny(body, "$") || strings.Contains(body, "{{/*") || from >= start && from < last {
			return
		}
		if strings.HasSuffix(text[:at], "-}}") {
			body = strings.TrimLeft(body, blanks)
		}
		if strings.HasPrefix(text[last:], "{{-") {
			body = strings.TrimRight(body, blanks)
		}
		if list != "" {
			body = strings.Replace(body, "range .", "range "+list, 1)
		}
		end := actionEnd(text, last+len(leftDelim))
		end += len(text[end:]) - len(strings.TrimLeft(text[end:], blanks))
		e.remove(start, end)
		e.replace(from, to, strings.TrimSpace(body))
		return
	}
}
