package workspace

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/hooktool/hooktool/pkg/source"
)

// Error says why templates cannot be read from a place.
type Error struct {
	Path  string // of the file; may be empty
	Hint  string // what would be right; may be empty
	Usage bool   // the user's command line or configuration is wrong, rather than the contents of a file
	Err   error
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Misuse returns Usage; see source.Misuse.
func (e *Error) Misuse() bool { return e.Usage }

// Problem returns the problem of the wrapped error, completed with the path and the
// hint.
func (e *Error) Problem() *source.Problem {
	p := source.ProblemOf(e.Err)
	p.Path, p.Hint = cmp.Or(p.Path, e.Path), cmp.Or(p.Hint, e.Hint)
	return p
}

// badFile is a file that cannot be used.
func badFile(path, hint, format string, args ...any) error {
	return &Error{Path: path, Hint: hint, Err: fmt.Errorf(format, args...)}
}

// ErrNoPath is the error for an empty path.
var ErrNoPath = &Error{Usage: true, Hint: "is a variable of the shell empty?", Err: errors.New("the path of a file is empty")}

var (
	errEvents = errors.New("this file holds events, not a template")
	errBinary = errors.New("this is a binary file")

	errNoTemplate = errors.New("no template in this folder")
	errEmpty      = fmt.Errorf("there is no webhook in the configuration and %w", errNoTemplate)
)
