package source_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/pkg/source"
)

// TestIgnores checks which rules a comment names, and what it says of its last day.
func TestIgnores(t *testing.T) {
	t.Parallel()
	const form = "write until and a day such as 2027-01-31"
	for comment, want := range map[string]struct{ rules, until, bad, hint string }{
		"json-unescaped":                               {"json-unescaped", "", "", ""},
		"json-unescaped the reason":                    {"json-unescaped", "", "", ""},
		"json-unescaped, the value is a number":        {"json-unescaped", "", "", ""},
		"json-unescaped,ping until 2027-01-31 x":       {"json-unescaped ping", "2027-01-31", "", ""},
		"json-unescaped , ping until 2020-01-01":       {"json-unescaped ping", "2020-01-01", "", ""},
		"json-unescaped, payload-shape, ping x":        {"json-unescaped payload-shape", "", "", ""},
		"json-unescaped, payload-shape our fork":       {"json-unescaped payload-shape", "", "", ""},
		"json-unescaped, until 2020-01-01":             {"json-unescaped", "2020-01-01", "", ""},
		"json-unescaped\n\tuntil 2020-01-01":           {"json-unescaped", "2020-01-01", "", ""},
		"json-unescaped Until 2020-01-01":              {"json-unescaped", "2020-01-01", "", ""},
		"json-unescaped until: 2020-01-01.":            {"json-unescaped", "2020-01-01", "", ""},
		"json-unescaped our fork, until 2027-01-31":    {"json-unescaped", "2027-01-31", "", ""},
		"json-unescaped until 2026-13-28 x":            {"json-unescaped", "", "2026-13-28", "write until 2026-12-28"},
		"json-unescaped until 2026-28-12 x":            {"json-unescaped", "", "2026-28-12", "write until 2026-12-28"},
		"json-unescaped until 2020-02-30 x":            {"json-unescaped", "", "2020-02-30", "write until 2020-02-29"},
		"json-unescaped until 2026-1-5 x":              {"json-unescaped", "", "2026-1-5", "write until 2026-01-05"},
		"json-unescaped until 2026/01/05":              {"json-unescaped", "", "2026/01/05", "write until 2026-01-05"},
		"json-unescaped until 2026–01–05":              {"json-unescaped", "", "2026–01–05", "write until 2026-01-05"},
		"json-unescaped until 20260105":                {"json-unescaped", "", "20260105", "write until 2026-01-05"},
		"json-unescaped until 01.02.2020 x":            {"json-unescaped", "", "01.02.2020", "write until 2020-02-01"},
		"json-unescaped until 01/02/2020 x":            {"json-unescaped", "", "01/02/2020", form},
		"json-unescaped until 2026-01":                 {"json-unescaped", "", "2026-01", form},
		"json-unescaped until Jan 5, 2026 x":           {"json-unescaped", "", "Jan 5, 2026", form},
		"json-unescaped until 5 January x":             {"json-unescaped", "", "5 January", form},
		"json-unescaped until":                         {"json-unescaped", "", "until", form},
		"json-unescaped until the new service is live": {"json-unescaped", "", "", ""},
		"json-unescaped until 5 pods are live":         {"json-unescaped", "", "", ""},
		"json-unescaped until 5 decimals are shown":    {"json-unescaped", "", "", ""},
		"json-unescaped until 1.19.1 is everywhere":    {"json-unescaped", "", "", ""},
		"json-unescaped we never knew until":           {"json-unescaped", "", "", ""},
		"json-unescaped until then until 2026-1-5":     {"json-unescaped", "", "2026-1-5", "write until 2026-01-05"},
	} {
		text := "{{/* hooktool:ignore " + comment + " */}}"
		all := source.Ignores(text, source.NewIndex(text))
		if len(all) != 1 {
			t.Errorf("%s: %d comments", comment, len(all))
			continue
		}
		ig := all[0]
		var rules []string
		for _, r := range ig.Rules {
			if text[r.Start:r.End] != r.ID {
				t.Errorf("%s: %s is at %q", comment, r.ID, text[r.Start:r.End])
			}
			rules = append(rules, r.ID)
		}
		got := want
		got.rules, got.until, got.bad, got.hint = strings.Join(rules, " "), "", "", ""
		if !ig.Until.IsZero() {
			got.until = ig.Until.Format(time.DateOnly)
		}
		if day := ig.BadDay; day != nil {
			got.bad, got.hint = text[day.Start:day.End], day.Hint()
		}
		if got != want {
			t.Errorf("%s:\n got %v\nwant %v", comment, got, want)
		}
	}
}
