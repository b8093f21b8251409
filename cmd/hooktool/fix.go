package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/option"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

const fixLong = `Repair templates that can print invalid JSON, changing as little as possible.

A TEMPLATE is a file, a folder, "-" for standard input, or a YAML file with
webhooks (hooktool's or Coroot's configuration, the operator's resource, Helm
values), of which only the templates change. Without a TEMPLATE, the templates of
--webhook are repaired. The result is printed, and a template that needs no repair
or is not meant to be JSON is printed unchanged; several files are printed with
their names. Instead, --write writes the files, --diff prints the changes, and
--check prints the names of the files that would change.

Each repair is proved: the new template prints valid JSON for every event, and the
same as the old one wherever that printed valid JSON. A template that cannot be
repaired like this is left alone, and the exit code is 3; --unsafe allows repairs
that change what a template says. If a template still fails for some events, such
as at an index past the end of a list, that is reported, and the exit code is 1.
Findings silenced by a hooktool:ignore comment are left alone.`

const fixExample = `  hooktool fix alert.tmpl                  print the repaired template
  hooktool fix --diff templates/*.tmpl     show what would change
  hooktool fix --write coroot.yaml         repair the templates in a configuration
  hooktool fix --write -w telegram         repair those of a webhook
  hooktool fix --check templates/*.tmpl    exit with 1 if anything would change`

type fixOptions struct {
	app *app
	templateFlags
	stdinFilename string
	skipUnrelated bool
	diff          bool
	write         bool
	check         bool
	unsafe        bool
	quietly       bool // a later check reports what cannot be repaired
	paths         []string
	held          *fixedFile // the last file to print, until it is known whether others follow
	printed       int        // files before it
}

// fixedFile is what is printed for a file.
type fixedFile struct{ name, text string }

func newFixCmd(a *app) *cobra.Command {
	opts := fixOptions{app: a}
	cmd := about{"fix [TEMPLATE...]", "Repair templates that can print invalid JSON", fixLong, fixExample}.command(func(ctx context.Context, args []string) error {
		opts.paths = args
		if len(args) == 0 && len(opts.webhooks) == 0 && !opts.skipUnrelated {
			return errNoTemplate()
		}
		return opts.run(ctx)
	})
	cmd.Flags().SortFlags = false
	option.Define(cmd, "diff", &opts.diff, "write", &opts.write, "check", &opts.check, "unsafe", &opts.unsafe)
	opts.templateFlags.register(a, cmd)
	option.Define(cmd, "stdin-filename", &opts.stdinFilename, "skip-unrelated", &opts.skipUnrelated)
	cmd.MarkFlagsMutuallyExclusive("write", "check")
	return cmd
}

