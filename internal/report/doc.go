// Package report writes the findings of package lint: as text for people, and
// for machines as JSON, JSON lines, SARIF, JUnit, GitHub's annotations and
// checkstyle.
//
// A [Report] is a whole run. [Write] writes it in one of [Formats]; nothing in
// the output depends on the time or the order in which templates were checked.
package report
