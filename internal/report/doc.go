// Package report writes the findings of package lint: as text for people and, for
// machines, as JSON, JSON Lines, SARIF, JUnit, GitHub annotations, GitLab's
// code-quality report and Checkstyle.
//
// A [Report] covers a whole run. [Write] writes it in one of [Formats]; the output
// depends neither on the time nor on the order in which templates were checked.
package report
