package rewrite

import (
	"context"
	"errors"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Template repairs a template. The error is a *source.Problem in the template's file,
// or ctx's error. The template's own custom fields replace those in the options.
func Template(ctx context.Context, t *workspace.Template, o Options) (*Result, error) {
	return repairAs(ctx, t, t.Text, o)
}

// Repaired is a template whose text is changed, or shared with one that may be.
type Repaired struct {
	workspace.Change
	Analysis *jsonflow.Analysis // of the new text; see Result
}

// Templates repairs the templates of one file: either all templates of a document, or a
// template file once per webhook that uses it. It returns the changed texts, and an error
// that joins a *source.Problem for each template that cannot be repaired. Such a template
// stays as it is, also where another use shares its text.
//
// Each is given to look, which may be nil, as soon as it is repaired: its analysis is not
// kept, because there may be a thousand.
func Templates(ctx context.Context, templates []*workspace.Template, o Options, look func(Repaired)) ([]workspace.Change, error) {
	if look == nil {
		look = func(Repaired) {}
	}
	if len(templates) > 0 && !templates[0].Inside() {
		return shared(ctx, templates, o, look)
	}
	var (
		changes []workspace.Change
		errs    []error
		kept    []config.Template // whose texts stay
	)
	for _, t := range templates {
		if t.Text == "" {
			continue
		}
		result, err := Template(ctx, t, o)
		if err != nil {
			stored, _ := t.Stored()
			errs, kept = append(errs, err), append(kept, stored)
			continue
		}
		// An unchanged text is included because other templates may share it.
		change := workspace.Change{Template: t, Text: result.Text}
		look(Repaired{change, result.Analysis})
		changes = append(changes, change)
	}
	changes = slices.DeleteFunc(changes, func(c workspace.Change) bool {
		stored, _ := c.Template.Stored()
		return slices.ContainsFunc(kept, stored.Shares)
	})
	return changes, errors.Join(errs...)
}

// shared repairs a template file that several webhooks or kinds use: the text must suit
// all of them.
func shared(ctx context.Context, templates []*workspace.Template, o Options, look func(Repaired)) ([]workspace.Change, error) {
	first := templates[0]
	text := first.Text
	var last *Result
	for _, t := range templates {
		result, err := repairAs(ctx, t, text, o)
		if err != nil {
			return nil, err
		}
		text, last = result.Text, result
	}
	if text == first.Text {
		return nil, nil
	}
	for _, t := range templates[:len(templates)-1] {
		if result, err := repairAs(ctx, t, text, o); err != nil || result.Changed {
			return nil, &source.Problem{
				Path: first.Path, Message: "this template is used by several webhooks, which would need different repairs", Hint: "give each of them its own file",
			}
		}
	}
	change := workspace.Change{Template: first, Text: text}
	look(Repaired{change, last.Analysis})
	return []workspace.Change{change}, nil
}

// repairAs repairs a text with the settings of a template.
func repairAs(ctx context.Context, t *workspace.Template, text string, options Options) (*Result, error) {
	options.CustomFields = t.CustomFields
	options.Plain = func() bool {
		found, err := t.Detect()
		return err == nil && found.Destination.Plain && found.Source != catalog.ByNothing
	}
	if stored, ok := t.Stored(); ok && text == t.Text {
		options.OneLine = stored.Flows()
		result, err := FixMeant(ctx, stored, options)
		if err != nil && ctx.Err() == nil {
			err = problemIn(t.Path, stored.Pos, stored.Meant(), stored.MeantPosition, err)
		}
		return result, err
	}
	result, err := Fix(ctx, t.Kind, text, options)
	if err != nil && ctx.Err() == nil {
		if text != t.Text {
			if _, own := repairAs(ctx, t, t.Text, options); own != nil { // the same, in the text that the user knows
				return nil, own
			}
		}
		at := source.NewIndex(text).Position
		if text != t.Text {
			at = func(int) source.Position { return source.Position{} } // the user has never seen this text
		}
		err = problemIn(t.Path, source.Position{}, text, at, err)
	}
	return result, err
}

// FixMeant repairs a template in a configuration file as it was meant, before Coroot
// expands it. It avoids new variables if possible, or else gives them names that Coroot
// does not expand, because any other $ would need an environment variable. Coroot reads
// the result as meant if config.File.Apply writes it.
func FixMeant(ctx context.Context, t config.Template, o Options) (*Result, error) {
	if !t.Expands() {
		return Fix(ctx, t.Kind, t.Meant(), o)
	}
	plain := o
	plain.NoVariables = true
	if unrolled, ok := WithoutVariables(ctx, t.Kind, t.Meant(), o); ok && unrolled != t.Meant() {
		plain.Analysis = nil // that one is of the text before unrolling
		if result, err := Fix(ctx, t.Kind, unrolled, plain); err == nil {
			result.Changed = true
			return result, nil
		}
		plain.Analysis = o.Analysis
	}
	if result, err := Fix(ctx, t.Kind, t.Meant(), plain); err == nil || ctx.Err() != nil {
		return result, err
	}
	plain = o
	plain.OutOfShell = true
	return Fix(ctx, t.Kind, t.Meant(), plain)
}

// problemIn positions an error in the file that contains a template; whole is the
// position for errors about the entire template.
func problemIn(path string, whole source.Position, text string, at func(offset int) source.Position, err error) error {
	p := &source.Problem{Path: path, Pos: whole, Message: err.Error()}
	var (
		noRepair   *Error
		inTemplate *webhook.TemplateError
	)
	switch {
	case errors.As(err, &noRepair):
		p.Message, p.Hint = noRepair.Message, noRepair.Hint
		if noRepair.End > 0 {
			p.Pos = at(noRepair.Start)
		}
	case errors.As(err, &inTemplate):
		p.Message, p.Hint = inTemplate.Message, inTemplate.Hint
		if inTemplate.Pos.IsValid() {
			p.Pos = at(source.NewIndex(text).Offset(inTemplate.Pos))
		}
	}
	return p
}
