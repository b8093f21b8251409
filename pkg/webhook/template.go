package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
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
	limits Limits
	index  func() *source.Index

	coverage *coverage // nil unless WithCoverage was given
	origins  *origins  // nil unless WithOrigins was given

	root      *template.Template
	maxDepth  int       // of templates that call one another
	renderers sync.Pool // of *renderer
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

// Parse parses the template of one kind of event as Coroot does when it sends.
// The path only serves messages. An error is a *TemplateError.
func Parse(kind event.Kind, path, text string, options ...Option) (*Template, error) {
	t := &Template{
		kind: kind, path: path, text: text, limits: DefaultLimits(),
		index: sync.OnceValue(func() *source.Index { return source.NewIndex(text) }),
	}
	for _, option := range options {
		option(t)
	}
	var nesting *source.NestingError
	if errors.As(source.CheckNesting(text), &nesting) {
		pos := t.Index().Position(nesting.Offset)
		return nil, &TemplateError{
			Path: path, Pos: pos, End: pos, Err: ErrDepthLimit,
			Message: fmt.Sprintf("%s: %v", ErrDepthLimit, nesting),
		}
	}
	guard := &guard{limits: t.limits}
	root, err := template.New(kind.TemplateName()).Funcs(guard.functions()).Parse(text)
	if err != nil {
		return nil, t.parseError(err)
	}
	if t.origins != nil {
		t.plantOrigins(root, guard)
	}
	guardLoops(root, guard)
	if t.coverage != nil {
		t.plantCoverage(root)
	}
	t.root, t.maxDepth = root, guard.maxDepth
	t.renderers.Put(&renderer{tmpl: root, guard: guard})
	return t, nil
}

// Kind returns the kind of event that the template is for.
func (t *Template) Kind() event.Kind { return t.kind }

// Path returns the path that was given to Parse.
func (t *Template) Path() string { return t.path }

// Text returns the text of the template.
func (t *Template) Text() string { return t.text }

// Index finds positions in the text of the template.
func (t *Template) Index() *source.Index { return t.index() }

// trees returns the parse trees of the template and of everything it defines.
func (t *Template) trees() []*parse.Tree {
	var trees []*parse.Tree
	for _, tmpl := range t.root.Templates() {
		if tmpl.Tree != nil {
			trees = append(trees, tmpl.Tree)
		}
	}
	return trees
}
