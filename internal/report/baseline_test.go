package report_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/internal/report"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
)

func found(rule, message, line string, at int) lint.Finding {
	pos := source.Position{Line: at, Column: 1}
	return lint.Finding{Rule: rule, Severity: lint.Warning, Message: message, Pos: pos, End: pos, Lines: []string{line}}
}

func reportOf(findings ...lint.Finding) *report.Report {
	return &report.Report{Results: []lint.Result{{Path: "a.tmpl", Kind: "alert", Findings: findings}}}
}

// TestBaseline checks that a finding is still known after it has moved, and that a new
// one on a similar line is not.
func TestBaseline(t *testing.T) {
	t.Parallel()
	old := reportOf(found("ping", "pings", "x", 1), found("ping", "pings", "y", 2))
	baseline, err := report.ReadBaseline(report.WriteBaseline(old, "."), ".")
	if err != nil {
		t.Fatal(err)
	}
	now := reportOf(found("ping", "pings", "x", 10), found("ping", "pings", "x", 11), found("secret", "a token", "y", 12))
	known, gone := baseline.Apply(now)
	if known != 1 || gone != 1 || len(now.Results[0].Findings) != 2 {
		t.Errorf("%d known, %d gone, left %v", known, gone, now.Results[0].Findings)
	}
	abs, _ := filepath.Abs("a.tmpl")
	elsewhere := reportOf(found("ping", "pings", "x", 1))
	elsewhere.Results[0].Path = abs
	if known, _ := baseline.Apply(elsewhere); known != 1 {
		t.Error("the same file under another name has another finding")
	}
	renamed := reportOf(found("ping", "pings", "\ty\r", 7), found("ping", "pings", "y", 8))
	renamed.Results[0].Path = "b.tmpl"
	if known, gone := baseline.Apply(renamed); known != 1 || gone != 1 {
		t.Errorf("%d known, %d gone in a file that was renamed", known, gone)
	}
	for _, data := range []string{"", "[]", `{"version": 2}`} {
		if _, err := report.ReadBaseline([]byte(data), "."); err == nil {
			t.Errorf("%q is read as a baseline", data)
		}
	}
}

// TestOrder checks that repeated findings are grouped, printed on one line each, and
// counted.
func TestOrder(t *testing.T) {
	t.Parallel()
	r := reportOf(found("ping", `"@here" in .Summary pings`, "x", 1), found("ping", `"@all" in .RuleName pings`, "y", 2), found("secret", "a token", "z", 3))
	for _, tt := range []struct {
		o          report.Options
		with, none string
	}{
		{report.Options{}, "also at: 2:1", "a.tmpl:2:1"},
		{report.Options{Oneline: true}, "a.tmpl:2:1: warning: \"@all\" in .RuleName pings [ping]\na.tmpl:3:1", "also at"},
		{report.Options{Statistics: true}, "    2  warning  ping    data can notify people\n", "a.tmpl"},
	} {
		var b bytes.Buffer
		if err := report.Write(&b, "text", r, tt.o); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.with) || strings.Contains(b.String(), tt.none) {
			t.Errorf("%+v prints %s", tt.o, &b)
		}
	}
}
