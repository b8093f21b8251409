package main

import (
	"context"
	"os"

	"github.com/hooktool/hooktool/pkg/lint"
)

// repair repairs in place what can be repaired; the rest is reported when it is
// checked.
func (o *validateOptions) repair(ctx context.Context) error {
	fix := fixOptions{app: o.app, kind: o.kind, customFields: o.customFields, webhook: o.webhook, write: true, paths: o.paths, settings: o.settings}
	kind, fields, err := fix.checkFlags()
	if err != nil {
		return err
	}
	for _, path := range o.repairable() {
		f, err := fix.fix(ctx, path, kind, fields)
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
	return nil
}

// repairable lists the files that validate checks with these arguments.
func (o *validateOptions) repairable() []string {
	var files []string
	folder := func(dir string) {
		found, _ := lint.Find(dir) // what cannot be read is reported when it is checked
		files = append(files, found...)
	}
	for _, path := range o.paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			folder(path)
			continue
		}
		files = append(files, path)
	}
	if len(o.paths) > 0 {
		return files
	}
	for _, file := range o.app.configs {
		if len(file.Webhooks) > 0 {
			files = append(files, file.Path)
		}
		for _, hook := range file.Webhooks {
			for _, t := range hook.Templates {
				if t.File {
					files = append(files, t.Path)
				}
			}
		}
	}
	if files == nil {
		folder(".")
	}
	return files
}
