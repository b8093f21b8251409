package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestUnderline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		line        string
		column, end int
		width       int
		want        string
	}{
		{"abc", 2, 3, 0, "abc\n ^"},
		{"abc", 2, 4, 0, "abc\n ^~"},
		{"abc", 4, 4, 0, "abc\n   ^"},
		{"abc", 9, 12, 0, "abc\n   ^"},
		{"\ta\tb", 4, 5, 0, "\ta\tb\n\t \t^"},
		{"日本x", 3, 4, 0, "日本x\n    ^"},
		{"日本x", 1, 3, 0, "日本x\n^~~~"},
		{"🎉x", 2, 3, 0, "🎉x\n  ^"},
		{"e\u0301x", 3, 4, 0, "e\u0301x\n ^"},
		{"a\x1bx", 3, 4, 0, "a\\u001bx\n       ^"},
		{"a\xffx", 3, 4, 0, "a\\xffx\n     ^"},
		{"a\u202ex", 3, 4, 0, "a\\u202ex\n       ^"},
		{"0123456789", 5, 7, 6, "…3456…\n  ^~"},
		{strings.Repeat("日", 90) + "é!" + strings.Repeat("y", 90), 92, 93, 6, "…é!yy…\n  ^"},
		{strings.Repeat("x", 90) + "!", 91, 92, 6, "…xxx!\n    ^"},
		{"!" + strings.Repeat("x", 90), 1, 2, 6, "!xxxxx…\n^"},
		{"", 1, 1, 0, "\n^"},
	} {
		line, caret := underline(tt.line, tt.column, tt.end, tt.width)
		if got := line + "\n" + caret.indent + caret.mark; got != tt.want {
			t.Errorf("%q %d-%d in %d columns:\n%s\nwant\n%s", tt.line, tt.column, tt.end, tt.width, got, tt.want)
		}
	}
}

func FuzzUnderline(f *testing.F) {
	f.Add("日本\t\xff🎉", 3, 5, 20)
	f.Fuzz(func(t *testing.T, line string, column, end, width int) {
		if strings.ContainsAny(line, "\n") {
			return
		}
		shown, caret := underline(line, column, end, min(width, 1000))
		if !utf8.ValidString(shown) || !strings.HasPrefix(caret.mark, "^") {
			t.Fatalf("%q: %q %q", line, shown, caret)
		}
	})
}
