package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Template is the template of one kind of event. It is safe for concurrent
// use.
type Template struct {
	kind   event.Kind
	path   string
	text   string
	parsed *source.Template
	index  func() *source.Index
	limits Limits
	place  func(source.Position) source.Position // nil without WithPlaces

	coverage *coverage // nil without WithCoverage
	origins  *origins  // nil without WithOrigins
	marks    *marks    // planted by these two, and by guardLoops; on its own, because pools keep it for a while
	memory   *memory   // nil without WithMemory

	root           *template.Template
	maxDepth       int        // of template calls
	weight         int        // weight of what is executed, in turns
	nodesAnElement int        // see guard
	renderers      *sync.Pool // of *renderer; shared with the templates that Limited returns
}

// Functions returns the functions that Coroot adds to the builtins of
// text/template. There is one: json, which is encoding/json.Marshal and thus
// escapes <, > and &.
func Functions() template.FuncMap {
	return template.FuncMap{"json": marshalJSON}
}

func marshalJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// An Option changes how a template is parsed and rendered.
type Option func(*Template)

// WithLimits bounds the time and the output of each rendering. Without it
// DefaultLimits apply.
func WithLimits(l Limits) Option { return func(t *Template) { t.limits = l } }

// WithPlaces is for a template inside a file: place turns a position in the template,
// which is valid, into the one in the file that errors name.
func WithPlaces(place func(source.Position) source.Position) Option {
	return func(t *Template) { t.place = place }
}

// placed gives an error its place in the file.
func (t *Template) placed(err error) error {
	var failed *TemplateError
	if t.place == nil || !errors.As(err, &failed) {
		return err
	}
	failed.Pos = t.place(failed.Pos)
	if failed.End.IsValid() {
		failed.End = t.place(failed.End)
	}
	return err
}

// Parse parses the template of one kind of event as Coroot does when it sends. The path
// is used only in messages. An error is a *TemplateError.
func Parse(kind event.Kind, path, text string, options ...Option) (*Template, error) {
	parsed, err := source.ParseTemplate(kind.TemplateName(), text)
	if err != nil {
		return nil, refused(kind, path, text, options)
	}
	return New(kind, path, parsed, options...)
}

// New is Parse for a template that is already parsed, under the name that Coroot gives
// to the templates of its kind (event.Kind.TemplateName). An error is a *TemplateError.
func New(kind event.Kind, path string, parsed *source.Template, options ...Option) (*Template, error) {
	if callsUnknown(parsed) {
		return nil, refused(kind, path, parsed.Text, options)
	}
	t := &Template{kind: kind, path: path, text: parsed.Text, parsed: parsed, index: parsed.Index, limits: DefaultLimits(), marks: &marks{}}
	for _, option := range options {
		option(t)
	}
	guard := &guard{marks: t.marks}
	root := template.New(parsed.Name).Funcs(guard.functions())
	for _, name := range parsed.Names() {
		if _, err := root.AddParseTree(name, executed(parsed, name)); err != nil {
			return nil, t.placed(t.parseError(err))
		}
	}
	if t.origins != nil {
		t.plantOrigins(root)
	}
	guardLoops(root, guard)
	if t.coverage != nil {
		t.plantCoverage(root)
	}
	t.marks.place()
	if t.memory != nil {
		t.memory.uses = usageOf(parsed)
	}
	t.root, t.maxDepth, t.weight, t.nodesAnElement = root, guard.maxDepth, guard.weight, guard.nodesAnElement
	t.renderers = &sync.Pool{}
	t.renderers.Put(&renderer{tmpl: root, guard: guard})
	return t, nil
}

// Limited returns the same template with other limits for each rendering.
func (t *Template) Limited(l Limits) *Template {
	limited := *t
	limited.limits = l
	return &limited
}

// executed returns a copy of a tree without its comments.
func executed(parsed *source.Template, name string) *parse.Tree {
	tree := parsed.Trees[name].Copy()
	if !strings.Contains(parsed.Text, "/*") {
		return tree // which has none
	}
	source.Inspect(tree.Root, func(node parse.Node) bool {
		if list, ok := node.(*parse.ListNode); ok {
			list.Nodes = slices.DeleteFunc(list.Nodes, func(node parse.Node) bool { return node.Type() == parse.NodeComment })
		}
		return true
	})
	return tree
}

// refused returns the error with which Coroot refuses a template: that of
// text/template, with its place.
func refused(kind event.Kind, path, text string, options []Option) error {
	t := &Template{kind: kind, path: path, text: text, index: sync.OnceValue(func() *source.Index { return source.NewIndex(text) })}
	for _, option := range options {
		option(t)
	}
	var nesting *source.NestingError
	if errors.As(source.CheckNesting(text), &nesting) {
		pos := t.Index().Position(nesting.Offset)
		return t.placed(&TemplateError{
			Path: path, Pos: pos, End: pos, Err: ErrDepthLimit,
			Message: fmt.Sprintf("%s: %v", ErrDepthLimit, nesting),
		})
	}
	_, err := template.New(kind.TemplateName()).Funcs(Functions()).Parse(text)
	return t.placed(t.parseError(err))
}

// callsUnknown reports whether a template calls a function that Coroot does not have.
func callsUnknown(parsed *source.Template) bool {
	known, unknown := builtins(), false
	parsed.Inspect(func(node parse.Node) bool {
		if function, ok := node.(*parse.IdentifierNode); ok && known[function.Ident] == nil {
			unknown = true
		}
		return !unknown
	})
	return unknown
}

// Kind returns the kind of event that the template is for.
func (t *Template) Kind() event.Kind { return t.kind }

// Path returns the path that was given to Parse.
func (t *Template) Path() string { return t.path }

// Text returns the text of the template.
func (t *Template) Text() string { return t.text }

// Index finds positions in the text of the template.
func (t *Template) Index() *source.Index { return t.index() }

// Parsed returns the parsed template, which is shared.
func (t *Template) Parsed() *source.Template { return t.parsed }
