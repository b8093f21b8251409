package terminal

import (
	"fmt"
	"strings"
	"unicode"
)

// Printable makes text from outside safe to show: control characters, which
// could move the cursor or change the terminal, and marks that reorder text
// become visible escapes. Line breaks and tabs stay.
func Printable(s string) string {
	if strings.IndexFunc(s, unsafeRune) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\r': // as part of CRLF it says nothing
		case unsafeRune(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafeRune(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}
