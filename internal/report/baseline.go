package report

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/hooktool/hooktool/pkg/lint"
)

// Baseline holds the findings of an old repository that need not be fixed right away. A
// finding is recognised by its file, rule, message and the text of its line, even after
// lines were added above it or its file was renamed.
type Baseline struct {
	dir   string
	known map[string]jsonKnown // by fingerprint
}

type (
	jsonBaseline struct {
		Version  int         `json:"version"`
		Findings []jsonKnown `json:"findings"`
	}

	// All but the fingerprint is for readers.
	jsonKnown struct {
		Fingerprint string `json:"fingerprint"`
		Content     string `json:"content,omitempty"` // the fingerprint without the file
		Path        string `json:"path"`
		Rule        string `json:"rule"`
		Message     string `json:"message"`
	}
)

// ReadBaseline parses a baseline. Its paths are relative to dir, the folder that it is
// in.
func ReadBaseline(data []byte, dir string) (*Baseline, error) {
	var read jsonBaseline
	if err := json.Unmarshal(data, &read); err != nil {
		return nil, fmt.Errorf("this is not a baseline: %w", err)
	}
	if read.Version != 1 {
		return nil, fmt.Errorf("unknown baseline version %d", read.Version)
	}
	b := &Baseline{dir: dir, known: map[string]jsonKnown{}}
	for _, f := range read.Findings {
		b.known[f.Fingerprint] = f
	}
	return b, nil
}

// WriteBaseline returns a baseline with all findings of a report. Paths are relative to
// dir; if dir is empty, they are unchanged, for files that are not on this disk.
func WriteBaseline(r *Report, dir string) []byte {
	out := jsonBaseline{Version: 1, Findings: []jsonKnown{}}
	each(r, dir, func(path string, f lint.Finding, print, content string) bool {
		out.Findings = append(out.Findings, jsonKnown{print, content, path, f.Rule, f.Message})
		return false
	})
	data, _ := json.MarshalIndent(out, "", "  ") //nolint:errchkjson // nothing in it can fail to marshal
	return append(data, '\n')
}

// Apply removes the findings of a baseline from a report. It returns how many it
// removed, and how many of the baseline no longer occur.
func (b *Baseline) Apply(r *Report) (known, gone int) {
	seen := map[string]bool{}
	paths := map[string]bool{}
	for _, result := range r.Results {
		paths[relative(b.dir, result.Path)] = true
	}
	each(r, b.dir, func(_ string, _ lint.Finding, print, _ string) bool {
		_, ok := b.known[print]
		if ok {
			seen[print] = true
			known++
		}
		return ok
	})
	moved := map[string][]string{} // fingerprints in files that no longer exist, by content
	for print, f := range b.known {
		if !seen[print] && f.Content != "" && !paths[f.Path] && !b.exists(f.Path) {
			moved[f.Content] = append(moved[f.Content], print)
		}
	}
	each(r, b.dir, func(_ string, _ lint.Finding, _, content string) bool {
		prints := moved[content]
		if len(prints) == 0 {
			return false
		}
		seen[prints[0]], moved[content] = true, prints[1:]
		known++
		return true
	})
	return known, len(b.known) - len(seen)
}

// exists reports whether a file of the baseline still exists.
func (b *Baseline) exists(path string) bool {
	if b.dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(path)))
	return err == nil
}

// each visits all findings and removes those for which visit returns true.
func each(r *Report, dir string, visit func(path string, f lint.Finding, print, content string) bool) {
	seen := map[string]int{}
	for i := range r.Results {
		result := &r.Results[i]
		path := relative(dir, result.Path)
		result.Findings = slices.DeleteFunc(slices.Clone(result.Findings), func(f lint.Finding) bool {
			return visit(path, f, fingerprint(path, f, seen), fingerprint("", f, map[string]int{}))
		})
	}
}

// relative returns a path relative to a folder, so that a file has the same name
// wherever hooktool runs.
func relative(dir, path string) string {
	if dir == "" {
		return filepath.ToSlash(path)
	}
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
