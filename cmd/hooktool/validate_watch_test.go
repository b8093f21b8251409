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
)

// TestValidateWatch holds that a template in the configuration is checked again
// when the configuration is saved, that a configuration saved halfway does not
// end the watch, and that Ctrl-C ends it well.
func TestValidateWatch(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "webhooks.yaml")
	save := func(alert string) {
		if err := os.WriteFile(path, []byte("webhooks:\n  chat:\n    url: https://chat.example.com\n    alerts: true\n    alertTemplate: "+alert+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save(`'{"text": "{{ .Summary }}"}'`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		a := &app{streams: streams{strings.NewReader(""), in, in}, getenv: func(string) string { return "" }, now: time.Now}
		done <- execute(ctx, a, []string{"validate", "--watch", "--webhook", "chat", "--config", path})
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for _, step := range []struct{ want, save string }{
		{"json-unescaped", `[`},
		{"YAML:", `'{"text": {{ json .Summary }}}'`},
		{"no findings", ""},
	} {
		seen := false
		for !(seen && strings.Contains(lines.Text(), "waiting for changes")) && lines.Scan() {
			seen = seen || strings.Contains(lines.Text(), step.want)
		}
		if !seen {
			t.Fatalf("it never showed %q", step.want)
		}
		if step.save != "" {
			save(step.save)
		}
	}
	cancel()
	go io.Copy(io.Discard, out)
	if code := <-done; code != exitOK {
		t.Errorf("exit code %d", code)
	}
}
