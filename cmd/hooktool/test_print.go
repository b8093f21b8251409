package main

import (
	"fmt"
	"strings"

	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/suite"
	"github.com/hooktool/hooktool/internal/words"
)

// printText prints what failed, and a line for each file and for all. With
// --verbose it prints the tests that passed too.
func (o *testOptions) printText(results []suite.Result, coverages []suite.Coverage) error {
	p := o.app.outPalette()
	var b strings.Builder
	for _, result := range results {
		switch {
		case !result.Good():
			writeTestFailure(&b, p, result)
		case result.Status == suite.Updated:
			fmt.Fprintf(&b, "%s %s: %s\n", p.Yellow("updated"), result.Case.Name, result.Case.Golden)
		case o.app.verbose:
			fmt.Fprintf(&b, "%s %s\n", p.Green("✓"), result.Case.Name)
		}
	}
	if o.coverage {
		writeCoverage(&b, p, coverages)
	}
	if !o.app.quiet || b.Len() > 0 {
		writeTestSummary(&b, p, suite.Summarise(results), suite.Percent(coverages))
	}
	return printAll(o.app.out, b.String())
}

func writeTestFailure(b *strings.Builder, p terminal.Palette, result suite.Result) {
	fmt.Fprintf(b, "%s %s\n", p.Red("✗"), p.Bold(result.Case.Name))
	fmt.Fprintf(b, "  %s\n", p.Dim(fmt.Sprintf("%s:%s", result.Case.File, result.Case.Pos)))
	for _, failure := range result.Failures {
		for line := range strings.Lines(failure.Message) {
			fmt.Fprintf(b, "  %s\n", strings.TrimRight(line, "\n"))
		}
		if failure.Hint != "" {
			fmt.Fprintf(b, "  %s %s\n", p.Cyan("hint:"), failure.Hint)
		}
		for line := range strings.Lines(failure.Diff) {
			fmt.Fprintf(b, "    %s\n", p.DiffLine(terminal.Printable(strings.TrimRight(line, "\n"))))
		}
	}
	b.WriteByte('\n')
}

func writeCoverage(b *strings.Builder, p terminal.Palette, coverages []suite.Coverage) {
	for _, coverage := range coverages {
		fmt.Fprintf(b, "%s: %d of %d branches\n", p.Bold(coverage.Path), coverage.Reached(), len(coverage.Branches))
		for _, branch := range coverage.Branches {
			if !branch.Reached {
				fmt.Fprintf(b, "  %s:%s: %s %s\n", coverage.Path, branch.Pos, p.Yellow("not reached:"), branch)
			}
		}
	}
}

func writeTestSummary(b *strings.Builder, p terminal.Palette, s suite.Summary, percent float64) {
	parts := []string{p.Green(fmt.Sprintf("%d passed", s.Passed))}
	for _, part := range []struct {
		count int
		word  string
		paint func(string) string
	}{{s.Failed, "failed", p.Red}, {s.Errors, "could not be run", p.Red}, {s.Updated, "updated", p.Yellow}} {
		if part.count > 0 {
			parts = append(parts, part.paint(fmt.Sprintf("%d %s", part.count, part.word)))
		}
	}
	fmt.Fprintf(b, "%s: %s; %.0f %% of branches reached\n", words.Count(s.Tests, "test"), strings.Join(parts, ", "), percent)
}
