package main

import (
	"io"
	"math"
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

// TestMemoryLimit checks that commands which limit the memory leave the limit of a
// program alone that only runs them, such as this one: its garbage collector would
// hardly stop.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	if os.Getenv("GOMEMLIMIT") != "" {
		t.Skip("GOMEMLIMIT sets the limit of this program")
	}
	for line, input := range map[string]string{"render ../../testdata/tests/quick-alert.tmpl -": "{}\n", "lsp": ""} {
		run(strings.Fields(line), streams{strings.NewReader(input), io.Discard, io.Discard}, func(string) string { return "" })
		if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
			t.Errorf("after %s, the limit is %d bytes", line, limit)
		}
	}
}
