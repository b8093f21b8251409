package main

import (
	"context"
	"os"

	"github.com/hooktool/hooktool/pkg/event"
)

// repair repairs in place what can be repaired; the rest is reported when it is
// checked.
func (o *validateOptions) repair(ctx context.Context) error {
	fix := fixOptions{app: o.app, kind: o.kind, customFields: o.customFields, webhook: o.webhook, write: true, paths: o.paths, settings: o.settings}
	kind, fields, err := fix.checkFlags()
	if err != nil {
		return err
	}
	for _, job := range o.repairable(kind) {
		f, err := fix.fix(ctx, job, fields)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue
		}
		if err := fix.deliver(f); err != nil {
			return err
		}
	}
	_, err = o.app.loadConfigs()
	return err
}

// repairable lists what validate checks with these arguments.
func (o *validateOptions) repairable(kind event.Kind) []fixJob {
	var jobs []fixJob
	folder := func(dir string) {
		found, _ := findTemplates(dir) // what cannot be read is reported when it is checked
		for _, path := range found {
			jobs = append(jobs, fixJob{path: path, kind: kind})
		}
	}
	for _, path := range o.paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			folder(path)
			continue
		}
		jobs = append(jobs, fixJob{path: path, kind: kind})
	}
	if len(o.paths) > 0 {
		return jobs
	}
	names := o.app.webhookNames()
	if o.webhook != "" {
		names = []string{o.webhook}
	}
	for _, name := range names {
		if hook, err := o.app.webhook(name); err == nil {
			jobs = append(jobs, webhookJobs(hook, kind)...)
		}
	}
	if len(names) == 0 {
		folder(".")
	}
	return jobs
}
