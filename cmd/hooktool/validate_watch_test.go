package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

// TestValidateWatch checks that a saved file is checked again, including one that an
// editor replaces with another and one in a new folder, and that Ctrl-C ends the watch
// cleanly.
func TestValidateWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	save := func(name, text string) {
		path := filepath.Join(dir, name)
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
	save("incident.tmpl", `{"text": {{ json .Stat }}}`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		a := &app{streams: streams{strings.NewReader(""), in, io.Discard}, getenv: func(string) string { return "" }, now: time.Now}
		done <- execute(ctx, a, []string{"validate", "--watch", "--destination", "generic", dir})
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for _, step := range []struct{ want, name, text string }{
		{"1 template: 1 error", "incident.tmpl", `{"text": {{ json .Status }}}`},
		{"1 template: no findings", "incident.tmpl", `{"text": {{ json .Status }}`},
		{"json-structure", "new/alert.tmpl", `{{ .Nope }}`},
		{"2 templates: 2 errors", "", ""},
	} {
		for lines.Scan() && !strings.Contains(lines.Text(), step.want) {
		}
		if !strings.Contains(lines.Text(), step.want) {
			t.Fatalf("it never said %q", step.want)
		}
		if step.name != "" {
			save(step.name, step.text)
		}
	}
	cancel()
	go io.Copy(io.Discard, out)
	if code := <-done; code != exit.OK {
		t.Errorf("exit code %d", code)
	}
}

// TestValidateInterrupted checks that Ctrl-C ends a check of many templates without
// printing a partial report.
func TestValidateInterrupted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 100 {
		text := fmt.Sprintf(`{"text": {{ json .Stat }}, "n": %d}`, i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d-alert.tmpl", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	a := &app{streams: streams{strings.NewReader(""), &out, &errs}, getenv: func(string) string { return "" }, now: func() time.Time {
		cancel() // the flags are being read
		return time.Now()
	}}
	code := execute(ctx, a, []string{"validate", "--format", "json", dir})
	if code == exit.OK || code == exit.Findings || out.Len() > 0 {
		t.Errorf("exit code %d, %q, %q: want a code of its own and no report", code, &out, &errs)
	}
}
