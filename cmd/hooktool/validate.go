package main

import (
	"bytes"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/meeting"
	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const validateLong = `Find mistakes in templates and webhook settings, with their positions.

A PATH is a template, a YAML file with webhooks (hooktool's or Coroot's
configuration, the operator's resource, Helm values), "-" for standard input, or
a folder: every *.tmpl, *.gotmpl, *.tpl and YAML file with webhooks in it is
checked. Without a PATH, the webhooks of the configuration and this folder are
checked. A template file that a webhook names is checked as part of that webhook.

hooktool explain lists the rules and describes each one. A comment in the
template silences a rule on its own line and the next:

  {{- /* hooktool:ignore RULE reason */ -}}`

const validateExample = `  hooktool validate alert.tmpl
  hooktool validate templates --fail-on warning
  hooktool validate alert.tmpl --events events.ndjson    also try past events
  hooktool validate --disable unused-variable,unused-template templates
  hooktool validate --output sarif=report.sarif --output junit=report.xml templates
  cat alert.tmpl | hooktool validate - --stdin-filename alert.tmpl`

type validateOptions struct {
	app *app
	templateFlags
	format        string
	outputs       []string
	failOn        string
	minSeverity   string
	enable        []string
	disable       []string
	severities    []string
	stdinFilename string
	skipUnrelated bool
	corootVersion string
	watch         bool
	fix           bool
	paths         []string
	elsewhere     bool     // the checked files are not on this disk
	events        []string // files with past events
	oneline       bool
	statistics    bool
	baseline      string // path of a file
	writeBaseline string // path of a file
}

func newValidateCmd(a *app) *cobra.Command {
	opts := validateOptions{app: a}
	cmd := about{"validate [PATH...]", "Find mistakes in templates and webhooks", validateLong, validateExample}.command(func(ctx context.Context, args []string) error {
		opts.paths = args
		return opts.run(ctx)
	})
	opts.register(a, cmd)
	return cmd
}

func (o *validateOptions) register(a *app, cmd *cobra.Command) {
	o.templateFlags.register(a, cmd)
	o.registerReport(cmd)
	option.Define(cmd, "stdin-filename", &o.stdinFilename, "skip-unrelated", &o.skipUnrelated, "events", &o.events, "watch", &o.watch, "fix", &o.fix)
}

// registerReport registers the flags that say what to look for and how to report it.
func (o *validateOptions) registerReport(cmd *cobra.Command) {
	option.Format(cmd, &o.format, report.Formats()...)
	o.failOn, o.minSeverity = string(lint.Error), string(lint.Info)
	option.Define(cmd, "oneline", &o.oneline, "statistics", &o.statistics, "baseline", &o.baseline, "write-baseline", &o.writeBaseline, "output", &o.outputs,
		"fail-on", &o.failOn, "min-severity", &o.minSeverity, "enable", &o.enable, "disable", &o.disable, "severity", &o.severities, "coroot-version", &o.corootVersion)
}

func (o *validateOptions) run(ctx context.Context) error {
	if err := o.app.checkStdin(o.stdinFilename, o.paths, o.events); err != nil {
		return err
	}
	check, err := o.lint()
	if err != nil {
		return err
	}
	if o.fix {
		fix := fixOptions{app: o.app, templateFlags: o.templateFlags, stdinFilename: o.stdinFilename, skipUnrelated: o.skipUnrelated, write: true, paths: o.paths, quietly: true}
		if err := fix.run(ctx); err != nil {
			return err
		}
		if _, err := o.app.loadConfigs(); err != nil {
			return err
		}
	}
	if o.watch {
		return o.watchFiles(ctx, check)
	}
	w, sources, err := o.find()
	if err != nil {
		return err
	}
	return o.check(ctx, check, w, sources)
}

// find lists what to check.
func (o *validateOptions) find() (*workspace.Workspace, []*workspace.Source, error) {
	w := o.app.workspaceSkipping(o.said(), o.stdinFilename, o.skipUnrelated)
	sources, err := w.Find(o.paths...)
	return w, sources, err
}

// check checks everything once and returns the error for the exit code.
func (o *validateOptions) check(ctx context.Context, check lint.Options, w *workspace.Workspace, sources []*workspace.Source) error {
	r, failed := o.app.checkSources(ctx, w, sources, check)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(sources) == 0:
		o.app.note("nothing to check: there are no templates and no webhooks")
	case len(r.Results)+failed == 0:
		o.app.note("no findings: there are webhooks, but no template to check")
	}
	if o.writeBaseline != "" {
		return o.saveBaseline(r, failed)
	}
	if err := o.applyBaseline(r); err != nil {
		return err
	}
	if err := o.print(r); err != nil {
		return err
	}
	o.app.printFailures(r)
	switch worst := r.Worst(); {
	case failed != exit.OK:
		return exit.Status(failed)
	case o.failOn != "never" && worst != "" && worst.AtLeast(lint.Severity(o.failOn)):
		return exit.Status(exit.Findings)
	}
	return nil
}

