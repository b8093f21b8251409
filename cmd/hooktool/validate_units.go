package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"os"
	"slices"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// checker checks the templates of one run.
type checker struct {
	app          *app
	flags        *validateOptions
	kind         event.Kind // that --type says
	customFields map[string]string
	minSeverity  lint.Severity
	options      lint.Options
	settings     []string // what else may stand in hooktool's configuration
	failureCode  int      // the exit code when a file could not be checked
}

// units lists what there is to check.
func (c *checker) units(paths []string) ([]lint.Unit, error) {
	if c.flags.webhook != "" {
		hook, err := c.app.webhook(c.flags.webhook)
		if err != nil {
			return nil, err
		}
		return append([]lint.Unit{c.hookUnit(hook)}, c.pathUnits(paths)...), nil
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
	files, err := findTemplates(dir)
	for _, path := range files {
		units = append(units, c.fileUnit(path))
	}
	if err != nil {
		units = append(units, failing(err))
	}
	return units
}

// fileUnit checks a template file, or the webhooks of a YAML file.
func (c *checker) fileUnit(path string) lint.Unit {
	return func(ctx context.Context) ([]lint.Result, error) {
		text, err := c.app.readAll(path, maxTemplateSize)
		if err != nil {
			return nil, err
		}
		name := path
		if path == "-" {
			name = cmp.Or(c.flags.stdinFilename, stdinName)
		}
		if bytes.IndexByte(text, 0) >= 0 {
			return nil, badFile(name, "a template is a text file", "this is a binary file")
		}
		if c.app.isDocument(name, c.kind, text) {
			return c.document(ctx, name, text)
		}
		return c.file(ctx, name, string(text))
	}
}

func (c *checker) file(ctx context.Context, path, text string) ([]lint.Result, error) {
	kind := c.kind
	if kind == "" {
		var err error
		if kind, err = webhook.DetectKind(path, text); err != nil {
			return nil, usageError("", "%w", err)
		}
	}
	if kind == "" {
		return nil, errNoKindOfFile(path)
	}
	return c.check(ctx, workspace.Template{
		Path: path, Name: kind.TemplateName(), Kind: kind, Text: text, Destination: c.flags.destination, CustomFields: c.customFields,
	})
}

// document checks the webhooks of a YAML file. What is wrong in their definitions
// is a finding when there is at least one to which it can belong.
func (c *checker) document(ctx context.Context, path string, data []byte) ([]lint.Result, error) {
	file, err := config.ParseDocuments(path, data, c.settings, config.WithEnvironment(c.app.environment()))
	if err != nil && (file == nil || len(file.Webhooks) == 0) {
		if errors.Is(err, config.ErrNoWebhooks) {
			return nil, badFile(path, "give a template, or a file with webhooks: hooktool's or Coroot's configuration, the operator's resource, Helm values", "%w", err)
		}
		return nil, configError(err)
	}
	var all []lint.Result
	for i, hook := range file.Webhooks {
		w := workspace.Webhook{Webhook: hook}
		if i == 0 {
			w.Problems = err
		}
		results, err := c.hook(ctx, w)
		if err != nil {
			return all, err
		}
		all = append(all, results...)
	}
	return all, nil
}

// configUnits checks the webhooks of the configuration; the project's
// definitions win over the user's.
func (c *checker) configUnits() []lint.Unit {
	var units []lint.Unit
	for _, name := range c.app.webhookNames() {
		if hook, err := c.app.webhook(name); err == nil {
			units = append(units, c.hookUnit(hook))
		}
	}
	return units
}

func (c *checker) hookUnit(hook config.Webhook) lint.Unit {
	return func(ctx context.Context) ([]lint.Result, error) {
		return c.hook(ctx, workspace.Webhook{Webhook: hook})
	}
}

// hook checks the settings of a webhook and its templates.
func (c *checker) hook(ctx context.Context, w workspace.Webhook) ([]lint.Result, error) {
	var (
		all    []lint.Result
		unread []error
	)
	if settings := c.atLeast(lint.CheckWebhook(ctx, w, c.options)); len(settings.Findings) > 0 {
		all = append(all, settings)
	}
	for _, kind := range event.Kinds() {
		t, ok := w.Templates[kind]
		if !ok || c.kind != "" && c.kind != kind {
			continue
		}
		text, err := t.Read()
		if err != nil {
			unread = append(unread, templateReadError(exitFailed, w.Webhook, t, err))
			continue
		}
		template := workspace.Template{
			Path: t.Path, Name: kind.TemplateName(), Webhook: w.Name, Kind: kind, Text: text, Secrets: workspace.Secrets(w.Webhook),
			Destination: c.flags.destination, Configured: w.Destination, URL: w.LikelyURL(c.app.getenv), CustomFields: c.fieldsOf(w.Webhook),
		}
		if !t.File {
			template.File, template.Locate = t.Index(), t.Position
		}
		results, err := c.check(ctx, template)
		if err != nil {
			return all, err
		}
		all = append(all, results...)
	}
	return all, errors.Join(unread...)
}

// fieldsOf returns the custom fields of a webhook and those of the command line.
// A variable that is not set changes nothing: only the names count here.
func (c *checker) fieldsOf(hook config.Webhook) map[string]string {
	fields, err := hook.CustomFields(c.app.getenv)
	if err != nil {
		fields = hook.Raw().CustomFields
	}
	fields = maps.Clone(fields)
	if fields == nil {
		fields = map[string]string{}
	}
	maps.Copy(fields, c.customFields)
	return fields
}

func (c *checker) check(ctx context.Context, t workspace.Template) ([]lint.Result, error) {
	var unknown *catalog.UnknownError
	if _, _, err := t.Detect(nil); errors.As(err, &unknown) {
		return nil, &codedError{code: exitUsage, path: t.Path, err: err, hint: unknown.Hint()}
	}
	return []lint.Result{c.atLeast(lint.Check(ctx, t, c.options))}, nil
}

// atLeast leaves out findings below --min-severity.
func (c *checker) atLeast(result lint.Result) lint.Result {
	result.Findings = slices.DeleteFunc(result.Findings, func(f lint.Finding) bool { return !f.Severity.AtLeast(c.minSeverity) })
	return result
}

// run does all units and returns the report.
func (c *checker) run(ctx context.Context, units []lint.Unit) *report.Report {
	r := &report.Report{Version: readBuildInfo().Version}
	bar := c.app.startProgress("checking", len(units))
	defer bar.stop()
	lint.Run(ctx, units, func(_ int, results []lint.Result, err error) {
		bar.step()
		r.Results = append(r.Results, results...)
		if err == nil {
			return
		}
		if code := exitCode(err); code > c.failureCode {
			c.failureCode = code
		}
		for _, p := range source.ProblemsOf(err) {
			r.Failures = append(r.Failures, *p)
		}
	})
	r.Sort()
	return r
}

func findTemplates(dir string) ([]string, error) {
	found, _, errs := workspace.Walk(workspace.Disk{}, dir, workspace.IsTemplate)
	return found, errors.Join(errs...)
}
