package jsonflow_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
)

// TestCases checks the verdicts on templates that were once misjudged or did not
// terminate.
func TestCases(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join("testdata", "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var tt struct {
			ID, Want, Template string
			Kind               event.Kind
		}
		if err := json.Unmarshal(lines.Bytes(), &tt); err != nil {
			t.Fatal(err)
		}
		t.Run(tt.ID, func(t *testing.T) {
			a := analyze(t, tt.Kind, tt.Template, jsonflow.Options{})
			check(t, tt.Kind, tt.Template, a)
			ok := map[string]bool{
				"any": true, "not proved": a.Verdict != jsonflow.Proved,
				"proved": a.Verdict == jsonflow.Proved, "refuted": a.Verdict == jsonflow.Refuted,
			}[tt.Want]
			if !ok {
				t.Errorf("%s\n%s, want %s: %v", tt.Template, a.Verdict, tt.Want, a.Unknown)
			}
			if a.Steps > mostSteps {
				t.Errorf("%d steps, want at most %d", a.Steps, mostSteps)
			}
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
