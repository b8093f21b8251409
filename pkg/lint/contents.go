package lint

import (
	"context"
	"errors"

	"github.com/hooktool/hooktool/pkg/workspace"
)

// CheckContents looks for mistakes in everything a source contains. It emits the result
// of each template, along with the template, and the results of webhook and project
// settings if they have findings or the source has nothing but alerting rules. The
// error joins the reasons why templates cannot be used. When ctx is done, the rest is
// left out.
func CheckContents(ctx context.Context, c workspace.Contents, o Options, emit func(Result, *workspace.Template)) error {
	settings := func(r Result) {
		// A file that contains only alerting rules was checked, too.
		if len(r.Findings) > 0 || r.AlertRules > 0 && len(c.Webhooks)+len(c.Templates) == 0 {
			emit(r, nil)
		}
	}
	for _, hook := range c.Webhooks {
		if ctx.Err() != nil {
			return nil
		}
		settings(CheckWebhook(ctx, hook, o))
	}
	for _, project := range c.Projects {
		settings(CheckProject(ctx, project, o))
	}
	var errs []error
	for i := range c.Templates {
		t := &c.Templates[i]
		if ctx.Err() != nil {
			break
		}
		if err := t.Usable(); err != nil {
			errs = append(errs, err)
			continue
		}
		emit(Check(ctx, *t, o), t)
	}
	return errors.Join(errs...)
}

// UnitOf returns a Unit that checks the contents of one source of a workspace.
func UnitOf(w *workspace.Workspace, s *workspace.Source, o Options) Unit {
	return func(ctx context.Context) ([]Result, error) {
		contents, err := w.Open(s)
		if err != nil {
			return nil, err
		}
		some := o
		if o.Halves && len(contents.Templates) == 1 {
			some.Memory = nil // hardly any other template can equal it
		}
		var all []Result
		err = CheckContents(ctx, contents, some, func(r Result, _ *workspace.Template) { all = append(all, r) })
		return all, err
	}
}
