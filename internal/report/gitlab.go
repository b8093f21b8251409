package report

import (
	"io"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/jsontree"
	"github.com/hooktool/hooktool/pkg/lint"
)

// gitLabFinding is a finding in GitLab's code-quality report, the part of Code
// Climate's format that GitLab reads (docs.gitlab.com/ci/testing/code_quality).
type gitLabFinding struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitLabLocation `json:"location"`
}

type gitLabLocation struct {
	Path  string         `json:"path"`
	Lines map[string]int `json:"lines"`
}

// writeGitLab writes a report as one JSON array.
func writeGitLab(w io.Writer, r *Report) error {
	findings := []gitLabFinding{}
	seen, users := map[string]int{}, usersOf(r)
	for _, result := range r.Results {
		for _, f := range result.Findings {
			findings = append(findings, gitLabFinding{
				Description: users.message(result, f), CheckName: f.Rule, Fingerprint: fingerprint(result.Path, f, seen),
				Severity: gitLabSeverity(f.Severity), Location: gitLabPlace(result.Path, f.Pos.Line),
			})
		}
	}
	for _, f := range r.Failures {
		problem := lint.Finding{Rule: "unreadable", Message: f.Message}
		findings = append(findings, gitLabFinding{
			Description: f.Message, CheckName: problem.Rule, Fingerprint: fingerprint(f.Path, problem, seen),
			Severity: "blocker", Location: gitLabPlace(f.Path, f.Pos.Line),
		})
	}
	return jsontree.Write(w, findings)
}

func gitLabPlace(path string, line int) gitLabLocation {
	return gitLabLocation{Path: filepath.ToSlash(path), Lines: map[string]int{"begin": max(line, 1)}}
}

func gitLabSeverity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "major"
	case lint.Warning:
		return "minor"
	}
	return "info"
}
