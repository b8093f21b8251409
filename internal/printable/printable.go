// Package printable makes text from outside safe to show on a terminal.
package printable

import (
	"fmt"
	"strings"
	"unicode"
)

// Text makes control characters, which could move the cursor or change the
// terminal, and marks that reorder text visible as escapes. Line breaks and
// tabs stay.
func Text(s string) string {
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
