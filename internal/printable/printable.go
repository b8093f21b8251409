// Package printable makes text from outside safe to show on a terminal and in the log
// of a CI system.
package printable

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Text escapes what could move the cursor or change the terminal, reorders text, or is
// invisible, and bytes that are not valid UTF-8. Line breaks, tabs, and the joiners
// within emoji stay.
func Text(s string) string { return escape(s, nil) }

// Line is like Text, but returns one line: line breaks and tabs are escaped, too.
func Line(s string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(Text(strings.ReplaceAll(s, "\r\n", "\n")))
}

// Terminal is like Text, but keeps colours and hyperlinks, for text that was coloured.
// CR stays before LF.
func Terminal(s string) string { return escape(s, painted) }

// Uncoloured is like Text, but keeps CR before LF, for output without colours.
func Uncoloured(s string) string { return escape(s, func(string) int { return 0 }) }

// escape escapes everything except what keep finds at the beginning of a text; keep
// returns its length in bytes.
func escape(s string, keep func(string) int) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	last := ' '
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch rest := s[i+size:]; {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\r' && strings.HasPrefix(rest, "\n"):
			if keep != nil {
				b.WriteByte('\r')
			}
		case r == '\x1b' && keep != nil && keep(s[i:]) > 0:
			size = keep(s[i:])
			b.WriteString(s[i : i+size])
		case r == joiner && pictorial(last) && pictorial(first(rest)):
			b.WriteRune(r)
		case Unsafe(r) && r != '\n' && r != '\t':
			b.WriteString(Escape(r))
		default:
			b.WriteRune(r)
		}
		i, last = i+size, r
	}
	return b.String()
}

// plain reports whether a text is ASCII with nothing to escape, as most are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// joiner joins two characters into one emoji.
const joiner = '\u200d'

func pictorial(r rune) bool {
	return unicode.Is(unicode.So, r) && r != utf8.RuneError || unicode.Is(unicode.Sk, r) && r > 0x1f000 || r == 0xfe0f
}

// Escape writes a character as JSON and Go escape it.
func Escape(r rune) string {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	if r == '\r' {
		return `\r`
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// Unsafe reports whether a character is a control character, including C1, ends a line
// invisibly, reorders text, or has no width although it is a character of its own.
func Unsafe(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' || r == 0x7f
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
		return true
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x34f: // fillers and joiners that are letters by their category
		return true
	}
	return unicode.Is(unicode.Cf, r) && (r < 0x600 || r > 0x8ff) // except the signs of Arabic and Syriac numbers
}

// painted returns the length of a colour or a hyperlink at the beginning of a text, or
// 0 if there is none.
func painted(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		n := 2 + len(s[2:]) - len(strings.TrimLeft(s[2:], "0123456789;"))
		if n < len(s) && s[n] == 'm' {
			return n + 1
		}
	case strings.HasPrefix(s, "\x1b]8;;"):
		const end = "\x1b\\"
		url, _, ok := strings.Cut(s[5:], end)
		if ok && strings.IndexFunc(url, func(r rune) bool { return Unsafe(r) || r == ' ' }) < 0 {
			return 5 + len(url) + len(end)
		}
	}
	return 0
}

// Commands escapes what CI systems read as commands in lines of output: in GitHub
// Actions lines that begin with ::, and ##[ anywhere; in Azure Pipelines ##vso[; in
// TeamCity ##teamcity[. The escapes are those of JSON, so that JSON keeps its meaning.
// fresh says that the text begins at the beginning of a line.
func Commands(s string, fresh bool) string { return lineCommands(InlineCommands(s), fresh) }

// InlineCommands is like Commands, for text in which whole lines are meant to be
// commands.
func InlineCommands(s string) string {
	for _, word := range []string{"[", "vso[", "teamcity["} {
		s = strings.ReplaceAll(s, "##"+word, `#\u0023`+word)
	}
	return s
}

func lineCommands(s string, fresh bool) string {
	if !strings.Contains(s, "::") {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(s) {
		rest := strings.TrimLeftFunc(line, unicode.IsSpace)
		if fresh && strings.HasPrefix(rest, "::") {
			b.WriteString(line[:len(line)-len(rest)])
			line = `\u003a` + rest[1:]
		}
		b.WriteString(line)
		fresh = true
	}
	return b.String()
}
