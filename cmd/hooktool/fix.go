package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

const fixLong = `Repair templates that can print invalid JSON, with the smallest change.

A TEMPLATE is a file, "-" for standard input, or a YAML file with webhooks in it
(hooktool's or Coroot's configuration, the operator's resource, Helm values),
whose templates are repaired in place. Without one, the templates of the webhook
of --webhook are repaired. What comes out is printed; a template that needs no
repair, or that is not meant to be JSON, is printed as it is.

A repair is proved: the new template prints valid JSON for every event, and says
the same as the old one where that printed JSON. A template for which there is
no such repair is left alone, with the reason and exit code 3.`

const fixExample = `  hooktool fix alert.tmpl                  print the repaired template
  hooktool fix --diff templates/*.tmpl     show what would change
  hooktool fix --write coroot.yaml         repair the templates in a configuration
  hooktool fix --write -w telegram         repair those of a webhook
  hooktool fix --check templates/*.tmpl    exit with 1 if anything would change`

type fixOptions struct {
	app           *app
	kind          string
	customFields  []string
	webhook       string
	stdinFilename string
	diff          bool
	write         bool
	check         bool
	paths         []string
	settings      []string // what else may stand in hooktool's configuration
}

func newFixCmd(a *app) *cobra.Command {
	opts := fixOptions{app: a}
	cmd := &cobra.Command{
		Use:     "fix [TEMPLATE...]",
		Short:   "Repair templates that can print invalid JSON",
		Long:    fixLong,
		Example: fixExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.paths, opts.settings = args, a.settingNames()
			return opts.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&opts.diff, "diff", false, "print what changes, as a unified diff")
	flags.BoolVar(&opts.write, "write", false, "write the repaired templates to their files")
	flags.BoolVar(&opts.check, "check", false, "print the names of files that would change, and exit with 1 if there are any")
	flags.StringVarP(&opts.kind, "type", "t", "", "the `kind` of the templates: incident, deployment or alert")
	flags.StringArrayVar(&opts.customFields, "custom-field", nil, "a custom field of the webhook, as `KEY=VALUE`; repeatable")
	flags.StringVarP(&opts.webhook, "webhook", "w", "", "use the templates, or else the custom fields, of the webhook of this `name`")
	flags.StringVar(&opts.stdinFilename, "stdin-filename", "", "treat standard input like a file of this `name`")
	completeWith(cmd, "type", event.KindNames()...)
	completeBy(cmd, "webhook", a.completeWebhooks)
	return cmd
}

// fixed is a file before and after its repair.
type fixed struct {
	path          string // as the user gave it
	name          string // for messages
	before, after string
}

func (o *fixOptions) run(ctx context.Context) error {
	kind, fields, err := o.checkFlags()
	if err != nil {
		return err
	}
	jobs, err := o.jobs(kind)
	if err != nil {
		return err
	}
	code := exitOK
	for _, job := range jobs {
		f, err := o.fix(ctx, job, fields)
		if err == nil {
			err = o.deliver(f)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			for _, each := range source.ProblemsOf(err) {
				printProblem(o.app.err, o.app.errPalette(), "error", each)
			}
			code = max(code, exitCode(err))
		case o.check && f.before != f.after:
			code = max(code, exitFindings)
		}
	}
	if code != exitOK {
		return exitError(code)
	}
	return nil
}

// fixJob is a file to repair.
type fixJob struct {
	path    string
	kind    event.Kind // empty when the file tells
	webhook string     // the only one to repair in a configuration; empty: all
}

// jobs lists what to repair: the files that were given, or else the templates
// of the webhook that --webhook names.
func (o *fixOptions) jobs(kind event.Kind) ([]fixJob, error) {
	var jobs []fixJob
	for _, path := range o.paths {
		jobs = append(jobs, fixJob{path: path, kind: kind})
	}
	if len(jobs) > 0 {
		return jobs, nil
	}
	if o.webhook == "" {
		return nil, usageError("give a template, or the name of a webhook in the configuration with --webhook", "no template was given")
	}
	hook, err := o.app.webhook(o.webhook)
	if err != nil {
		return nil, err
	}
	if jobs = webhookJobs(hook, kind); len(jobs) == 0 {
		return nil, usageError("", "the webhook %q has no template to repair", hook.Name)
	}
	return jobs, nil
}

// webhookJobs lists where the templates of a webhook stand; kind is the only one
// that is wanted, or empty.
func webhookJobs(hook config.Webhook, kind event.Kind) []fixJob {
	var jobs []fixJob
	for _, each := range event.Kinds() {
		t, ok := hook.Templates[each]
		if !ok || kind != "" && kind != each {
			continue
		}
		job := fixJob{path: t.Path, kind: each}
		if !t.File {
			job = fixJob{path: hook.Path, kind: kind, webhook: hook.Name}
		}
		if !slices.Contains(jobs, job) {
			jobs = append(jobs, job)
		}
	}
	return jobs
}

// only leaves in a configuration what a job is about.
func (j fixJob) only(file *config.File) {
	if j.webhook == "" {
		return
	}
	file.Webhooks = slices.DeleteFunc(file.Webhooks, func(w config.Webhook) bool { return w.Name != j.webhook })
	for _, w := range file.Webhooks {
		maps.DeleteFunc(w.Templates, func(kind event.Kind, t config.Template) bool {
			return t.File || j.kind != "" && j.kind != kind
		})
	}
}

