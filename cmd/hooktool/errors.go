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

// errFindings ends a command with exit code 1 when it has said everything.
var errFindings = errors.New("findings")

// exitCode returns the exit code of a command's error.
func exitCode(err error) int {
	var coded *codedError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
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
		d.Hint = coded.hint
	}
	switch {
	case errors.As(err, &inTemplate):
		d = described{Path: inTemplate.Path, Line: inTemplate.Pos.Line, Column: inTemplate.Pos.Column, Message: inTemplate.Message, Hint: inTemplate.Hint}
	case errors.As(err, &inEvent):
		d = described{Path: inEvent.Path, Line: inEvent.Pos.Line, Column: inEvent.Pos.Column, Message: inEvent.Message, Hint: inEvent.Hint}
	case errors.As(err, &inField):
		d.Hint = inField.Hint
	case errors.As(err, &inPath) && coded == nil:
		d = described{Path: inPath.Path, Message: plainPathError(inPath)}
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
	b, _ := json.Marshal(map[string]any{"version": 1, "error": describe(err)})
	fmt.Fprintf(w, "%s\n", b)
}
