package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/hooktool/hooktool/internal/junit"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/lint"
)

// writeJUnit writes errors and warnings as failures, and notes as the output of passed
// cases. There is a suite for each template and a case for each finding. A template
// without findings is one passed case.
func writeJUnit(w io.Writer, r *Report) error {
	all, users := &junit.Suites{Name: "hooktool validate"}, usersOf(r)
	for _, result := range r.Results {
		suite := junit.Suite{Name: suiteName(result)}
		for _, f := range result.Findings {
			c := junit.Case{Name: fmt.Sprintf("%s at %s", f.Rule, f.Pos), Class: clean(result.Path), File: clean(result.Path), Line: f.Pos.Line}
			text := clean(fmt.Sprintf("%s:%s: %s: %s", result.Path, f.Pos, f.Severity, users.message(result, f)))
			if f.Severity == lint.Info {
				c.Output = text
			} else {
				c.Failure = &junit.Failure{Message: clean(f.Message), Type: f.Rule, Text: text}
			}
			suite.Cases = append(suite.Cases, c)
		}
		if len(suite.Cases) == 0 {
			suite.Cases = []junit.Case{{Name: "validate", Class: clean(result.Path), File: clean(result.Path)}}
		}
		all.Add(suite)
	}
	for _, f := range r.Failures {
		text := clean(f.Message)
		all.Add(junit.Suite{Name: clean(f.Path), Cases: []junit.Case{{
			Name: "read", Class: clean(f.Path), File: clean(f.Path), Error: &junit.Failure{Message: text, Type: "error", Text: text},
		}}})
	}
	return all.Write(w)
}

func suiteName(result lint.Result) string {
	if result.Webhook != "" {
		return clean(fmt.Sprintf("%s (%s %s)", result.Path, words.And(result.Webhooks()), result.Name))
	}
	return clean(result.Path)
}

// Checkstyle: one file element per file.
type (
	checkstyleReport struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}

	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}

	checkstyleError struct {
		Line     int    `xml:"line,attr,omitempty"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

func writeCheckstyle(w io.Writer, r *Report) error {
	out := checkstyleReport{Version: "4.3"}
	file := func(path string) *checkstyleFile {
		path = clean(path)
		if n := len(out.Files); n == 0 || out.Files[n-1].Name != path {
			out.Files = append(out.Files, checkstyleFile{Name: path})
		}
		return &out.Files[len(out.Files)-1]
	}
	users := usersOf(r)
	for _, result := range r.Results {
		into := file(result.Path)
		for _, f := range result.Findings {
			into.Errors = append(into.Errors, checkstyleError{f.Pos.Line, f.Pos.Column, string(f.Severity), clean(users.message(result, f)), "hooktool." + f.Rule})
		}
	}
	for _, f := range r.Failures {
		into := file(f.Path)
		into.Errors = append(into.Errors, checkstyleError{f.Pos.Line, f.Pos.Column, "error", clean(f.Message), "hooktool"})
	}
	return junit.WriteXML(w, out)
}

// clean removes what XML cannot represent.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
