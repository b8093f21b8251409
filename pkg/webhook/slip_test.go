package webhook_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

func slips(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "slips", "templates.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// TestSlips shows what is said about the mistakes of people who know other tools, and
// what the corrections make of each. A ⏎ in the file is a line break.
func TestSlips(t *testing.T) {
	t.Parallel()
	data := slips(t)
	for _, kind := range event.Kinds() {
		var b strings.Builder
		for line := range strings.Lines(data) {
			text := strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "⏎", "\n")
			failed := parseFailure(t, kind, text)
			if failed == nil {
				fmt.Fprintf(&b, "%s    parses\n\n", line)
				continue
			}
			fmt.Fprintf(&b, "%s    %s-%s: %s\n    hint: %s\n", line, failed.Pos, failed.End, failed.Message, failed.Hint)
			if failed.Hint == "" {
				t.Errorf("%s: nothing says what would be right", line)
			}
			if corrected := correctAll(t, kind, text); corrected != text {
				fmt.Fprintf(&b, "    → %s\n", strings.ReplaceAll(corrected, "\n", "⏎"))
			}
			b.WriteByte('\n')
		}
		golden.Assert(t, []byte(b.String()), filepath.Join("testdata", "slips", kind.String()+".txt"))
	}
}

func parseFailure(tb testing.TB, kind event.Kind, text string) *webhook.TemplateError {
	tb.Helper()
	var failed *webhook.TemplateError
	if _, err := webhook.Parse(kind, "t", text); err != nil && !errors.As(err, &failed) {
		tb.Fatal(err)
	}
	return failed
}

// correctAll applies corrections until there are none.
func correctAll(tb testing.TB, kind event.Kind, text string) string {
	tb.Helper()
	for range 50 {
		failed := parseFailure(tb, kind, text)
		if failed == nil || len(failed.Corrections) == 0 {
			return text
		}
		checkCorrections(tb, text, failed.Corrections)
		next := webhook.Correct(text, failed.Corrections)
		if next == text {
			tb.Fatalf("%q: the corrections %v change nothing", text, failed.Corrections)
		}
		text = next
	}
	return text
}

// checkCorrections checks that corrections lie in the text and do not overlap.
func checkCorrections(tb testing.TB, text string, corrections []webhook.Correction) {
	tb.Helper()
	for i, c := range corrections {
		if c.Start < 0 || c.End < c.Start || c.End > len(text) {
			tb.Fatalf("%q: the correction %v lies outside", text, c)
		}
		for _, other := range corrections[:i] {
			if c.Start < other.End && other.Start < c.End {
				tb.Fatalf("%q: the corrections %v and %v overlap", text, c, other)
			}
		}
	}
}

// FuzzSlips checks that advice about any text refers to a place in it, and that its
// corrections can be made.
func FuzzSlips(f *testing.F) {
	for line := range strings.Lines(slips(f)) {
		f.Add(strings.ReplaceAll(strings.TrimSpace(line), "⏎", "\n"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			return
		}
		for _, kind := range event.Kinds() {
			correctAll(t, kind, text)
		}
	})
}
