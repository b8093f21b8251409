package suite

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/internal/junit"
	"github.com/hooktool/hooktool/internal/printable"
)

// Summary counts results.
type Summary struct {
	Tests   int `json:"tests"`
	Passed  int `json:"passed"`
	Failed  int `json:"failed"`
	Errors  int `json:"errors"`
	Updated int `json:"updated"`
}

// Summarise counts results.
func Summarise(results []Result) Summary {
	s := Summary{Tests: len(results)}
	for _, result := range results {
		switch result.Status {
		case Passed:
			s.Passed++
		case Failed:
			s.Failed++
		case Errored:
			s.Errors++
		case Updated:
			s.Updated++
		}
	}
	return s
}

type jsonResult struct {
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Name     string        `json:"name"`
	Status   Status        `json:"status"`
	Failures []jsonFailure `json:"failures,omitempty"`
	Millis   float64       `json:"duration_ms"`
}

type jsonFailure struct {
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
	Diff    string `json:"diff,omitempty"`
}

type jsonCoverage struct {
	Path     string       `json:"path"`
	Type     string       `json:"type"`
	Branches int          `json:"branches"`
	Reached  int          `json:"reached"`
	Missing  []jsonBranch `json:"missing,omitempty"`
}

type jsonBranch struct {
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Branch string `json:"branch"`
}

// WriteJSON writes the results, their summary and the coverage as one JSON object.
func WriteJSON(w io.Writer, results []Result, coverages []Coverage) error {
	report := struct {
		Version  int            `json:"version"`
		Tests    []jsonResult   `json:"tests"`
		Coverage []jsonCoverage `json:"coverage"`
		Percent  *float64       `json:"coverage_percent"`
		Summary  Summary        `json:"summary"`
	}{Version: 1, Tests: []jsonResult{}, Coverage: []jsonCoverage{}, Summary: Summarise(results)}
	if percent, ok := Percent(coverages); ok {
		report.Percent = &percent
	}
	for _, r := range results {
		one := jsonResult{File: r.Case.File, Line: r.Case.Pos.Line, Name: r.Case.Name, Status: r.Status, Millis: millis(r.Duration)}
		for _, failure := range r.Failures {
			one.Failures = append(one.Failures, jsonFailure(failure))
		}
		report.Tests = append(report.Tests, one)
	}
	for _, c := range coverages {
		one := jsonCoverage{Path: c.Path, Type: c.Kind.String(), Branches: len(c.Branches), Reached: c.reached()}
		for _, branch := range c.Branches {
			if !branch.Reached {
				one.Missing = append(one.Missing, jsonBranch{branch.Pos.Line, branch.Pos.Column, branch.String()})
			}
		}
		report.Coverage = append(report.Coverage, one)
	}
	return jsontree.Write(w, report)
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// text returns the failure's message with its hint and difference.
func (f Failure) text() string {
	var b strings.Builder
	b.WriteString(f.Message + "\n")
	if f.Hint != "" {
		b.WriteString("hint: " + f.Hint + "\n")
	}
	b.WriteString(f.Diff)
	return b.String()
}

// WriteJUnit writes results as JUnit XML, with one suite per file.
func WriteJUnit(w io.Writer, results []Result) error {
	report := &junit.Suites{Time: seconds(results)}
	for _, group := range byFile(results) {
		suite := junit.Suite{Name: group[0].Case.File, Time: seconds(group)}
		for _, result := range group {
			suite.Cases = append(suite.Cases, junitOf(result))
		}
		report.Add(suite)
	}
	return report.Write(w)
}

func junitOf(r Result) junit.Case {
	one := junit.Case{Name: r.Case.Name, Class: r.Case.File, File: r.Case.File, Line: r.Case.Pos.Line, Time: seconds([]Result{r})}
	if r.good() {
		return one
	}
	failure := &junit.Failure{}
	for _, each := range r.Failures {
		if failure.Message == "" {
			failure.Message = each.Message
		}
		failure.Text += each.text()
	}
	if r.Status == Errored {
		one.Error = failure
	} else {
		one.Failure = failure
	}
	return one
}

func seconds(results []Result) string {
	var total time.Duration
	for _, result := range results {
		total += result.Duration
	}
	return fmt.Sprintf("%.3f", total.Seconds())
}

// byFile groups consecutive results of the same file.
func byFile(results []Result) [][]Result {
	var groups [][]Result
	for _, result := range results {
		if n := len(groups); n > 0 && groups[n-1][0].Case.File == result.Case.File {
			groups[n-1] = append(groups[n-1], result)
			continue
		}
		groups = append(groups, []Result{result})
	}
	return groups
}

// tapName escapes a name so that no part of it is a directive or starts a new line.
func tapName(name string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`).Replace(printable.Line(name))
}

// yamlQuoted returns a text in double quotes, in JSON syntax, which is also YAML.
func yamlQuoted(s string) string {
	quoted, _ := json.Marshal(s) // marshalling a string cannot fail
	return string(quoted)
}

// WriteTAP writes results in the Test Anything Protocol, version 13.
func WriteTAP(w io.Writer, results []Result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "TAP version 13\n1..%d\n", len(results))
	for i, result := range results {
		word := "ok"
		if !result.good() {
			word = "not ok"
		}
		fmt.Fprintf(&b, "%s %d - %s\n", word, i+1, tapName(result.Case.Name))
		if result.good() {
			continue
		}
		fmt.Fprintf(&b, "  ---\n  file: %s\n  line: %d\n  message: |\n", yamlQuoted(result.Case.File), result.Case.Pos.Line)
		for _, failure := range result.Failures {
			for line := range strings.Lines(printable.Text(failure.text())) {
				b.WriteString("    " + strings.TrimRight(line, "\n") + "\n")
			}
		}
		b.WriteString("  ...\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
