package markup

import "fmt"

// NoOffset is the offset of an error whose system does not say where it is.
const NoOffset = -1

// Error is markup that a system refuses.
type Error struct {
	// Offset is the place in bytes from the beginning of the text. Telegram leaves
	// some errors without one; the parser knows it anyway.
	Offset int
	// Message is what the system says, in its own words, without "Bad Request:".
	Message string
}

func (e *Error) Error() string { return e.Message }

func errorAt(offset int, format string, args ...any) *Error {
	return &Error{Offset: offset, Message: fmt.Sprintf(format, args...)}
}
