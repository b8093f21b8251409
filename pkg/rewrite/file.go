package rewrite

import (
	"context"
	"errors"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Fixed is a template of a YAML file after its repair.
type Fixed struct {
	Webhook  config.Webhook
	Template config.Template // as it was
	Result   *Result         // nil with Err
	Err      error           // a *source.Problem in the YAML file, or ctx's
}

// File repairs the templates that stand in a YAML file, in place: it returns
// the file with them changed and all else as it is, and what became of each
// template. Templates in files of their own are left out.
//
// When a template has no repair, the file stays as it is. The error then joins
// a *source.Problem for each reason.
func File(ctx context.Context, data []byte, file *config.File) ([]byte, []Fixed, error) {
	var (
		fixed   []Fixed
		changes []config.Change
		errs    []error
	)
	for _, w := range file.Webhooks {
		for _, kind := range event.Kinds() {
			t, ok := w.Templates[kind]
			if !ok || t.File || t.Text == "" {
				continue
			}
			one := fixOne(ctx, w, t)
			fixed = append(fixed, one)
			if one.Err != nil {
				errs = append(errs, one.Err)
				continue
			}
			changes = append(changes, config.Change{Template: t, Text: one.Result.Text})
		}
	}
	if len(errs) > 0 {
		return data, fixed, errors.Join(errs...)
	}
	changed, err := file.Apply(changes...)
	if err != nil {
		return data, fixed, err
	}
	return changed, fixed, nil
}

// fixOne repairs one template of a webhook.
func fixOne(ctx context.Context, w config.Webhook, t config.Template) Fixed {
	result, err := FixMeant(ctx, t, Options{CustomFields: w.Raw().CustomFields})
	if err != nil && ctx.Err() == nil {
		err = problemIn(t, err)
	}
	return Fixed{Webhook: w, Template: t, Result: result, Err: err}
}

// FixMeant repairs a template that stands in a configuration as it was meant,
// before Coroot expanded it: without new variables where that is possible, as
// each $ would need a variable of Coroot's environment. What config.File.Apply
// writes of the result is what Coroot then reads.
func FixMeant(ctx context.Context, t config.Template, o Options) (*Result, error) {
	if t.Expands() {
		o.NoVariables = true
		result, err := Fix(ctx, t.Kind, t.Meant(), o)
		if err == nil || ctx.Err() != nil {
			return result, err
		}
		o.NoVariables = false
	}
	return Fix(ctx, t.Kind, t.Meant(), o)
}

// problemIn places an error in the file that holds a template.
func problemIn(t config.Template, err error) error {
	p := &source.Problem{Path: t.Path, Pos: t.Pos, Message: err.Error()}
	var (
		noRepair   *Error
		inTemplate *webhook.TemplateError
	)
	switch {
	case errors.As(err, &noRepair):
		p.Hint = noRepair.Hint
		if noRepair.End > 0 {
			p.Pos = t.MeantPosition(noRepair.Start)
		}
	case errors.As(err, &inTemplate):
		p.Message, p.Hint = inTemplate.Message, inTemplate.Hint
		if inTemplate.Pos.IsValid() {
			p.Pos = t.MeantPosition(source.NewIndex(t.Meant()).Offset(inTemplate.Pos))
		}
	}
	return p
}

// Problem returns the error of Fix for a template that is a file or stands in
// none, as a *source.Problem with its place. Other errors come back as they
// are.
func Problem(path, text string, err error) error {
	var noRepair *Error
	if !errors.As(err, &noRepair) {
		return err
	}
	p := &source.Problem{Path: path, Message: noRepair.Message, Hint: noRepair.Hint}
	if noRepair.End > 0 {
		p.Pos = source.NewIndex(text).Position(noRepair.Start)
	}
	return p
}
