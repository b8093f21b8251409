package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hooktool/hooktool/pkg/config"
)

// FuzzParseDocuments reads arbitrary files. A template must have a place, and a changed
// one must be read back as it was written.
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
	f.Add("projects:\n- notificationIntegrations:\n    webhook:\n      alertTemplate: \"$a b\"\n", "{{ $x }}$5 $")
	f.Fuzz(func(t *testing.T, text, template string) {
		env := config.WithEnvironment(config.Environment{Given: map[string]string{"DOLLAR": "$"}})
		file, err := config.ParseDocuments("c.yaml", []byte(text), []string{"color"}, env)
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
				after, err := config.ParseDocuments("c.yaml", changed, []string{"color"}, env)
				if err != nil || len(after.Webhooks) <= i || after.Webhooks[i].Templates[kind].Text != template {
					t.Fatalf("%q with %q becomes %q: %v", text, template, changed, err)
				}
			}
		}
	})
}

// FuzzExpandedDocuments reads arbitrary files with variables of arbitrary values.
// Places must lie in the file, and writing a template back unchanged must change
// nothing.
func FuzzExpandedDocuments(f *testing.F) {
	for _, place := range wrapped {
		f.Add(wrap(place, dollarProject), "t0ken")
	}
	f.Add("projects:\n- notificationIntegrations:\n    webhook:\n      $a\n", "alertTemplate: x")
	f.Add("services: {a: {environment: {DOLLAR: $$}}}\nconfigs:\n  a:\n    content: |\n      projects:\n      - notificationIntegrations: {webhook: {alertTemplate: $$a}}\n", "x")
	f.Fuzz(func(t *testing.T, text, value string) {
		env := config.Environment{Lookup: func(name string) (string, bool) { return value, len(name)%2 == 1 }}
		file, err := config.ParseDocuments("f.yaml", []byte(text), nil, config.WithEnvironment(env))
		if err != nil {
			return
		}
		for _, w := range file.Webhooks {
			for _, x := range w.Expansions {
				if w.Index().Line(x.Pos.Line) == "" || x.Pos.Line > strings.Count(text, "\n")+1 {
					t.Fatalf("%+v is not in the file", x)
				}
			}
			for _, tmpl := range w.Templates {
				for i := range len(tmpl.Text) + 1 {
					if tmpl.Pos.IsValid() && !tmpl.Position(i).IsValid() {
						t.Fatalf("byte %d of %q has no place", i, tmpl.Text)
					}
				}
				if _, err := w.Plain(nil); err != nil {
					t.Fatal(err)
				}
				if _, _, err := w.Expandable(); err != nil {
					continue // such as a DOLLAR that holds something else
				}
				if tmpl.Meant() != tmpl.Text {
					continue
				}
				changed, err := file.Apply(config.Change{Template: tmpl, Text: tmpl.Text})
				if err == nil && string(changed) != text && !strings.Contains(text, "$") {
					t.Fatalf("unchanged, %q becomes %q", text, changed)
				}
			}
		}
	})
}
