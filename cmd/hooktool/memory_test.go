package main

import (
	"io"
	"math"
	"os"
	"runtime"
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

// TestRaisedLimit checks that the garbage collector has room, however much is live.
func TestRaisedLimit(t *testing.T) { //nolint:paralleltest // it sets the limit of this program
	if os.Getenv("GOMEMLIMIT") != "" {
		t.Skip("GOMEMLIMIT sets the limit of this program")
	}
	live := make([]byte, 64<<20)
	limits := make(chan int64)
	calls := 0
	afterCollection(func() (again bool) {
		raiseLimit()
		limits <- debug.SetMemoryLimit(math.MaxInt64)
		calls++
		return calls < 2
	})
	for range 2 {
		go runtime.GC()
		if limit := <-limits; limit < int64(2*len(live)) || limit == math.MaxInt64 {
			t.Errorf("%d bytes are live, and the limit is %d", len(live), limit)
		}
	}
	runtime.KeepAlive(live)
}
