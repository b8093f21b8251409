package suite

import (
	"fmt"
	"io"
	"strings"

	"github.com/hooktool/hooktool/internal/printable"
	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/internal/words"
)

// TextOptions control what WriteText writes.
type TextOptions struct {
	Style    typeset.Style
	Verbose  bool // include the tests that passed
	Quiet    bool // print nothing if everything succeeded
	Coverage bool // list the branches that no test reached
}

// WriteText writes the failures and a summary line, for people.
func WriteText(w io.Writer, results []Result, coverages []Coverage, o TextOptions) error {
	p := o.Style
	var b strings.Builder
	for _, result := range results {
		switch {
		case !result.good():
			writeFailure(&b, p, result)
		case result.Status == Updated:
			fmt.Fprintf(&b, "%s %s: %s\n", p.Yellow("updated"), printable.Line(result.Case.Name), printable.Line(result.Case.Golden))
		case o.Verbose:
			fmt.Fprintf(&b, "%s %s\n", p.Green("✓"), printable.Line(result.Case.Name))
		}
	}
	if o.Coverage {
		writeCoverage(&b, p, coverages)
	}
	if !o.Quiet || b.Len() > 0 {
		writeSummary(&b, p, Summarise(results), coverages)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeFailure(b *strings.Builder, p typeset.Style, result Result) {
	fmt.Fprintf(b, "%s %s\n", p.Red("✗"), p.Bold(printable.Line(result.Case.Name)))
	fmt.Fprintf(b, "  %s\n", p.Dim(printable.Line(fmt.Sprintf("%s:%s", result.Case.File, result.Case.Pos))))
	for _, failure := range result.Failures {
		for line := range strings.Lines(printable.Text(failure.Message)) {
			fmt.Fprintf(b, "  %s\n", strings.TrimRight(line, "\n"))
		}
		if failure.Hint != "" {
			fmt.Fprintf(b, "  %s %s\n", p.Cyan("hint:"), printable.Line(failure.Hint))
		}
		for line := range strings.Lines(failure.Diff) {
			fmt.Fprintf(b, "    %s\n", typeset.DiffLine(p, printable.Text(strings.TrimRight(line, "\n"))))
		}
	}
	b.WriteByte('\n')
}

func writeCoverage(b *strings.Builder, p typeset.Style, coverages []Coverage) {
	for _, coverage := range coverages {
		fmt.Fprintf(b, "%s: %d of %d branches\n", p.Bold(printable.Line(coverage.Path)), coverage.reached(), len(coverage.Branches))
		for _, branch := range coverage.Branches {
			if !branch.Reached {
				fmt.Fprintf(b, "  %s:%s: %s %s\n", printable.Line(coverage.Path), branch.Pos, p.Yellow("not reached:"), branch)
			}
		}
	}
}

func writeSummary(b *strings.Builder, p typeset.Style, s Summary, coverages []Coverage) {
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
	fmt.Fprintf(b, "%s: %s", words.Count(s.Tests, "test"), strings.Join(parts, ", "))
	if percent, ok := Percent(coverages); ok {
		fmt.Fprintf(b, "; %.0f %% of branches reached", percent)
	}
	b.WriteByte('\n')
}
