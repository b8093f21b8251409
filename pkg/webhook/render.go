package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
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
	rendered, noted, err := t.execute(ctx, nil, ev)
	if err != nil {
		return Message{Work: noted.work}, err
	}
	return Message{Kind: t.kind, Rendered: rendered, Body: RepairNewlines(rendered), Work: noted.work}, nil
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
	guard := &guard{limits: t.limits, maxDepth: t.maxDepth, weight: t.weight, origins: t.origins}
	// All clones share what coverage plants.
	clone.Funcs(guard.functions()).Funcs(guard.planted())
	return &renderer{tmpl: clone, guard: guard}, nil
}

// execute appends the output of the template to dst. With WithOrigins it also records
// what printed what.
func (t *Template) execute(ctx context.Context, dst []byte, ev event.Event) ([]byte, trace, error) {
	if kind := ev.Kind(); kind != t.kind {
		return nil, trace{}, fmt.Errorf("the event is %s, but the template is for %s", article(kind), article(t.kind))
	}
	if t.kind == event.KindAlert && t.text == "" {
		return nil, trace{}, &TemplateError{Path: t.path, Pos: source.Position{Line: 1, Column: 1}, Message: ErrNotSent.Error(), Err: ErrNotSent}
	}
	if err := ctx.Err(); err != nil {
		return nil, trace{}, err
	}
	data, err := Data(ev)
	if err != nil {
		return nil, trace{}, err
	}
	r, err := t.renderer()
	if err != nil {
		return nil, trace{}, err
	}
	defer t.renderers.Put(r)
	r.out.Reset()
	r.out.guard, r.guard.out = r.guard, &r.out
	r.guard.start(ctx)
	if err := r.tmpl.Execute(&r.out, data); err != nil {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return nil, trace{}, ctxErr
		}
		const eachByte = 30 // of the message that holds the action
		return nil, trace{work: r.work() + eachByte*len(err.Error())}, t.executionError(err)
	}
	r.guard.endPiece()
	noted := trace{slices.Clone(r.guard.trace.pieces), slices.Clone(r.guard.trace.empty), r.work()}
	return append(dst, r.out.Bytes()...), noted, nil
}

// work estimates the work of an execution.
func (r *renderer) work() int {
	const (
		once      = 10_000
		eachTurn  = 1_000
		eachByte  = 30 // strings that functions have made
		eachPrint = 10
		eachLoop  = 100_000 // frames through which an error went
	)
	return once + eachTurn*r.guard.ticks + eachByte*r.guard.made + eachPrint*r.out.Len() + eachLoop*r.guard.loops
}

// output collects what a template prints, up to the limit.
type output struct {
	bytes.Buffer
	guard *guard
}

func (o *output) Write(p []byte) (int, error) {
	if len(p) == 0 && o.guard.origins != nil {
		o.guard.origins.note(o.guard, p)
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
