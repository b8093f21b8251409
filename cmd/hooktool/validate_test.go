package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hooktool/hooktool/cmd/internal/exit"
)

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
