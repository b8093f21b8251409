package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"text/template"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Message is a rendered event.
type Message struct {
	Kind     event.Kind
	Rendered []byte // what the template printed
	Body     []byte // what Coroot posts: Rendered after RepairNewlines; the same slice if nothing changed
	Work     int    // the work that it took, in units of about a nanosecond, counted so that it is the same on every machine; set with an error, too
}

// ErrNotSent says that Coroot sends nothing: the alert template is empty, so Coroot
// skips it silently.
var ErrNotSent = errors.New("the template is empty: Coroot sends nothing for an empty alert template")

// Render executes the template with an event and repairs line breaks, as Coroot does.
// With an error, no output is returned.
//
// The errors are *TemplateError for what goes wrong in the template, *CustomFieldError
// for custom fields that would crash Coroot, ErrNotSent, and the error of ctx.
func (t *Template) Render(ctx context.Context, ev event.Event) (Message, error) {
	if t.memory != nil {
		m, _, err := t.recall(ctx, ev)
		return m, err
	}
	m, _, _, err := t.execute(ctx, ev, false)
	return m, err
}

// renderer executes a template for one event at a time. It has its own clone of the
// template because the functions reach the guard by closure.
type renderer struct {
	tmpl  *template.Template
	guard *guard
	out   output
}

func (t *Template) renderer() (*renderer, error) {
	if r, ok := t.renderers.Get().(*renderer); ok {
		return r, nil
	}
	clone, err := t.root.Clone()
	if err != nil {
		return nil, fmt.Errorf("clone template: %w", err)
	}
	guard := &guard{maxDepth: t.maxDepth, weight: t.weight, nodesAnElement: t.nodesAnElement, marks: t.marks}
	clone.Funcs(guard.functions())
	return &renderer{tmpl: clone, guard: guard}, nil
}

// execute renders an event. If traced is set it also returns the origins, which the
// template must have been parsed for WithOrigins.
func (t *Template) execute(ctx context.Context, ev event.Event, traced bool) (m Message, origins *Origins, used use, err error) {
	if kind := ev.Kind(); kind != t.kind {
		return m, nil, used, fmt.Errorf("the event is %s, but the template is for %s", article(kind), article(t.kind))
	}
	if t.kind == event.KindAlert && t.text == "" {
		return m, nil, used, t.placed(&TemplateError{Path: t.path, Pos: source.Position{Line: 1, Column: 1}, Message: ErrNotSent.Error(), Err: ErrNotSent})
	}
	if err := ctx.Err(); err != nil {
		return m, nil, used, err
	}
	data, err := Data(ev)
	if err != nil {
		return m, nil, used, err
	}
	r, err := t.renderer()
	if err != nil {
		return m, nil, used, err
	}
	defer t.renderers.Put(r)
	r.out.Reset()
	r.out.guard, r.guard.out = r.guard, &r.out
	r.guard.start(ctx, t.limits, traced && t.origins != nil)
	r.guard.elements = ev.Elements()
	if err := r.tmpl.Execute(&r.out, data); err != nil {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return m, nil, used, ctxErr
		}
		m.Work = r.work() + eachByte*len(err.Error()) // whose message holds the action
		return m, nil, used, t.placed(t.executionError(err, maps.Keys(ev.CustomFields)))
	}
	rendered := append([]byte(nil), r.out.Bytes()...)
	m = Message{Kind: t.kind, Rendered: rendered, Body: RepairNewlines(rendered), Work: r.work()}
	if traced {
		r.guard.endPiece()
		origins = t.originsOf(m, r.guard.trace)
	}
	return m, origins, r.guard.use(), nil
}

// The work of an execution.
const (
	once      = 10_000
	eachTurn  = 1_000
	eachByte  = 30 // of strings that functions or errors have made
	eachPrint = 10
	eachLoop  = 100_000 // frames through which an error went
)

// work estimates the work of an execution.
func (r *renderer) work() int {
	g := r.guard
	return once + eachTurn*(g.ticks+g.nodesAnElement*g.elements/nodesATurn) + eachByte*g.made + eachPrint*r.out.Len() + eachLoop*g.loops
}

// LeastWork estimates, without executing the template, the least that Message.Work will
// be for an event that it renders to its end.
func (t *Template) LeastWork(ev event.Event) int {
	return eachTurn * (t.weight + t.nodesAnElement*ev.Elements()/nodesATurn)
}

// output collects what a template prints, up to the limit.
type output struct {
	bytes.Buffer
	guard *guard
}

func (o *output) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, o.guard.marks.reach(o.guard, p)
	}
	if err := o.guard.size(o.Len() + len(p)); err != nil {
		return 0, err
	}
	return o.Buffer.Write(p)
}

// article returns the kind with its article, for messages.
func article(kind event.Kind) string {
	if kind == "" {
		return "empty"
	}
	return words.WithArticle(kind.String())
}