func (o *fixOptions) run(ctx context.Context) error {
	if err := o.checkFlags(); err != nil {
		return err
	}
	w := o.app.workspaceSkipping(o.said(), o.stdinFilename, o.skipUnrelated)
	sources, err := w.Find(o.paths...)
	if err != nil && !o.quietly {
		return err
	}
	code, files := exit.OK, 0
	for file, err := range w.Files(sources, o.wanted) {
		files++
		if code = max(code, o.fixFile(ctx, file, err)); ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if err := o.flush(false); err != nil {
		return err
	}
	if files == 0 && len(o.paths) == 0 && !o.quietly && !o.skipUnrelated {
		return w.NoTemplate("")
	}
	if code != exit.OK {
		return exit.Status(code)
	}
	return nil
}

// fixFile repairs the templates in a file and returns the exit code; err is the error
// of reading the file.
func (o *fixOptions) fixFile(ctx context.Context, file *workspace.File, err error) int {
	var (
		edit workspace.Edit
		left []error
	)
	if err == nil {
		edit, left, err = o.repaired(ctx, file)
	}
	if ctx.Err() != nil {
		return exit.OK
	}
	code, deliverable := exit.OK, err == nil || edit.Changed()
	if o.check && edit.Changed() || len(left) > 0 {
		code = exit.Findings
	}
	if o.quietly {
		err = nil
	}
	if deliverable {
		err = errors.Join(err, o.deliver(file, edit, len(left) > 0))
	}
	exit.PrintAll(o.app.err, o.app.errPalette(), errors.Join(append(left, err)...))
	return max(code, exit.Code(err))
}

// checkFlags rejects flags that cannot be combined.
func (o *fixOptions) checkFlags() error {
	if o.write && slices.Contains(o.paths, "-") {
		return exit.Usage("leave out --write: the repaired template is printed", "--write cannot write to standard input")
	}
	return o.app.checkStdin(o.stdinFilename, o.paths, nil)
}

// repaired repairs the templates in a file. left is what remains in those; err says which
// others cannot be repaired.
func (o *fixOptions) repaired(ctx context.Context, file *workspace.File) (edit workspace.Edit, left []error, err error) {
	fails := map[*workspace.Template][]error{}
	look := func(r rewrite.Repaired) { fails[r.Template] = o.failures(ctx, r) }
	changes, unrepaired := rewrite.Templates(ctx, file.Templates, rewrite.Options{Unsafe: o.unsafe, Now: o.app.now()}, look)
	if unrepaired != nil && len(changes) == 0 {
		return workspace.Edit{}, nil, unrepaired
	}
	if edit, err = file.Edit(changes...); err != nil {
		return edit, nil, errors.Join(unrepaired, err)
	}
	if edit.Note != "" {
		o.app.note("%s", edit.Note)
	}
	for _, change := range changes {
		left = append(left, fails[change.Template]...)
	}
	if len(changes) == 0 && len(file.Templates) > 0 {
		first := file.Templates[0]
		left = o.failures(ctx, rewrite.Repaired{Change: workspace.Change{Template: first, Text: first.Text}})
	}
	return edit, left, unrepaired
}

// failures returns, as validate words it, why a repaired template still does not render
// for every event.
func (o *fixOptions) failures(ctx context.Context, r rewrite.Repaired) (left []error) {
	if o.quietly {
		return nil
	}
	t := *r.Template
	t.Text = r.Text
	for _, f := range lint.Failures(ctx, t, r.Analysis, lint.Options{Now: o.app.now()}) {
		left = append(left, &source.Problem{Path: t.Label(), Pos: f.Pos, End: f.End, Message: f.Message + " [" + f.Rule + "]", Hint: f.Hint})
	}
	return left
}

// deliver prints or writes the requested result; partly says that mistakes remain.
func (o *fixOptions) deliver(file *workspace.File, edit workspace.Edit, partly bool) error {
	var out string
	switch {
	case o.diff:
		out = o.unified(edit)
	case o.check && edit.Changed():
		out = edit.Name + "\n"
	case !o.write && !o.check:
		return o.print(file, edit)
	}
	if _, err := io.WriteString(o.app.out, out); err != nil {
		return err
	}
	if !o.write || !edit.Changed() {
		return nil
	}
	if err := edit.Save(files.Replace); err != nil {
		return err
	}
	if partly {
		o.app.note("repaired the JSON of %s, but the template still fails for some events:", edit.Name)
		return nil
	}
	o.app.note("repaired %s", edit.Name)
	return nil
}

// wanted excludes the template files of a named configuration, because only files that
// were named, or are in a named folder, are changed.
func (o *fixOptions) wanted(s *workspace.Source, t *workspace.Template) bool {
	hook := t.Hook()
	if t.Inside() || hook == nil || s.Path != hook.Path || !slices.Contains(o.paths, s.Path) || slices.Contains(o.paths, t.Path) {
		return true
	}
	if !o.quietly {
		o.app.note("the %s template of %s is a separate file: hooktool fix %s", t.Kind, hook.Name, printable.ShellWord(t.Path))
	}
	return false
}

// print prints a file that is not written: nothing for a configuration that was not
// named and contains no template. The names of several files are printed before them.
func (o *fixOptions) print(file *workspace.File, edit workspace.Edit) error {
	if len(file.Templates) == 0 && !slices.Contains(o.paths, file.Path) {
		return nil
	}
	out := string(edit.After)
	if terminal.IsTerminal(o.app.out) && out != "" && !strings.HasSuffix(out, "\n") {
		out += "\n"
	}
	err := o.flush(true)
	o.held = &fixedFile{edit.Name, out}
	return err
}

// flush prints the file that is held, with its name if it is one of several.
func (o *fixOptions) flush(several bool) error {
	if o.held == nil {
		return nil
	}
	out := o.held.text
	if several || o.printed > 0 {
		out = "==> " + o.held.name + " <==\n" + strings.TrimSuffix(out, "\n") + "\n"
	}
	if o.printed > 0 {
		out = "\n" + out
	}
	o.printed++
	o.held = nil
	_, err := io.WriteString(asIs(o.app.out), out)
	return err
}

// unified returns the difference in colour.
func (o *fixOptions) unified(f workspace.Edit) string {
	before, after := o.app.hidden(f.Before), o.app.hidden(f.After)
	lines := udiff.Unified(f.Name, f.Name, string(before), string(after))
	if masked := string(before) != string(f.Before) || string(after) != string(f.After); masked && strings.Contains(lines, "***") {
		o.app.note("secrets are masked in the diff of %s, so it does not apply as a patch: use --write or --show-secrets", f.Name)
	}
	return typeset.Diff(o.app.outPalette(), lines, nil)
}
