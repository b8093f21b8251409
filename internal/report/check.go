package report

import (
	"context"
	"errors"
	"runtime"

	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// many is the number of sources above which each is tried with fewer made-up events, so
// that a thousand take about a second.
const many = 200

// Check checks the sources of a workspace, and calls step after each. The error joins
// the reasons why some could not be checked; the report covers the rest.
func Check(ctx context.Context, w *workspace.Workspace, sources []*workspace.Source, o lint.Options, step func()) (*Report, error) {
	o.Brief, o.Halves, o.Memory = len(sources) > many, len(sources) < runtime.GOMAXPROCS(0), lint.NewMemory()
	units := make([]lint.Unit, 0, len(sources))
	for _, s := range sources {
		units = append(units, lint.UnitOf(w, s, o))
	}
	var (
		r    Report
		errs []error
	)
	lint.Run(ctx, units, func(_ int, results []lint.Result, err error) {
		step()
		r.Results = append(r.Results, results...)
		errs = append(errs, err)
	})
	r.Results = lint.Joined(r.Results)
	r.Sort()
	return &r, errors.Join(errs...)
}
