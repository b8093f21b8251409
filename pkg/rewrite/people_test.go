package rewrite_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/lint"
	"github.com/hooktool/hooktool/pkg/rewrite"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// visible maps visible stand-ins to characters that an editor or git would change, or
// that are invisible.
var visible = strings.NewReplacer("␍\n", "\r\n", "⟨BOM⟩", "\ufeff", "⟨NBSP⟩", "\u00a0", "⟨ZWSP⟩", "\u200b", "⇥", "\t")

// TestPeople repairs templates that people write for each receiver: every fifth, or
// all with HOOKTOOL_TEST_LONG=1. Each repair is checked against what validate promises,
// proved, compared with the old template, repeated, and written to the golden file,
// where a reviewer can see whether it looks handwritten.
func TestPeople(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/people/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no templates", err)
	}
	for _, file := range files {
		destination := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(destination, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			repaired := filepath.Join("testdata", "people", "repaired", destination+".txt")
			var known []txtar.File
			if before, err := txtar.ParseFile(repaired); err == nil && !golden.Update() && !vast.Long(t) {
				known = before.Files
			}
			var b strings.Builder
			for i, f := range txtar.Parse(data).Files {
				if i%5 != 0 && i < len(known) && known[i].Name == f.Name {
					fmt.Fprintf(&b, "-- %s --\n%s", f.Name, known[i].Data)
					continue
				}
				kind, _, _ := strings.Cut(f.Name, " ")
				text := visible.Replace(string(f.Data))
				t.Run(f.Name, func(t *testing.T) {
					fmt.Fprintf(&b, "-- %s --\n%s", f.Name, mend(t, workspace.Template{
						Path: "t.tmpl", Kind: event.Kind(kind), Destination: destination, Text: text,
					}, uint64(i)))
				})
			}
			golden.Assert(t, []byte(b.String()), repaired)
		})
	}
}

// mend repairs a template and describes the outcome.
func mend(t *testing.T, tmpl workspace.Template, seed uint64) string {
	t.Helper()
	found := lint.Check(t.Context(), tmpl, lint.Options{})
	result, err := rewrite.Template(t.Context(), &tmpl, rewrite.Options{})
	how := "safe"
	if problem := (*source.Problem)(nil); errors.As(err, &problem) {
		how = "unsafe, for " + problem.Message
		var err2 error
		if result, err2 = rewrite.Template(t.Context(), &tmpl, rewrite.Options{Unsafe: true}); err2 != nil {
			for _, f := range found.Findings {
				if f.Applicability != "" {
					t.Errorf("validate promises a repair of %s %s: there is none", f.Pos, f.Rule)
				}
			}
			return fmt.Sprintf("none: %s: %s (%s)\n", problem.Pos, problem.Message, problem.Hint)
		}
	}
	if !result.Changed {
		return fmt.Sprintf("nothing to do: %s\n", result.Analysis.Verdict)
	}
	checkRepair(t, tmpl.Kind, tmpl.Text, result, seed)
	checkPromise(t, tmpl, found, result)
	text := strings.Replace(result.Text, strings.TrimSuffix(helper, "\n"), "⟨helper⟩", 1)
	return how + "\n" + strings.TrimSuffix(strings.ReplaceAll(text, "\r\n", "␍\n"), "\n") + "\n"
}

// checkPromise compares the findings of a template with the outcome of its repair. A
// repair of a value in Go's syntax turns an error into a warning.
func checkPromise(t *testing.T, tmpl workspace.Template, found lint.Result, result *rewrite.Result) {
	t.Helper()
	tmpl.Text = result.Text
	type problem struct {
		rule     string
		severity lint.Severity
	}
	left := map[problem]int{}
	after := lint.Check(t.Context(), tmpl, lint.Options{})
	for _, f := range after.Findings {
		left[problem{f.Rule, f.Severity}]++
	}
	if after.JSON.Verdict != string(jsonflow.Proved) {
		t.Errorf("after the repair it is %s", after.JSON.Verdict)
	}
	for _, f := range found.Findings {
		switch repaired := left[problem{f.Rule, f.Severity}] == 0; {
		case f.Applicability == rewrite.Unsafe && result.Applicability == rewrite.Safe && !repaired: // it takes --unsafe
		case f.Applicability != "" && f.Applicability != result.Applicability:
			t.Errorf("%s: %s: the repair is promised to be %s and is %s", f.Pos, f.Rule, f.Applicability, result.Applicability)
		case f.Applicability != "" && !repaired && !strings.HasPrefix(f.Rule, "json-"):
			t.Errorf("%s: %s: a repair is promised, and it is still found: %s", f.Pos, f.Rule, f.Message)
		case f.Applicability == "" && repaired && f.Severity == lint.Error:
			t.Errorf("%s: %s: no repair is promised, and it was repaired: %s", f.Pos, f.Rule, f.Message)
		}
	}
}
