package main

import (
	"context"
	"maps"
	"os"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/report"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// checker checks the templates of one run.
type checker struct {
	app          *app
	flags        *validateOptions
	kind         event.Kind // that --type says
	customFields map[string]string
	minSeverity  lint.Severity
	options      lint.Options
	failureCode  int // the exit code when a file could not be checked
}

// units lists what there is to check.
func (c *checker) units(paths []string) ([]lint.Unit, error) {
	if c.flags.webhook != "" {
		hook, err := c.app.webhook(c.flags.webhook)
		if err != nil {
			return nil, err
		}
		return append(c.webhookUnits(hook), c.pathUnits(paths)...), nil
	}
	if len(paths) > 0 {
		return c.pathUnits(paths), nil
	}
	if units := c.configUnits(); len(units) > 0 {
		return units, nil
	}
	units := c.folderUnits(".")
	if len(units) == 0 {
		return nil, usageError("give files or folders, or define webhooks in "+config.FileName,
			"there is no webhook in the configuration and no template in this folder")
	}
	return units, nil
}

func (c *checker) pathUnits(paths []string) []lint.Unit {
	var units []lint.Unit
	for _, path := range paths {
		if info, err := os.Stat(path); path != "-" && err == nil && info.IsDir() {
			found := c.folderUnits(path)
			if len(found) == 0 {
				found = []lint.Unit{failing(badFile(path, "templates end in .tmpl, .gotmpl or .tpl", "there is no template in this folder"))}
			}
			units = append(units, found...)
			continue
		}
		units = append(units, c.fileUnit(path))
	}
	return units
}

// failing is a unit that cannot be done.
func failing(err error) lint.Unit {
	return func(context.Context) ([]lint.Result, error) { return nil, err }
}

func (c *checker) folderUnits(dir string) []lint.Unit {
	var units []lint.Unit
	files, err := lint.Find(dir)
	for _, path := range files {
		units = append(units, c.fileUnit(path))
	}
	if err != nil {
		units = append(units, failing(err))
	}
	return units
}

// fileUnit checks a template file.
func (c *checker) fileUnit(path string) lint.Unit {
	return func(ctx context.Context) ([]lint.Result, error) {
		t, err := c.app.readTemplate(path)
		if err != nil {
			return nil, err
		}
		if path == "-" && c.flags.stdinFilename != "" {
			t.path = c.flags.stdinFilename
			if t.kind, err = detectKind(t.path, t.text); err != nil {
				return nil, err
			}
		}
		if c.kind != "" {
			t.kind = c.kind
		}
		if t.kind == "" {
			return nil, errNoKind(t.path)
		}
		return c.check(ctx, lint.Template{
			Path: t.path, Name: t.kind.TemplateName(), Kind: t.kind, Text: t.text, Destination: c.flags.destination, CustomFields: c.customFields,
		}), nil
	}
}

// configUnits checks the webhooks of the configuration; the project's
// definitions win over the user's.
func (c *checker) configUnits() []lint.Unit {
	var units []lint.Unit
	for _, name := range c.app.webhookNames() {
		if hook, err := c.app.webhook(name); err == nil {
			units = append(units, c.webhookUnits(hook)...)
		}
	}
	return units
}

func (c *checker) webhookUnits(hook config.Webhook) []lint.Unit {
	var units []lint.Unit
	for _, kind := range event.Kinds() {
		if t, ok := hook.Templates[kind]; ok && (c.kind == "" || c.kind == kind) {
			units = append(units, c.webhookUnit(hook, kind, t))
		}
	}
	return units
}

// webhookUnit checks one template of a webhook.
func (c *checker) webhookUnit(hook config.Webhook, kind event.Kind, t config.Template) lint.Unit {
	return func(ctx context.Context) ([]lint.Result, error) {
		text, err := t.Read()
		if err != nil {
			return nil, readError(t.Path, err)
		}
		fields, err := hook.CustomFields(c.app.getenv)
		if err != nil {
			return nil, configError(err)
		}
		fields = maps.Clone(fields)
		if fields == nil {
			fields = map[string]string{}
		}
		maps.Copy(fields, c.customFields)
		destination := c.flags.destination
		if destination == "" {
			destination = hook.Destination
		}
		return c.check(ctx, lint.Template{
			Path: t.Path, Name: kind.TemplateName(), Kind: kind, Text: text, Destination: destination, CustomFields: fields,
		}), nil
	}
}

func (c *checker) check(ctx context.Context, t lint.Template) []lint.Result {
	result := lint.Check(ctx, t, c.options)
	result.Findings = slices.DeleteFunc(result.Findings, func(f lint.Finding) bool { return !f.Severity.AtLeast(c.minSeverity) })
	return []lint.Result{result}
}

// run does all units and returns the report.
func (c *checker) run(ctx context.Context, units []lint.Unit) *report.Report {
	r := &report.Report{Version: readBuildInfo().Version}
	lint.Run(ctx, units, func(_ int, results []lint.Result, err error) {
		r.Results = append(r.Results, results...)
		if err == nil {
			return
		}
		if code := exitCode(err); code > c.failureCode {
			c.failureCode = code
		}
		for _, d := range describeAll(err) {
			r.Failures = append(r.Failures, report.Failure{
				Path: d.Path, Pos: source.Position{Line: d.Line, Column: d.Column}, Message: d.Message, Hint: d.Hint,
			})
		}
	})
	r.Sort()
	return r
}

// detectKind finds the kind of a template by what it says of itself.
func detectKind(path, text string) (event.Kind, error) {
	kind, err := webhook.DetectKind(path, text)
	if err != nil {
		return "", usageError("", "%w", err)
	}
	return kind, nil
}
