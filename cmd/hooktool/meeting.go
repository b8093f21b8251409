package main

import (
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// chooseEvents determines where the events come from.
func (a *app) chooseEvents(f *inputFlags, templates []workspace.Template, paths []string) (*meeting.Meeting, error) {
	o := meeting.Options{Paths: paths, Open: a.files().Open, Lines: f.lines, Strict: f.strict, Limits: f.limits}
	if !a.quiet {
		o.Warn = a.warn
	}
	var err error
	if o.Sets, err = option.Pairs("set", f.sets); err != nil {
		return nil, err
	}
	switch {
	case f.rule.id != "":
		o.Sample, err = f.rule.sample(a, f.sample)
	case f.sample != "":
		o.Sample, err = sampleEvent(f.sample)
	default:
		err = files.Check(paths)
	}
	if err != nil {
		return nil, err
	}
	return meeting.New(templates, o)
}
