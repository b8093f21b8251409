package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
)

// FuzzParseDocuments reads arbitrary files. A template must have a place, and a
// changed one must be read back as it was written.
func FuzzParseDocuments(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), "{{ .X }}\n")
	}
	f.Add("webhooks: {a: {alertTemplate: &x \"a\\\n b\", incidentTemplate: *x}}", "it's\n\n two")
	f.Add(full, " x")
	f.Fuzz(func(t *testing.T, text, template string) {
		file, err := config.ParseDocuments("c.yaml", []byte(text), []string{"color"})
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for i, w := range file.Webhooks {
			for kind, old := range w.Templates {
				for _, offset := range []int{0, len(old.Text) / 2, len(old.Text)} {
					if p := old.Position(offset); p.Line > lines || p.Line < 1 {
						t.Fatalf("%q: byte %d of %s is said to be at %v", text, offset, kind, p)
					}
				}
				changed, err := file.Apply(config.Change{Template: old, Text: template})
				if err != nil {
					continue
				}
				after, err := config.ParseDocuments("c.yaml", changed, []string{"color"})
				if err != nil || len(after.Webhooks) <= i || after.Webhooks[i].Templates[kind].Text != template {
					t.Fatalf("%q with %q becomes %q: %v", text, template, changed, err)
				}
			}
		}
	})
}
