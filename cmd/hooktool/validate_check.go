package main

import (
	"context"
	"errors"
	"runtime/debug"
	"slices"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// checker checks the templates of one run.
type checker struct {
	app         *app
	minSeverity lint.Severity
	options     lint.Options
	failureCode int // the exit code when a file could not be checked
}

// unit checks what is at one place.
func (c *checker) unit(w *workspace.Workspace, s *workspace.Source) lint.Unit {
	return func(ctx context.Context) ([]lint.Result, error) {
		contents, err := w.Open(s)
		if err != nil {
			return nil, err
		}
		var (
			all  []lint.Result
			errs []error
		)
		for _, hook := range contents.Webhooks {
			if settings := c.atLeast(lint.CheckWebhook(ctx, hook, c.options)); len(settings.Findings) > 0 {
				all = append(all, settings)
			}
		}
		for _, project := range contents.Projects {
			if result := c.atLeast(lint.CheckProject(ctx, project, c.options)); len(result.Findings) > 0 {
				all = append(all, result)
			}
		}
		for i := range contents.Templates {
			t := &contents.Templates[i]
			if err := t.Usable(); err != nil {
				errs = append(errs, err)
				continue
			}
			all = append(all, c.atLeast(lint.Check(ctx, *t, c.options)))
		}
		return all, errors.Join(errs...)
	}
}

// atLeast leaves out findings below --min-severity.
func (c *checker) atLeast(result lint.Result) lint.Result {
	result.Findings = slices.DeleteFunc(result.Findings, func(f lint.Finding) bool { return !f.Severity.AtLeast(c.minSeverity) })
	return result
}

// run checks everything that is found and returns the report.
func (c *checker) run(ctx context.Context, w *workspace.Workspace, sources []*workspace.Source) *report.Report {
	r := &report.Report{Version: readBuildInfo().Version}
	units := make([]lint.Unit, 0, len(sources))
	for _, s := range sources {
		units = append(units, c.unit(w, s))
	}
	if c.options.Brief = len(units) > manyUnits; c.options.Brief && c.app.getenv("GOGC") == "" {
		debug.SetGCPercent(manyGCPercent)
	}
	var bar *terminal.Progress
	if !c.app.quiet {
		bar = terminal.StartProgress(asIs(c.app.err), "checking", len(units))
	}
	defer bar.Stop()
	lint.Run(ctx, units, func(_ int, results []lint.Result, err error) {
		bar.Step()
		r.Results = append(r.Results, results...)
		if err == nil {
			return
		}
		c.failureCode = max(c.failureCode, exitCode(err))
		for _, p := range problemsOf(err) {
			r.Failures = append(r.Failures, *p)
		}
	})
	r.Sort()
	return r
}
