package workspace

import (
	"errors"
	"fmt"
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

// badFile is a file that cannot be used.
func badFile(path, hint, format string, args ...any) error {
	return &Error{Path: path, Hint: hint, Err: fmt.Errorf(format, args...)}
}

var (
	errBinary = errors.New("this is a binary file")
	errEmpty  = errors.New("there is no webhook in the configuration and no template in this folder")
)
