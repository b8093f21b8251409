// Package junit writes reports as JUnit XML, which CI systems show as tests. Empty
// members are left out.
package junit

import (
	"encoding/xml"
	"io"
)

// Suites is a report.
type Suites struct {
	XMLName  xml.Name `xml:"testsuites"`
	Name     string   `xml:"name,attr,omitempty"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Time     string   `xml:"time,attr,omitempty"` // in seconds
	Suites   []Suite  `xml:"testsuite"`
}

// Suite is a group of cases. Add counts its cases.
type Suite struct {
	Name     string `xml:"name,attr"`
	Tests    int    `xml:"tests,attr"`
	Failures int    `xml:"failures,attr"`
	Errors   int    `xml:"errors,attr"`
	Time     string `xml:"time,attr,omitempty"` // in seconds
	Cases    []Case `xml:"testcase"`
}

// Case is one test. It has passed if it has neither a failure nor an error.
type Case struct {
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	File    string   `xml:"file,attr,omitempty"`
	Line    int      `xml:"line,attr,omitempty"`
	Time    string   `xml:"time,attr,omitempty"` // in seconds
	Failure *Failure `xml:"failure,omitempty"`
	Error   *Failure `xml:"error,omitempty"`
	Output  string   `xml:"system-out,omitempty"`
}

// Failure says why a case has failed, or could not be run.
type Failure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// Add adds a suite, and adds its counts to the report's.
func (s *Suites) Add(suite Suite) {
	suite.Tests = len(suite.Cases)
	for _, c := range suite.Cases {
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Error != nil {
			suite.Errors++
		}
	}
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Suites = append(s.Suites, suite)
}

// Write writes the report.
func (s *Suites) Write(w io.Writer) error { return WriteXML(w, s) }

// WriteXML writes a value as an indented XML document.
func WriteXML(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
