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

// TestPreviewWatch checks that a saved file is drawn again, even with a mistake in it,
// and that Ctrl-C ends the preview cleanly.
func TestPreviewWatch(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "discord-incident.tmpl")
	save := func(text string) {
		if err := os.WriteFile(path+"~", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
	}
	save(`{"content": "first {{ .Status }}"}`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	getenv := func(string) string { return "" }
	done := make(chan int, 1)
	go func() {
		a := &app{streams: streams{strings.NewReader(""), in, io.Discard}, getenv: getenv, now: time.Now}
		done <- execute(ctx, a, []string{"preview", "--watch", path})
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for _, step := range []struct{ want, save string }{
		{"first CRITICAL", `{"content": "{{ .Stat }}"}`},
		{`no field "Stat"`, `{"content": "second {{ .Status }}"}`},
		{"second CRITICAL", ""},
	} {
		for lines.Scan() && !strings.Contains(lines.Text(), step.want) {
		}
		if !strings.Contains(lines.Text(), step.want) {
			t.Fatalf("it never showed %q", step.want)
		}
		if step.save != "" {
			save(step.save)
		}
	}
	cancel()
	go io.Copy(io.Discard, out)
	if code := <-done; code != exit.OK {
		t.Errorf("exit code %d", code)
	}
}

// TestPreviewWatchConfiguration checks that a template in the configuration is drawn
// again when the configuration is saved.
func TestPreviewWatchConfiguration(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "webhooks.yaml")
	save := func(text string) {
		if err := os.WriteFile(path+"~", []byte("webhooks:\n  chat:\n    alertTemplate: '{\"text\": \""+text+"\"}'\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+"~", path); err != nil {
			t.Fatal(err)
		}
	}
	save("first {{ .Status }}")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		a := &app{streams: streams{strings.NewReader(""), in, io.Discard}, getenv: func(string) string { return "" }, now: time.Now}
		done <- execute(ctx, a, []string{"preview", "--watch", "--webhook", "chat", "--config", path})
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for _, want := range []string{"first WARNING", "second WARNING"} {
		for lines.Scan() && !strings.Contains(lines.Text(), want) {
		}
		if !strings.Contains(lines.Text(), want) {
			t.Fatalf("it never showed %q", want)
		}
		save("second {{ .Status }}")
	}
	cancel()
	go io.Copy(io.Discard, out)
	if code := <-done; code != exit.OK {
		t.Errorf("exit code %d", code)
	}
}
