package workspace

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/hooktool/hooktool/pkg/source"
)

// Error is why templates cannot be had from a place.
type Error struct {
	Path  string // of the file; may be empty
	Hint  string // what would be right; may be empty
	Usage bool   // what the user said or configured is wrong, rather than what a file holds
	Err   error
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Err.Error()
	}
	return e.Path + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Misuse is Usage; see source.Misuse.
func (e *Error) Misuse() bool { return e.Usage }

// Problem returns the problem of the error within, with what it does not say
// itself.
func (e *Error) Problem() *source.Problem {
	p := source.ProblemOf(e.Err)
	p.Path, p.Hint = cmp.Or(p.Path, e.Path), cmp.Or(p.Hint, e.Hint)
	return p
}

// badFile is a file that cannot be used.
func badFile(path, hint, format string, args ...any) error {
	return &Error{Path: path, Hint: hint, Err: fmt.Errorf(format, args...)}
}

// ErrNoPath is what is wrong with a path of no letters.
var ErrNoPath = &Error{Usage: true, Hint: "is a variable of the shell empty?", Err: errors.New("the path of a file is empty")}

// ErrNoTemplate is what is wrong with a folder in which there is none.
var ErrNoTemplate = errors.New("no template in this folder")

var (
	errBinary = errors.New("this is a binary file")
	errEmpty  = fmt.Errorf("there is no webhook in the configuration and %w", ErrNoTemplate)
)
