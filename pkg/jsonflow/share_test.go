package jsonflow_test

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hooktool/hooktool/internal/vast"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/jsonflow"
	"github.com/hooktool/hooktool/pkg/webhook"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// project returns all templates of this project: those in Coroot's documentation, the
// starters of all destinations, and those recorded with Coroot's code, except the ones
// that do not parse.
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

// jsonLines reads templates from a JSON Lines file: repair cases, or templates that
// people wrote.
func jsonLines(t *testing.T, name string) map[string]event.Kind {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "testdata", "cases", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	texts := map[string]event.Kind{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one struct {
			File, Text, Template string
			Type                 event.Kind
		}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		text, kind := one.Text+one.Template, one.Type
		if kind == "" {
			kind, _, _ = workspace.DetectKind(workspace.KindHints{Path: one.File, Text: text})
		}
		if _, err := webhook.Parse(kind, "t", text); err == nil && kind != "" {
			texts[text] = kind
		}
	}
	return texts
}

// community reads templates that people write for all kinds of receivers.
func community(t *testing.T) map[string]event.Kind {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "community.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]event.Kind{}
	for _, file := range archive.Files {
		kind, _, err := workspace.DetectKind(workspace.KindHints{Path: file.Name, Text: string(file.Data)})
		if err != nil {
			t.Fatal(err)
		}
		texts[string(file.Data)] = kind
	}
	return texts
}

// TestUnknownShare prints the share of templates with an unknown verdict, for this
// project and others. It excludes templates with type errors, which fail for every
// event. It tries every third template, or all with HOOKTOOL_TEST_LONG=1.
func TestUnknownShare(t *testing.T) {
	t.Parallel()
	for name, corpus := range map[string]map[string]event.Kind{
		"project": project(t), "community": community(t), "cases": jsonLines(t, "templates.jsonl"), "repairs": jsonLines(t, "repairs.jsonl"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testShare(t, corpus)
		})
	}
}

func testShare(t *testing.T, corpus map[string]event.Kind) {
	t.Helper()
	verdicts := map[jsonflow.Verdict]int{}
	blocked, all := 0, 0
	for _, text := range vast.Every(t, 3, slices.Sorted(maps.Keys(corpus))) {
		kind := corpus[text]
		a := analyze(t, kind, text, jsonflow.Options{})
		check(t, kind, text, a)
		if a.Verdict == jsonflow.Unknown && a.Unknown[0].TypeError {
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
