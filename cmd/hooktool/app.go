package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/files"
	"github.com/hooktool/hooktool/cmd/internal/guard"
	"github.com/hooktool/hooktool/cmd/internal/settings"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/repeated"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// streams are the three standard streams. Commands use no others.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// app holds what the commands share.
type app struct {
	streams
	getenv func(string) string
	now    func() time.Time

	color       terminal.Mode
	configEnv   []string // Coroot's environment according to --config-env
	quiet       bool
	verbose     bool
	showSecrets bool
	secrets     *webhook.Redactor // all that this run has learnt
	warned      *repeated.Counter // warnings by kind
	borrowed    *sync.Map         // what was noted about templates of other webhooks and folders
	commands    bool              // the output is meant to contain commands to a CI system
	runsOn      *atomic.Bool      // until Ctrl-C; nil in tests of single commands

	config    *settings.Configuration
	given     map[string]bool   // the flags given on the command line
	fromFiles map[string]string // the flags set by files, each with the file's path
}

func (a *app) outPalette() terminal.Palette { return terminal.NewPalette(a.color, a.out, a.getenv) }
func (a *app) errPalette() terminal.Palette { return terminal.NewPalette(a.color, a.err, a.getenv) }

func (a *app) files() files.Reader { return files.Reader{In: a.in, Note: a.note} }

// outColumns is the width to which text for people on stdout is wrapped.
func (a *app) outColumns() int { return terminal.Columns(a.out, a.getenv) }

// How long a command may clean up after Ctrl-C. One that is blocked reading its input
// never ends by itself; one that runs until Ctrl-C does, and may have much to finish.
const (
	graceTime     = 300 * time.Millisecond
	longGraceTime = 10 * time.Second
)

// run executes a command line and returns the exit code. It ends soon after Ctrl-C,
// even if a command is blocked reading its input.
func run(args []string, s streams, getenv func(string) string) int {
	log.SetOutput(io.Discard) // net/http logs data after a response, which may be secret
	a := &app{getenv: getenv, now: time.Now, color: terminal.Auto, runsOn: new(atomic.Bool), warned: &repeated.Counter{}}
	a.guarded(s)
	guard.Learn(a.secrets, args, getenv)
	ctx, stop := interruptible()
	defer stop()
	defer context.AfterFunc(ctx, func() {
		time.Sleep(a.grace())
		os.Exit(exit.Interrupted)
	})()
	return interruptedOr(ctx, a.ended(execute(ctx, a, args)))
}

// untilInterrupted notes that the command runs until Ctrl-C, or cleans up then, and
// reads no input.
func (a *app) untilInterrupted() {
	if a.runsOn != nil {
		a.runsOn.Store(true)
	}
}

func (a *app) grace() time.Duration {
	if a.runsOn != nil && a.runsOn.Load() {
		return longGraceTime
	}
	return graceTime
}

// ended writes what the guard has held back.
func (a *app) ended(code int) int {
	exit.PrintRest(a.err, a.errPalette(), "warning", a.warned)
	if err := a.flush(); err != nil && code == exit.OK {
		return exit.Code(err)
	}
	return code
}

// interruptedOr turns a failure after Ctrl-C into the exit code for interruption; a
// command that stopped cleanly keeps its own.
func interruptedOr(ctx context.Context, code int) int {
	if ctx.Err() != nil && code != exit.OK {
		return exit.Interrupted
	}
	return code
}

// detail explains, with --verbose, why the command does what it does.
func (a *app) detail(format string, args ...any) {
	if a.verbose {
		a.note(format, args...)
	}
}

// note prints a message on stderr that is neither an error nor a warning.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, "hooktool: %s\n", printable.Text(fmt.Sprintf(format, args...)))
	}
}

// warn prints a warning, unless there were many of its kind.
func (a *app) warn(p *source.Problem) {
	if a.warned.Tell(p.Path, p.Message) {
		exit.Print(a.err, a.errPalette(), "warning", p)
	}
}
