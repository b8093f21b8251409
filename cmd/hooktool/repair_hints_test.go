package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestRepairHints runs the commands that validate suggests, in projects whose webhooks
// share templates, until it suggests none: each repairs as many findings as it says.
func TestRepairHints(t *testing.T) {
	files, err := filepath.Glob("testdata/repair-hints/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	hint := regexp.MustCompile(`(?m)^hint: (it|(\d+) of them) can be repaired: hooktool (.*)$`)
	for _, file := range files {
		project, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Chdir(t.TempDir())
			var want, runs strings.Builder
			for _, f := range project.Files {
				if f.Name == "runs.txt" {
					want.Write(f.Data)
					continue
				}
				if err := os.MkdirAll(filepath.Dir(f.Name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			validate := strings.Fields(string(project.Comment))
			for range 5 {
				before := findings(t, validate)
				out, _, _ := runLine(t, validate)
				found := hint.FindStringSubmatch(out)
				if found == nil {
					break
				}
				runs.WriteString(found[1] + ": " + found[3] + "\n")
				n, err := strconv.Atoi(found[2])
				if err != nil {
					n = 1
				}
				_, errs, code := runLine(t, strings.Fields(strings.Replace(found[3], "--diff", "--write", 1)))
				if left := findings(t, validate); code != exit.OK || left > before-n {
					t.Errorf("%s: exit code %d, %d findings became %d\n%s", found[0], code, before, left, errs)
				}
			}
			if runs.String() != want.String() {
				t.Errorf("suggested:\n%swant:\n%s", runs.String(), want.String())
			}
		})
	}
}

// runLine runs hooktool here.
func runLine(t *testing.T, args []string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(args, streams{strings.NewReader(""), &stdout, &stderr}, func(string) string { return "" })
	return stdout.String(), stderr.String(), code
}

// findings counts what validate finds.
func findings(t *testing.T, validate []string) int {
	t.Helper()
	out, errs, _ := runLine(t, append([]string{"--format", "json"}, validate...))
	var report struct {
		Summary struct{ Errors, Warnings, Infos int }
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err, errs)
	}
	return report.Summary.Errors + report.Summary.Warnings + report.Summary.Infos
}
