package printable

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// ShellWord returns a word of a command line that is shown for copying, quoted for a
// POSIX shell if necessary.
func ShellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-") == "" {
		return s
	}
	return ShellQuote(s)
}

// ShellQuote quotes a word for a POSIX shell. For characters that must not be shown the
// command line calls printf.
func ShellQuote(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch invalid := r == utf8.RuneError && size == 1; {
		case invalid || Unsafe(r) && r != '\n' && r != '\t':
			b.WriteString(`'"$(printf '`)
			for _, c := range []byte(s[i : i+size]) {
				fmt.Fprintf(&b, `\%03o`, c)
			}
			b.WriteString(`')"'`)
		case r == '\'':
			b.WriteString(`'\''`)
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	b.WriteByte('\'')
	return b.String()
}