// checkFlags reads the flags that hold for all templates.
func (o *fixOptions) checkFlags() (event.Kind, map[string]string, error) {
	switch {
	case o.write && o.check:
		return "", nil, usageError("leave one of them out", "--write and --check exclude each other")
	case o.write && slices.Contains(o.paths, "-"):
		return "", nil, usageError("leave --write out: the repaired template is printed", "standard input cannot be written to")
	case countStdin(o.paths) > 1:
		return "", nil, usageError("give the others as files", "standard input, which is -, can be read only once")
	}
	var kind event.Kind
	fields := map[string]string{}
	if o.kind != "" {
		var err error
		if kind, err = parseKind(o.kind); err != nil {
			return "", nil, err
		}
	}
	custom, err := pairs("custom-field", o.customFields)
	if err != nil {
		return "", nil, err
	}
	for _, pair := range custom {
		fields[pair[0]] = pair[1]
	}
	if o.webhook != "" {
		hook, err := o.app.webhook(o.webhook)
		if err != nil {
			return "", nil, err
		}
		for key, value := range hook.Raw().CustomFields {
			if _, ok := fields[key]; !ok {
				fields[key] = value
			}
		}
	}
	return kind, fields, nil
}

// fix repairs one file.
func (o *fixOptions) fix(ctx context.Context, job fixJob, fields map[string]string) (fixed, error) {
	path, kind := job.path, job.kind
	name := path
	if path == "-" {
		name = stdinName
		if o.stdinFilename != "" {
			name = o.stdinFilename
		}
	}
	text, err := o.app.readAll(path, maxTemplateSize)
	if err != nil {
		return fixed{}, err
	}
	if o.app.isDocument(name, kind, text) {
		return o.fixYAML(ctx, job, name, text)
	}
	if strings.IndexByte(string(text), 0) >= 0 {
		return fixed{}, badFile(name, "a template is a text file", "this is a binary file")
	}
	if kind == "" {
		if kind, err = webhook.DetectKind(name, string(text)); err != nil {
			return fixed{}, usageError("", "%w", err)
		}
	}
	if kind == "" {
		return fixed{}, errNoKindOfFile(name)
	}
	f := fixed{path: path, name: name, before: string(text)}
	result, err := rewrite.Fix(ctx, kind, f.before, rewrite.Options{CustomFields: fields})
	if err != nil {
		var inTemplate *webhook.TemplateError
		if errors.As(err, &inTemplate) {
			inTemplate.Path = name
		}
		return f, rewrite.Problem(name, f.before, err)
	}
	f.after = result.Text
	return f, nil
}

// fixYAML repairs the templates in a YAML file.
func (o *fixOptions) fixYAML(ctx context.Context, job fixJob, name string, data []byte) (fixed, error) {
	file, err := config.ParseDocuments(name, data, o.settings, config.WithEnvironment(o.app.environment()))
	switch {
	case errors.Is(err, config.ErrNoWebhooks):
		return fixed{}, badFile(name, "give a template, or a configuration with webhooks in it", "%w", err)
	case err != nil:
		return fixed{}, err
	}
	job.only(file)
	o.noteFiles(file)
	f := fixed{path: job.path, name: name, before: string(data)}
	after, repaired, err := rewrite.File(ctx, data, file)
	f.after = string(after)
	if err == nil {
		o.noteDollar(repaired)
	}
	return f, err
}

// noteDollar says that Coroot needs a variable for what was written, and where it
// is set.
func (o *fixOptions) noteDollar(repaired []rewrite.Fixed) {
	for _, r := range repaired {
		written, err := r.Template.Write(r.Result.Text)
		if err == nil && r.Template.NeedsDollar(written) {
			o.app.note("Coroot needs the variable DOLLAR, which holds a $, to read the templates of %s as they are meant; set it %s", r.Webhook.Name, r.Webhook.Format.DollarHelp())
			return
		}
	}
}

// noteFiles says which templates of a configuration stand elsewhere.
func (o *fixOptions) noteFiles(file *config.File) {
	for _, w := range file.Webhooks {
		for _, kind := range event.Kinds() {
			if t, ok := w.Templates[kind]; ok && t.File && !slices.Contains(o.paths, t.Path) {
				o.app.note("the %s template of %s is a file of its own: hooktool fix %s", kind, w.Name, printable.ShellWord(t.Path))
			}
		}
	}
}

// isDocument reports whether a text is YAML with webhooks in it rather than a
// template: by the name of its file, or, from standard input, by what it holds.
func (a *app) isDocument(name string, kind event.Kind, text []byte) bool {
	if name != stdinName || kind != "" {
		return isYAML(name)
	}
	file, _ := config.ParseDocuments(name, text, a.settingNames(), config.WithEnvironment(a.environment()))
	return len(file.Webhooks) > 0
}

func isYAML(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		return true
	}
	return false
}

// deliver prints or writes what was asked for.
func (o *fixOptions) deliver(f fixed) error {
	changed := f.before != f.after
	var out string
	switch {
	case o.diff:
		out = o.unified(f)
	case o.check && changed:
		out = f.name + "\n"
	case !o.write && !o.check:
		out = f.after
		if terminal.IsTerminal(o.app.out) && out != "" && !strings.HasSuffix(out, "\n") {
			out += "\n"
		}
	}
	if _, err := io.WriteString(o.app.out, out); err != nil {
		return writeError(err)
	}
	if !o.write || !changed {
		return nil
	}
	if err := replaceFile(f.path, []byte(f.before), []byte(f.after)); err != nil {
		return err
	}
	o.app.note("repaired %s", f.name)
	return nil
}

// unified returns the difference in colour.
func (o *fixOptions) unified(f fixed) string {
	_, lines, _ := bytes.Cut(diff.Diff(f.name, []byte(f.before), f.name, []byte(f.after)), []byte("\n")) // without diff's own header
	p := o.app.outPalette()
	var b strings.Builder
	for line := range strings.Lines(string(lines)) {
		text, end := strings.CutSuffix(line, "\n")
		b.WriteString(p.DiffLine(text))
		if end {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
