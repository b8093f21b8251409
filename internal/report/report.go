package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/hooktool/hooktool/internal/typeset"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/source"
)

// Report is the result of checking templates.
type Report struct {
	Results  []lint.Result
	Failures []Failure
	Version  string // of hooktool
}

// Failure is a file that could not be checked.
type Failure = source.Problem

// Sort sorts results by path and position, and failures by path.
func (r *Report) Sort() {
	slices.SortStableFunc(r.Results, func(a, b lint.Result) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	slices.SortStableFunc(r.Failures, func(a, b Failure) int { return cmp.Compare(a.Path, b.Path) })
}

// Summary counts the contents of a report.
type Summary struct {
	Templates int `json:"templates"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Infos     int `json:"infos"`
}

// Summary counts templates and findings.
func (r *Report) Summary() Summary {
	var s Summary
	for _, result := range r.Results {
		if result.Kind != "" {
			s.Templates++
		}
		for _, f := range result.Findings {
			switch f.Severity {
			case lint.Error:
				s.Errors++
			case lint.Warning:
				s.Warnings++
			case lint.Info:
				s.Infos++
			}
		}
	}
	return s
}

// Worst returns the severity of the worst finding, or "" if there is none.
func (r *Report) Worst() lint.Severity {
	var worst lint.Severity
	for _, result := range r.Results {
		for _, f := range result.Findings {
			if f.Severity.AtLeast(worst) {
				worst = f.Severity
			}
		}
	}
	return worst
}

// Options control how a report is written. The zero value suits a file.
type Options struct {
	Style   typeset.Style // of the text format; nil for none
	Width   int           // columns of the text format; 0 for no limit
	Verbose bool          // show all findings, evidence at full length, and every template's verdict
	Quiet   bool          // leave out the summary of the text format

	Oneline    bool // one line per finding in the text format
	Statistics bool // count findings by rule in the text format instead of showing them
	// Flags are those with which the files were found, quoted for a shell, for commands
	// in hints.
	Flags []string
	// Configs are the files whose webhooks every command knows.
	Configs []string
	// Stdin is the name that was given to standard input; empty: none.
	Stdin string
	// Elsewhere says that the checked files are not on this disk, so that no command
	// can use their paths.
	Elsewhere bool
}

// Formats lists the names of the formats.
func Formats() []string {
	return []string{"text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "checkstyle"}
}

// Write writes a report in one of the formats.
func Write(w io.Writer, format string, r *Report, o Options) error {
	switch format {
	case "text":
		return writeText(w, r, o)
	case "json":
		return writeJSON(w, r)
	case "jsonl":
		return writeJSONLines(w, r)
	case "sarif":
		return writeSARIF(w, r)
	case "junit":
		return writeJUnit(w, r)
	case "github":
		return writeGitHub(w, r, o)
	case "gitlab":
		return writeGitLab(w, r)
	case "checkstyle":
		return writeCheckstyle(w, r)
	}
	return fmt.Errorf("unknown format %q", format)
}
