package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/project"
	"github.com/hooktool/hooktool/internal/repeated"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/source"
)

// The exit codes, which scripts rely on.
const (
	exitOK          = 0
	exitFindings    = 1   // findings at or above --fail-on, or the receiver refused
	exitUsage       = 2   // wrong usage or configuration
	exitFailed      = 3   // the work could not be done
	exitInterrupted = 130 // Ctrl-C
)

// codedError carries the exit code of an error and, where it helps, a hint.
type codedError struct {
	code int
	err  error
	path string // the file it is about, if it is one
	hint string
}

func (e *codedError) Error() string { return e.err.Error() }
func (e *codedError) Unwrap() error { return e.err }

// Problem is that of the error within, with what it does not say itself.
func (e *codedError) Problem() *source.Problem {
	p := source.ProblemOf(e.err)
	p.Path, p.Hint = cmp.Or(p.Path, e.path), cmp.Or(p.Hint, e.hint)
	return p
}

// usageError is a mistake on the command line or in the configuration.
func usageError(hint, format string, args ...any) error {
	return &codedError{code: exitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// misused makes what is wrong with the configuration a usage error.
func misused(err error) error {
	if err == nil {
		return nil
	}
	return &codedError{code: exitUsage, err: err}
}

// failed is work that could not be done.
func failed(hint, format string, args ...any) error {
	return &codedError{code: exitFailed, err: fmt.Errorf(format, args...), hint: hint}
}

// exitError ends a command that has said everything, with an exit code.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// exitCode returns the exit code of a command's error: the highest of several that
// were joined.
func exitCode(err error) int {
	var (
		coded *codedError
		exit  exitError
	)
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the outermost
		code := exitOK
		for _, each := range joined.Unwrap() {
			code = max(code, exitCode(each))
		}
		return code
	}
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &coded):
		return coded.code
	case source.Misuse(err):
		return exitUsage
	}
	return exitFailed
}

// problemsOf returns what an error tells. Beside a file that is not there it looks for
// one with nearly its name.
func problemsOf(err error) []*source.Problem {
	all := source.ProblemsOf(err)
	for _, p := range all {
		if p.Path != "" && errors.Is(p, fs.ErrNotExist) {
			p.Hint = strings.Trim(p.Hint+"\n"+project.Similar(p.Path), "\n")
		}
	}
	return all
}

// printErrors writes errors for people, each once: three templates of a webhook can
// lack the same variable.
func printErrors(w io.Writer, palette terminal.Palette, err error) {
	said := map[string]bool{}
	var told repeated.Counter
	for _, each := range problemsOf(err) {
		if said[each.Error()] {
			continue
		}
		said[each.Error()] = true
		if told.Tell(each.Path, each.Message) {
			printProblem(w, palette, "error", each)
		}
	}
	printRest(w, palette, "error", &told)
}

// printRest tells how many problems of a kind were not printed.
func printRest(w io.Writer, palette terminal.Palette, label string, told *repeated.Counter) {
	for _, rest := range told.Rest() {
		printProblem(w, palette, label, &source.Problem{Path: rest.Where, Message: rest.Message()})
	}
}

// warn prints a warning, unless it is one of many of its kind.
func (a *app) warn(p *source.Problem) {
	if a.warned.Tell(p.Path, p.Message) {
		printProblem(a.err, a.errPalette(), "warning", p)
	}
}

// printProblem writes an error or a warning for people.
func printProblem(w io.Writer, p terminal.Palette, label string, problem *source.Problem) {
	switch label {
	case "error":
		label = p.Red("error:")
	case "warning":
		label = p.Yellow("warning:")
	}
	place := problem.Place()
	if place == "" {
		place = "hooktool"
	}
	columns := columnsOf(w)
	io.WriteString(w, wrapped(p.Bold(printable.Line(place))+": "+label+" ", printable.Text(cut(problem.Message)), 2, columns))
	for hint := range strings.Lines(problem.Hint) {
		io.WriteString(w, wrapped(p.Cyan("hint:")+" ", printable.Text(strings.TrimRight(hint, "\n")), len("hint: "), columns))
	}
}

// cut bounds a message that quotes something huge.
func cut(message string) string {
	const most = 8 << 10 // bytes
	if len(message) <= most {
		return message
	}
	return strings.ToValidUTF8(message[:most], "") + "…"
}

// wrapped is a prefix and a text, wrapped at words where the text has no blanks of
// its own to keep.
func wrapped(prefix, text string, indent, columns int) string {
	if columns <= 0 || strings.Contains(text, "  ") || strings.Contains(text, "\n") {
		return prefix + text + "\n"
	}
	return typeset.Hang(prefix, text, indent, columns)
}

// columnsOf is the width at which words for people are wrapped; zero where nobody
// looks, so that programs find each message on one line.
func columnsOf(w io.Writer) int {
	if !terminal.IsTerminal(w) {
		return 0
	}
	return terminal.Width(w, os.Getenv)
}

// printJSONError writes an error for machines.
func printJSONError(w io.Writer, err error) {
	p := problemsOf(err)[0]
	b, _ := json.Marshal(map[string]any{"version": 1, "error": struct {
		Path      string `json:"path,omitempty"`
		Line      int    `json:"line,omitempty"`
		Column    int    `json:"column,omitempty"`
		EndLine   int    `json:"end_line,omitempty"`
		EndColumn int    `json:"end_column,omitempty"`
		Message   string `json:"message"`
		Hint      string `json:"hint,omitempty"`
	}{p.Path, p.Pos.Line, p.Pos.Column, p.End.Line, p.End.Column, p.Message, p.Hint}})
	fmt.Fprintf(w, "%s\n", b)
}
