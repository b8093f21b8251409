package source

import (
	"slices"
	"sync"
	"text/template/parse"
)

// Template is a parsed template: its text, and the trees that it defines. It is parsed
// once and shared. Nobody changes the trees, so it is safe for concurrent use.
type Template struct {
	Name  string // of the tree that is executed
	Text  string
	Trees map[string]*parse.Tree // by name; they include comments

	index func() *Index
}

// ParseTemplate parses a template as text/template does, but accepts functions that do
// not exist. The template that is executed gets the name. The error is a *NestingError
// where the parser would exhaust the stack, and otherwise the one from
// text/template/parse.
func ParseTemplate(name, text string) (*Template, error) {
	if err := CheckNesting(text); err != nil {
		return nil, err
	}
	t := &Template{
		Name: name, Text: text, Trees: map[string]*parse.Tree{},
		index: sync.OnceValue(func() *Index { return NewIndex(text) }),
	}
	tree := parse.New(name)
	tree.Mode = parse.ParseComments | parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", t.Trees); err != nil {
		return nil, err
	}
	return t, nil
}

// Root returns the list of the template that is executed, or nil if it is empty.
func (t *Template) Root() *parse.ListNode {
	if tree := t.Trees[t.Name]; tree != nil {
		return tree.Root
	}
	return nil
}

// Index finds positions in the text.
func (t *Template) Index() *Index { return t.index() }

// Names returns the names of the trees in alphabetical order.
func (t *Template) Names() []string {
	names := make([]string, 0, len(t.Trees))
	for name := range t.Trees {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Inspect calls visit for every node of the template and of the templates that it
// defines; see the function Inspect. Trees come in the order of their names.
func (t *Template) Inspect(visit func(parse.Node) bool) {
	for _, name := range t.Names() {
		Inspect(t.Trees[name].Root, visit)
	}
}
