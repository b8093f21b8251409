package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestWatch checks that files are looked at again when they are saved, even after a
// mistake, in new folders and in the configuration, and that Ctrl-C ends it cleanly.
func TestWatch(t *testing.T) {
	t.Parallel()
	type step struct{ name, text, want string } // what is saved, and what is said then
	configured := func(text string) string {
		return "webhooks:\n  chat:\n    alertTemplate: '{\"text\": \"" + text + "\"}'\n"
	}
	for name, c := range map[string]struct {
		args  []string // DIR is the folder
		steps []step
	}{
		"preview": {[]string{"preview", "--watch", "DIR/discord-incident.tmpl"}, []step{
			{"discord-incident.tmpl", `{"content": "first {{ .Status }}"}`, "first CRITICAL"},
			{"discord-incident.tmpl", `{"content": "{{ .Stat }}"}`, `no field "Stat"`},
			{"discord-incident.tmpl", `{"content": "second {{ .Status }}"}`, "second CRITICAL"},
		}},
		"preview of a webhook": {[]string{"preview", "--watch", "--webhook", "chat", "--config", "DIR/webhooks.yaml"}, []step{
			{"webhooks.yaml", configured("first {{ .Status }}"), "first WARNING"},
			{"webhooks.yaml", configured("second {{ .Status }}"), "second WARNING"},
		}},
		"validate": {[]string{"validate", "--watch", "--destination", "generic", "DIR"}, []step{
			{"incident.tmpl", `{"text": {{ json .Stat }}}`, "1 template: 1 error"},
			{"incident.tmpl", `{"text": {{ json .Status }}}`, "1 template: no findings"},
			{"incident.tmpl", `{"text": {{ json .Status }}`, "json-structure"},
			{"new/alert.tmpl", `{{ .Nope }}`, "2 templates: 2 errors"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for i, arg := range c.args {
				c.args[i] = strings.Replace(arg, "DIR", dir, 1)
			}
			saveWhole(t, filepath.Join(dir, c.steps[0].name), c.steps[0].text)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			out, in := io.Pipe()
			done := make(chan int, 1)
			go func() {
				a := &app{streams: streams{strings.NewReader(""), in, io.Discard}, getenv: func(string) string { return "" }, now: time.Now}
				done <- execute(ctx, a, c.args)
				in.Close()
			}()
			lines := bufio.NewScanner(out)
			for i, step := range c.steps {
				if i > 0 {
					saveWhole(t, filepath.Join(dir, step.name), step.text)
				}
				for lines.Scan() && !strings.Contains(lines.Text(), step.want) {
				}
				if !strings.Contains(lines.Text(), step.want) {
					t.Fatalf("it never said %q", step.want)
				}
			}
			cancel()
			go io.Copy(io.Discard, out)
			if code := <-done; code != exit.OK {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// saveWhole saves a file as an editor does: it puts a new one in the place of the old.
func saveWhole(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}
