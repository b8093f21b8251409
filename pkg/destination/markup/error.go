package markup

import "fmt"

// NoOffset is the offset of an error whose system does not report one.
const NoOffset = -1

// Error reports markup that a system refuses.
type Error struct {
	// Offset is in bytes from the beginning of the text. The parser sets it even for
	// errors of Telegram's that do not report one.
	Offset int
	// Message is what the system says, in its own words, without "Bad Request:".
	Message string
}

func (e *Error) Error() string { return e.Message }

func errorAt(offset int, format string, args ...any) *Error {
	return &Error{Offset: offset, Message: fmt.Sprintf(format, args...)}
}
