package main

import (
	"context"
	"slices"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// checkSources checks all sources and shows the progress on a terminal. If files could
// not be checked, failed is the exit code for that.
func (a *app) checkSources(ctx context.Context, w *workspace.Workspace, sources []*workspace.Source, o lint.Options) (r *report.Report, failed int) {
	var bar *terminal.Progress
	if !a.quiet && !a.typed(sources) {
		bar = terminal.StartProgress(asIs(a.err), "checking", len(sources))
	}
	defer bar.Stop()
	r, err := report.Check(ctx, w, sources, o, bar.Step)
	r.Version = readBuildInfo().Version
	for _, p := range exit.Problems(err) {
		r.Failures = append(r.Failures, *p)
	}
	r.Sort()
	if len(r.Failures) > 0 {
		failed = max(exit.Code(err), exit.Misuse)
	}
	return r, failed
}

// typed reports whether the user types one of the sources, which must not be written
// over.
func (a *app) typed(sources []*workspace.Source) bool {
	return terminal.IsTerminal(a.in) && slices.ContainsFunc(sources, func(s *workspace.Source) bool { return s.Path == "-" })
}
