package printable_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hooktool/hooktool/internal/printable"
)

func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain\n\ttext":           "plain\n\ttext",
		"a\r\nb":                  "a\nb",
		"safe\rEVIL":              `safe\rEVIL`,
		"\x1b[2J":                 `\u001b[2J`,
		"\x1b[31mred":             `\u001b[31mred`,
		"\u009b2J":                `\u009b2J`,
		"\x9b2J":                  `\x9b2J`,
		"a\u202eb":                `a\u202eb`,
		"zero\u200bwidth\ufeff":   `zero\u200bwidth\ufeff`,
		"tag\U000e0041":           `tag\udb40\udc41`,
		"line\u2028end":           `line\u2028end`,
		"filler\u3164":            `filler\u3164`,
		"👩\u200d💻 ärger 日本":       "👩\u200d💻 ärger 日本",
		"a\u200db":                `a\u200db`,
		"\x1b]8;;http://x\x1b\\y": `\u001b]8;;http://x\u001b\y`,
	} {
		if got := printable.Text(text); got != want {
			t.Errorf("Text(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\x1b[1;31mred\x1b[0m":                  "\x1b[1;31mred\x1b[0m",
		"\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\": "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\",
		"\x1b]0;title\x07":                      `\u001b]0;title\u0007`,
		"\x1b[2J":                               `\u001b[2J`,
		"\x1b]8;;http://x\u202e\x1b\\y":         `\u001b]8;;http://x\u202e\u001b\y`,
		"crlf\r\n":                              "crlf\r\n",
	} {
		if got := printable.Terminal(text); got != want {
			t.Errorf("Terminal(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"::error::x":             `\u003a:error::x`,
		"a ::error::x":           "a ::error::x",
		"a\n \t::error::x\nb::c": "a\n \t\\u003a:error::x\nb::c",
		"a ##[error]b":           `a #\u0023[error]b`,
		"## [heading]":           "## [heading]",
		"##vso[task.complete]":   `#\u0023vso[task.complete]`,
	} {
		if got := printable.Commands(text, true); got != want {
			t.Errorf("Commands(%q) = %q, want %q", text, got, want)
		}
	}
	if got := printable.Commands("::a\n::b", false); got != "::a\n\\u003a:b" {
		t.Errorf("in the middle of a line: %q", got)
	}
}

// FuzzText checks that nothing unsafe is left, that safe text is unchanged, and that
// JSON keeps its meaning.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"a", "\x1b[31m\x1b]8;;x\x1b\\", "::error::", "\r\r\n", "\u202e\U000e0041", "👩\u200d💻", "\x9b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := printable.Text(text)
		if !utf8.ValidString(got) {
			t.Errorf("no UTF-8: %q", got)
		}
		for _, r := range got {
			if printable.Unsafe(r) && r != '\n' && r != '\t' && r != '\u200d' {
				t.Errorf("%q is left in %q", r, got)
			}
		}
		if again := printable.Text(got); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
		if strings.ContainsAny(printable.Line(text), "\n\t\r") {
			t.Errorf("two lines: %q", printable.Line(text))
		}
		painted := printable.Commands(printable.Terminal(text), true)
		for line := range strings.Lines(painted) {
			if strings.HasPrefix(strings.TrimSpace(line), "::") {
				t.Errorf("a command: %q", line)
			}
		}
		if utf8.ValidString(text) {
			sameJSON(t, text)
		}
	})
}

func sameJSON(t *testing.T, text string) {
	t.Helper()
	document, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	var back string
	if err := json.Unmarshal([]byte(printable.Commands(printable.Terminal(string(document)), true)), &back); err != nil || back != text {
		t.Errorf("%q comes back as %q: %v", text, back, err)
	}
}
