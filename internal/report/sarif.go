package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/lint"
)

// The part of SARIF 2.1.0 that is written. Columns are counted in UTF-16 code units, as
// columnKind declares and as editors and GitHub expect.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}

	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		ColumnKind  string            `json:"columnKind"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
	}

	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}

	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}

	sarifRule struct {
		ID                   string            `json:"id"`
		ShortDescription     sarifText         `json:"shortDescription"`
		FullDescription      sarifText         `json:"fullDescription"`
		Help                 sarifHelp         `json:"help"`
		HelpURI              string            `json:"helpUri"`
		DefaultConfiguration map[string]string `json:"defaultConfiguration"`
	}

	sarifText struct {
		Text string `json:"text"`
	}

	sarifHelp struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown"`
	}

	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}

	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}

	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}

	sarifLocation struct {
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
	}

	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}

	sarifArtifact struct {
		URI string `json:"uri"`
	}

	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// homepage is the address of hooktool, below which its rules are documented.
const homepage = "https://github.com/hooktool/hooktool"

// pageURL returns the address of the page about a rule.
func pageURL(rule string) string { return homepage + "/blob/main/docs/rules/" + rule + ".md" }

func writeSARIF(w io.Writer, r *Report) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "hooktool", Version: r.Version, InformationURI: homepage, Rules: []sarifRule{}}},
		ColumnKind: "utf16CodeUnits", Results: []sarifResult{},
		Invocations: []sarifInvocation{{ExecutionSuccessful: len(r.Failures) == 0}},
	}
	index := map[string]int{}
	for i, rule := range lint.Rules() {
		index[rule.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, newSARIFRule(rule))
	}
	seen, users := map[string]int{}, usersOf(r)
	for _, result := range r.Results {
		for _, f := range result.Findings {
			run.Results = append(run.Results, sarifResult{
				RuleID: f.Rule, RuleIndex: index[f.Rule], Level: sarifLevel(f.Severity), Message: sarifText{users.message(result, f)},
				Locations:           []sarifLocation{sarifPlace(result.Path, region(f))},
				PartialFingerprints: map[string]string{"hooktool/v1": fingerprint(result.Path, f, seen)},
			})
		}
	}
	for _, f := range r.Failures {
		note := sarifNotification{Level: "error", Message: sarifText{f.Message}}
		if f.Path != "" {
			note.Locations = []sarifLocation{sarifPlace(f.Path, nil)}
		}
		run.Invocations[0].Notifications = append(run.Invocations[0].Notifications, note)
	}
	return jsontree.Write(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func newSARIFRule(rule lint.Rule) sarifRule {
	return sarifRule{
		ID: rule.ID, ShortDescription: sarifText{rule.Summary}, FullDescription: sarifText{rule.Why},
		Help:                 sarifHelp{Text: rule.Why, Markdown: rule.Page(context.Background())},
		HelpURI:              pageURL(rule.ID),
		DefaultConfiguration: map[string]string{"level": sarifLevel(rule.Severity)},
	}
}

func sarifLevel(s lint.Severity) string {
	if s == lint.Info {
		return "note"
	}
	return string(s)
}

func sarifPlace(path string, r *sarifRegion) sarifLocation {
	uri := (&url.URL{Path: filepath.ToSlash(filepath.Clean(path))}).String()
	return sarifLocation{sarifPhysical{sarifArtifact{uri}, r}}
}

// region converts columns in characters to columns in UTF-16 code units.
func region(f lint.Finding) *sarifRegion {
	r := &sarifRegion{StartLine: max(f.Pos.Line, 1), StartColumn: utf16Column(f.Lines, 0, f.Pos.Column)}
	r.EndLine = r.StartLine
	switch {
	case f.End.Line == f.Pos.Line:
		r.EndColumn = utf16Column(f.Lines, 0, f.End.Column)
	case f.End.Line > f.Pos.Line:
		r.EndLine = f.End.Line
		r.EndColumn = utf16Column(f.Lines, f.End.Line-f.Pos.Line, f.End.Column)
	}
	return r
}

// utf16Column converts a column in one of a finding's lines. A line that is not
// available is taken for ASCII.
func utf16Column(lines []string, line, column int) int {
	if line >= len(lines) {
		return max(column, 1)
	}
	units, characters := 1, 1
	for _, r := range lines[line] {
		if characters >= column {
			return units
		}
		units += max(utf16.RuneLen(r), 1)
		characters++
	}
	return units + max(column-characters, 0)
}

// placeInWords matches a line with a column.
var placeInWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\b\d+:\d+\b`) })

// fingerprint identifies a finding by its file, rule, message and the text of its line,
// so that it stays the same after lines were added above it. A number tells identical
// ones apart.
func fingerprint(path string, f lint.Finding, seen map[string]int) string {
	line := ""
	if len(f.Lines) > 0 {
		line = strings.TrimSpace(f.Lines[0])
	}
	message := placeInWords().ReplaceAllString(f.Message, ":") // positions move with the line
	key := strings.Join([]string{filepath.ToSlash(path), f.Rule, message, line}, "\x00")
	seen[key]++
	sum := sha256.Sum256([]byte(key + strings.Repeat("\x00", seen[key])))
	return hex.EncodeToString(sum[:16])
}
