// Package golden compares the output of a test with a file.
package golden

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	udiff "github.com/aymanbagabas/go-udiff"
)

var update = flag.Bool("update", false, "write golden files and test scripts instead of comparing with them")

// Update reports whether the tests run with -update.
func Update() bool { return *update }

// Assert fails the test if got differs from the file at path. With -update it writes
// the file. CRLF and LF count as the same, because git may change line ends on
// checkout.
func Assert(tb testing.TB, got []byte, path string) {
	tb.Helper()
	if Update() {
		write(tb, got, path)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		tb.Fatalf("%v (run the test with -update to write it)", err)
	}
	if diff := Diff(string(normalise(want)), string(normalise(got))); diff != "" {
		tb.Errorf("%s differs:\n%s", path, diff)
	}
}

// Diff returns how two values differ, as a unified diff of their texts; empty when they
// are deeply equal.
func Diff(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	before, after := text(want), text(got)
	if before == after {
		before, after = fmt.Sprintf("%#v\n", want), fmt.Sprintf("%#v\n", got)
	}
	return cmp.Or(udiff.Unified("want", "got", before, after), "they differ in what has no text")
}

// text writes a value so that its parts are on lines of their own.
func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Sprintf("%#v\n", v)
	}
	return string(b) + "\n"
}

func write(tb testing.TB, got []byte, path string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(normalise(old), normalise(got)) {
		return
	}
	if err := os.WriteFile(path, got, 0o644); err != nil {
		tb.Fatal(err)
	}
}

func normalise(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")) }
