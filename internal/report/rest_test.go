package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/lint"
)

// TestRest checks the output for a template that breaks a rule many times: the first
// findings, and how many more there are.
func TestRest(t *testing.T) {
	t.Parallel()
	findings := []lint.Finding{found("secret", "a token", "z", 1)}
	for i := range 20_000 {
		findings = append(findings, found("unknown-field", fmt.Sprintf("there is no .X%d", i), "x", i+2))
	}
	r := reportOf(findings...)
	for _, tt := range []struct {
		format string
		o      report.Options
		shown  int // findings of the rule
		with   string
	}{
		{"text", report.Options{}, 20, "\n\na.tmpl: 19980 more of these: unknown-field\nhint: to see all of them: --verbose, or --format json\n\n1 template: 20001 warnings\n"},
		{"text", report.Options{Oneline: true}, 20, "[unknown-field]\na.tmpl: 19980 more of these: unknown-field\n"},
		{"text", report.Options{Verbose: true}, 20_000, "1 template: 20001 warnings\n"},
		{"text", report.Options{Oneline: true, Verbose: true}, 20_000, "1 template: 20001 warnings\n"},
		{"text", report.Options{Statistics: true}, 0, "20000  warning  unknown-field"},
		{"github", report.Options{}, 20, "::warning file=a.tmpl,title=hooktool unknown-field::19980 more of these: unknown-field\n"},
		{"github", report.Options{Verbose: true}, 20_000, ""},
		{"json", report.Options{}, 20_000, ""},
		{"sarif", report.Options{}, 20_000, ""},
	} {
		var b bytes.Buffer
		if err := report.Write(&b, tt.format, r, tt.o); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "there is no .X"); n != tt.shown {
			t.Errorf("%s %+v: %d findings are shown, want %d", tt.format, tt.o, n, tt.shown)
		}
		if !strings.Contains(b.String(), tt.with) {
			t.Errorf("%s %+v does not say %q", tt.format, tt.o, tt.with)
		}
		if left := strings.Contains(b.String(), "more of these"); left != (tt.shown == 20) {
			t.Errorf("%s %+v: that some are left out is said: %t", tt.format, tt.o, left)
		}
	}
}
