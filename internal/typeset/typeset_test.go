package typeset_test

import (
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/typeset"
)

func TestHang(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"one two three", 0, "- one two three\n"},
		{"one two three", 10, "- one two\n   three\n"},
		{"https://example.com/long two", 10, "- https://example.com/long\n   two\n"},
		{"", 10, "-\n"},
		{"日本 日本 日本", 12, "- 日本 日本\n   日本\n"},
		{"\x1b[1mone\x1b[0m two three", 10, "- \x1b[1mone\x1b[0m two\n   three\n"},
	} {
		if got := typeset.Hang("- ", c.text, 3, c.columns); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"a", "", "the first of them"}, {"bcd", "x", "the second, of which there is more to say"}}
	for columns, want := range map[int]string{
		0:  "  a       the first of them\n  bcd  x  the second, of which there is more to say\n",
		40: "  a       the first of them\n  bcd  x  the second, of which there is\n          more to say\n",
		20: "  a\n      the first of\n      them\n  bcd  x\n      the second, of\n      which there is\n      more to say\n",
	} {
		got := typeset.Table(rows, columns)
		if got != want {
			t.Errorf("in %d columns:\n%s\nwant\n%s", columns, got, want)
		}
		for line := range strings.Lines(got) {
			if columns > 0 && typeset.Width(strings.TrimSuffix(line, "\n")) > columns {
				t.Errorf("wider than %d: %q", columns, line)
			}
		}
	}
}

// angle is a Style that marks what is coloured.
type angle struct{ typeset.Plain }

func (angle) Green(s string) string { return "<" + s + ">" }

func TestDiff(t *testing.T) {
	t.Parallel()
	got := typeset.Diff(angle{}, " a\n+b\n+c", strings.ToUpper)
	if want := " A\n<+B>\n<+C>"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReflow(t *testing.T) {
	t.Parallel()
	text := "One two three\nfour five.\n\n  an example that is long\n\nSix."
	want := "One two\nthree four\nfive.\n\n  an example that is long\n\nSix."
	if got := typeset.Reflow(text, 10); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
