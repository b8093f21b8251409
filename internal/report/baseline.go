package report

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/hooktool/hooktool/pkg/lint"
)

// Baseline is the findings of an old repository that need not be mended at once. A
// finding is known again by its file, rule, message and the text of its line, also
// after lines were added above.
type Baseline struct {
	dir   string
	known map[string]bool
}

type (
	jsonBaseline struct {
		Version  int         `json:"version"`
		Findings []jsonKnown `json:"findings"`
	}

	// What is beside the fingerprint is for readers.
	jsonKnown struct {
		Fingerprint string `json:"fingerprint"`
		Path        string `json:"path"`
		Rule        string `json:"rule"`
		Message     string `json:"message"`
	}
)

// ReadBaseline reads a baseline. Paths in it are relative to dir, the folder that
// it is in.
func ReadBaseline(data []byte, dir string) (*Baseline, error) {
	var read jsonBaseline
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("this is not a baseline: %w", err)
	}
	if read.Version != 1 {
		return nil, fmt.Errorf("a baseline of version %d is not known here", read.Version)
	}
	b := &Baseline{dir: dir, known: map[string]bool{}}
	for _, f := range read.Findings {
		b.known[f.Fingerprint] = true
	}
	return b, nil
}

// WriteBaseline returns the baseline that holds all findings of a report.
func WriteBaseline(r *Report, dir string) []byte {
	out := jsonBaseline{Version: 1, Findings: []jsonKnown{}}
	each(r, dir, func(path string, f lint.Finding, print string) bool {
		out.Findings = append(out.Findings, jsonKnown{print, path, f.Rule, f.Message})
		return false
	})
	data, _ := json.MarshalIndent(out, "", "  ") //nolint:errchkjson // there is nothing in it that could fail
	return append(data, '\n')
}

// Apply takes the findings of a baseline out of a report. It returns how many were
// taken out, and how many of the baseline are gone.
func (b *Baseline) Apply(r *Report) (known, gone int) {
	seen := map[string]bool{}
	each(r, b.dir, func(_ string, _ lint.Finding, print string) bool {
		if b.known[print] {
			seen[print] = true
			known++
		}
		return b.known[print]
	})
	return known, len(b.known) - len(seen)
}

// each visits all findings, and takes out those for which visit says so.
func each(r *Report, dir string, visit func(path string, f lint.Finding, print string) bool) {
	seen := map[string]int{}
	for i := range r.Results {
		result := &r.Results[i]
		path := relative(dir, result.Path)
		result.Findings = slices.DeleteFunc(slices.Clone(result.Findings), func(f lint.Finding) bool {
			return visit(path, f, fingerprint(path, f, seen))
		})
	}
}

// relative names a file as seen from a folder, so that it has one name wherever
// hooktool runs.
func relative(dir, path string) string {
	from, err := filepath.Abs(dir)
	if err != nil {
		return filepath.ToSlash(path)
	}
	to, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	rel, err := filepath.Rel(from, to)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}
