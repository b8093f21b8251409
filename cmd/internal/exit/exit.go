// Package exit turns errors into exit codes and messages.
package exit

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
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
	OK          = 0
	Findings    = 1   // findings at or above --fail-on, or a refusal by the receiver
	Misuse      = 2   // wrong usage or configuration
	Failure     = 3   // the work could not be done
	Interrupted = 130 // Ctrl-C
)

// Error carries the exit code of an error and, where it helps, a hint.
type Error struct {
	Code int
	Err  error
	Path string // the file it is about, if any
	Hint string
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// Problem returns the problem of the wrapped error, with what it lacks filled in.
func (e *Error) Problem() *source.Problem {
	p := source.ProblemOf(e.Err)
	p.Path, p.Hint = cmp.Or(p.Path, e.Path), cmp.Or(p.Hint, e.Hint)
	return p
}

// Usage returns an error about a mistake on the command line or in the configuration.
func Usage(hint, format string, args ...any) error {
	return &Error{Code: Misuse, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Misused turns an error about the configuration into a usage error.
func Misused(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: Misuse, Err: err}
}

// Failed returns an error about work that could not be done.
func Failed(hint, format string, args ...any) error {
	return &Error{Code: Failure, Err: fmt.Errorf(format, args...), Hint: hint}
}

// Status ends a command with an exit code when everything has already been printed.
type Status int

func (e Status) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Code returns the exit code of a command's error, the highest one if several were
// joined.
func Code(err error) int {
	var (
		coded *Error
		exit  Status
	)
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // the outermost
		code := OK
		for _, each := range joined.Unwrap() {
			code = max(code, Code(each))
		}
		return code
	}
	switch {
	case err == nil:
		return OK
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &coded):
		return coded.Code
	case source.Misuse(err):
		return Misuse
	}
	return Failure
}

// Problems returns the problems of an error, each once: three templates of a webhook can
// lack the same variable. For a file that does not exist, it looks for one with a similar
// name.
func Problems(err error) []*source.Problem {
	said := map[string]bool{}
	all := slices.DeleteFunc(source.ProblemsOf(err), func(p *source.Problem) bool {
		known := said[p.Error()]
		said[p.Error()] = true
		return known
	})
	for _, p := range all {
		if p.Path != "" && errors.Is(p, fs.ErrNotExist) {
			p.Hint = strings.Trim(p.Hint+"\n"+project.Similar(p.Path), "\n")
		}
	}
	return all
}

// PrintAll writes errors for people.
func PrintAll(w io.Writer, palette terminal.Palette, err error) {
	var told repeated.Counter
	for _, each := range Problems(err) {
		if told.Tell(each.Path, each.Message) {
			Print(w, palette, "error", each)
		}
	}
	PrintRest(w, palette, "error", &told)
}

// PrintRest says how many problems of each kind were not printed.
func PrintRest(w io.Writer, palette terminal.Palette, label string, told *repeated.Counter) {
	for _, rest := range told.Rest() {
		Print(w, palette, label, &source.Problem{Path: rest.Where, Message: rest.Message()})
	}
}

// Print writes an error or a warning for people.
func Print(w io.Writer, p terminal.Palette, label string, problem *source.Problem) {
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

// cut shortens a message that quotes something huge.
func cut(message string) string {
	const most = 8 << 10 // bytes
	if len(message) <= most {
		return message
	}
	return strings.ToValidUTF8(message[:most], "") + "…"
}

// wrapped returns a prefix and a text, wrapped at words unless the text has spaces to
// preserve.
func wrapped(prefix, text string, indent, columns int) string {
	if columns <= 0 || strings.Contains(text, "  ") || strings.Contains(text, "\n") {
		return prefix + text + "\n"
	}
	return typeset.Hang(prefix, text, indent, columns)
}

// columnsOf returns the width at which text for people is wrapped. It is zero if w is
// not a terminal, so that programs find each message on one line.
func columnsOf(w io.Writer) int {
	if !terminal.IsTerminal(w) {
		return 0
	}
	return terminal.Width(w, os.Getenv)
}

// PrintJSON writes an error for machines.
func PrintJSON(w io.Writer, err error) {
	p := Problems(err)[0]
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

// BadFile returns an error about a file that cannot be used.
func BadFile(path, hint, format string, args ...any) error {
	return &Error{Code: Failure, Err: fmt.Errorf(format, args...), Path: path, Hint: hint}
}

// Output is a standard stream. Its errors say that the output may be incomplete.
type Output struct{ io.Writer }

// Unwrap returns the underlying stream.
func (o Output) Unwrap() io.Writer { return o.Writer }

// Write implements io.Writer.
func (o Output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil {
		err = outputError(err)
	}
	return n, err
}

func outputError(err error) error {
	return Failed("what was printed so far may be incomplete", "cannot be written: %w", err)
}
