package typecheck

import (
	"fmt"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/source"
)

// checkTemplates reports templates that are never called and calls that never end.
func (c *checker) checkTemplates() {
	reached := map[string]bool{}
	c.reach(c.root, reached)
	for name, tree := range c.trees {
		if !reached[name] {
			c.report(UnusedTemplate, c.definition(name, tree), fmt.Sprintf("template %q is never called", name),
				fmt.Sprintf("call it with {{ template %q . }}, or remove it", name))
		}
	}
	c.checkEndless()
}

func (c *checker) reach(name string, reached map[string]bool) {
	pending := []string{name}
	for len(pending) > 0 {
		name, pending = pending[0], pending[1:]
		if reached[name] || c.trees[name] == nil {
			continue
		}
		reached[name] = true
		for _, call := range calls(c.trees[name]) {
			pending = append(pending, call.Name)
		}
	}
}

// calls returns the template calls in a tree.
func calls(tree *parse.Tree) []*parse.TemplateNode {
	var found []*parse.TemplateNode
	source.Inspect(tree.Root, func(node parse.Node) bool {
		if call, ok := node.(*parse.TemplateNode); ok {
			found = append(found, call)
		}
		return true
	})
	return found
}

// definition returns the span of the name in {{ define "name" }}. That action has no
// node, so definition searches backwards from the body.
func (c *checker) definition(name string, tree *parse.Tree) span {
	before := c.text[:min(int(tree.Root.Position()), len(c.text))]
	for end := len(before); ; {
		at := strings.LastIndex(before[:end], "define")
		if at < 0 {
			return span{len(before), len(before)}
		}
		rest := strings.TrimLeft(before[at+len("define"):], " \t\r\n")
		start := len(before) - len(rest)
		if quoted, err := strconv.QuotedPrefix(rest); err == nil {
			if unquoted, err := strconv.Unquote(quoted); err == nil && unquoted == name {
				return span{start, start + len(quoted)}
			}
		}
		end = at
	}
}
