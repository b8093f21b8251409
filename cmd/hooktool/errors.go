package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
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

// usageError is a mistake on the command line or in the configuration.
func usageError(hint, format string, args ...any) error {
	return &codedError{code: exitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// failed is work that could not be done.
func failed(hint, format string, args ...any) error {
	return &codedError{code: exitFailed, err: fmt.Errorf(format, args...), hint: hint}
}

// exitError ends a command that has said everything, with an exit code.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// exitCode returns the exit code of a command's error.
func exitCode(err error) int {
	var (
		coded *codedError
		exit  exitError
	)
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &coded):
		return coded.code
	}
	return exitFailed
}

// described is an error as it is shown: the place first, if there is one.
type described struct {
	Path    string `json:"path,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// describeAll describes an error, or each of several that were joined.
func describeAll(err error) []described {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		return []described{describe(err)}
	}
	var all []described
	for _, each := range joined.Unwrap() {
		all = append(all, describeAll(each)...)
	}
	return all
}

func describe(err error) described {
	var (
		inTemplate *webhook.TemplateError
		inEvent    *event.Problem
		inField    *webhook.CustomFieldError
		coded      *codedError
		inPath     *os.PathError
	)
	d := described{Message: err.Error()}
	if errors.As(err, &coded) {
		d.Path, d.Hint = coded.path, coded.hint
	}
	switch {
	case errors.As(err, &inTemplate):
		d = described{Path: inTemplate.Path, Line: inTemplate.Pos.Line, Column: inTemplate.Pos.Column, Message: inTemplate.Message, Hint: inTemplate.Hint}
	case errors.As(err, &inEvent):
		d = described{Path: inEvent.Path, Line: inEvent.Pos.Line, Column: inEvent.Pos.Column, Message: inEvent.Message, Hint: inEvent.Hint}
	case errors.As(err, &inField):
		d.Hint = inField.Hint
	case errors.As(err, &inPath):
		d.Path, d.Message = inPath.Path, plainPathError(inPath)
	}
	return d
}

// plainPathError says what is wrong with a file without the system call.
func plainPathError(err *os.PathError) string {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "no such file or directory"
	case errors.Is(err, os.ErrPermission):
		return "permission denied"
	}
	return err.Err.Error()
}

func (d described) position() string {
	switch {
	case d.Path == "":
		return "hooktool"
	case d.Line == 0:
		return d.Path
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", d.Path, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", d.Path, d.Line, d.Column)
}

// printProblem writes an error or a warning for people.
func printProblem(w io.Writer, p terminal.Palette, label string, d described) {
	switch label {
	case "error":
		label = p.Red("error:")
	case "warning":
		label = p.Yellow("warning:")
	}
	fmt.Fprintf(w, "%s: %s %s\n", p.Bold(d.position()), label, d.Message)
	for hint := range strings.Lines(d.Hint) {
		fmt.Fprintf(w, "%s %s\n", p.Cyan("hint:"), strings.TrimRight(hint, "\n"))
	}
}

// printJSONError writes an error for machines.
func printJSONError(w io.Writer, err error) {
	b, _ := json.Marshal(map[string]any{"version": 1, "error": describeAll(err)[0]})
	fmt.Fprintf(w, "%s\n", b)
}
