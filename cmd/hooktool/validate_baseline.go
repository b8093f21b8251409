package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/internal/words"
)

// maxBaseline limits the size of a baseline, in bytes.
const maxBaseline = 64 << 20

// saveBaseline writes the findings of a report to the file of --write-baseline.
func (o *validateOptions) saveBaseline(r *report.Report, failed int) error {
	o.app.printFailures(r)
	if failed != exit.OK {
		return exit.Status(failed)
	}
	if err := files.Write(o.writeBaseline, report.WriteBaseline(r, o.baselineDir(o.writeBaseline))); err != nil {
		return err
	}
	s := r.Summary()
	o.app.note("wrote the baseline %s with %s", o.writeBaseline, words.Count(s.Errors+s.Warnings+s.Infos, "finding"))
	return nil
}

// printFailures prints which files could not be checked, and why.
func (a *app) printFailures(r *report.Report) {
	for _, f := range r.Failures {
		exit.Print(a.err, a.errPalette(), "error", &f)
	}
}

// applyBaseline removes the findings that are in the file of --baseline.
func (o *validateOptions) applyBaseline(r *report.Report) error {
	if o.baseline == "" {
		return nil
	}
	data, err := o.app.files().All(o.baseline, maxBaseline)
	if errors.Is(err, fs.ErrNotExist) {
		return exit.BadFile(o.baseline, "create it with --write-baseline", "this baseline does not exist")
	}
	if err != nil {
		return err
	}
	baseline, err := report.ReadBaseline(data, o.baselineDir(o.baseline))
	if err != nil {
		return exit.BadFile(o.baseline, "create it again with --write-baseline", "%w", err)
	}
	known, gone := baseline.Apply(r)
	if known > 0 {
		o.app.note("%s in the baseline %s left out", words.Count(known, "finding"), words.IsOrAre(known))
	}
	if gone > 0 {
		o.app.note("%s in the baseline %s gone; update it with --write-baseline", words.Count(gone, "finding"), words.IsOrAre(gone))
	}
	return nil
}

// baselineDir returns the folder that the paths in a baseline are relative to; empty
// for files that are not on this disk.
func (o *validateOptions) baselineDir(path string) string {
	if o.elsewhere {
		return ""
	}
	return filepath.Dir(path)
}
