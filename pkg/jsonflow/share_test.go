package jsonflow_test

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// project returns every template of this project: those of Coroot's documentation, the
// starters of all destinations, and those that were recorded with Coroot's code. Of
// the recorded ones, those that do not parse are left out.
func project(t *testing.T) map[string]event.Kind {
	t.Helper()
	texts := map[string]event.Kind{}
	root := filepath.Join("..", "..")
	for _, dir := range []string{filepath.Join(root, "testdata", "templates"), filepath.Join(root, "pkg", "destination")} {
		err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) != ".tmpl" {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if kind, _, err := workspace.DetectKind(workspace.KindHints{Path: file, Text: string(text)}); err == nil && kind != "" {
				texts[string(text)] = kind
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(filepath.Join(root, "testdata", "golden", "render.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var recorded struct {
			Type     event.Kind
			Template string
		}
		if err := json.Unmarshal(lines.Bytes(), &recorded); err != nil {
			t.Fatal(err)
		}
		if _, err := webhook.Parse(recorded.Type, "t", recorded.Template); err == nil {
			texts[recorded.Template] = recorded.Type
		}
	}
	return texts
}

// TestUnknownShare prints how many of the project's templates are not judged.
// Templates with type errors, which fail for every event, do not count.
func TestUnknownShare(t *testing.T) {
	t.Parallel()
	verdicts := map[jsonflow.Verdict]int{}
	blocked, all := 0, 0
	for text, kind := range project(t) {
		a := analyze(t, kind, text, jsonflow.Options{})
		check(t, kind, text, a)
		if a.Verdict == jsonflow.Unknown && strings.HasPrefix(a.Unknown[0].Message, "blocked by a type error") {
			blocked++
			continue
		}
		all++
		verdicts[a.Verdict]++
		if a.Verdict == jsonflow.Unknown {
			t.Logf("unknown: %.300s\n%v", text, a.Unknown)
		}
	}
	share := 100 * float64(verdicts[jsonflow.Unknown]) / float64(all)
	t.Logf("%d templates: %v, %d more have type errors; %.2f %% unknown", all, verdicts, blocked, share)
	if share >= 1 {
		t.Errorf("%.2f %% of the templates are unknown", share)
	}
}