// print writes the report to stdout, and to the files of --output.
func (o *validateOptions) print(r *report.Report) error {
	options := report.Options{
		Style: o.app.outPalette(), Verbose: o.app.verbose, Quiet: o.app.quiet, Elsewhere: o.elsewhere,
		Oneline: o.oneline, Statistics: o.statistics, Flags: o.sameFlags(),
	}
	for _, file := range o.app.config.Configs() {
		options.Configs = append(options.Configs, file.Path)
	}
	if files.CountStdin(o.paths...) > 0 {
		options.Stdin = o.stdinFilename
	}
	if terminal.IsTerminal(o.app.out) {
		options.Width = terminal.Width(o.app.out, o.app.getenv)
	}
	o.app.commands = o.format == "github"
	err := report.Write(o.app.out, o.format, r, options)
	o.app.commands = false
	if err != nil {
		return err
	}
	for _, output := range o.outputs {
		format, path, _ := strings.Cut(output, "=")
		var b bytes.Buffer
		if err := report.Write(&b, format, r, report.Options{Verbose: o.app.verbose}); err != nil {
			return exit.BadFile(path, "", "%w", err)
		}
		if err := files.Write(path, o.app.sealed(b.Bytes(), format == "github")); err != nil {
			return err
		}
	}
	return nil
}

// sameFlags returns the flags that a command in a hint must repeat.
func (o *validateOptions) sameFlags() []string {
	flags := []string{"type", o.kind, "destination", o.destination}
	for _, name := range o.hooks() {
		flags = append(flags, "webhook", name)
	}
	return o.app.sameFlags(append(flags, "config", o.app.config.Named)...)
}

// lint converts the flags to lint options; it checks every flag before any work is
// done.
func (o *validateOptions) lint() (lint.Options, error) {
	options := lint.Options{MinSeverity: lint.Severity(o.minSeverity), Now: o.app.now(), ShowSecrets: o.app.showSecrets, Getenv: o.app.getenv}
	if err := o.app.onlyText(o.format, "oneline", "statistics"); err != nil {
		return options, err
	}
	var err error
	if o.corootVersion != "" {
		if options.CorootVersion, err = lint.ParseVersion(o.corootVersion); err != nil {
			return options, err
		}
	}
	if options.Paths, err = lint.PathsOf(o.app.config.Configs()...); err != nil {
		return options, exit.Misused(err)
	}
	if options.Severities, err = option.RuleSeverities(option.RuleFlags{Severity: o.severities, Enable: o.enable, Disable: o.disable}, o.app.given); err != nil {
		return options, err
	}
	if err := notPast(o.events); err != nil {
		return options, err
	}
	options.Events, err = meeting.ReadPast(o.app.files().Open, o.events, o.said().Kind)
	return options, err
}
