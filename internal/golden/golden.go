// Package golden compares what a test made with what a file holds.
//
// Run the tests with -update to write the files instead:
//
//	go test ./... -update
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write golden files and test scripts instead of comparing with them")

// Update reports whether the tests run with -update.
func Update() bool { return *update }

// Assert fails the test when got is not what the file at path holds. With
// -update it writes the file. Line ends CRLF and LF count as the same, because
// git may change them on checkout.
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
	if diff := cmp.Diff(string(normalise(want)), string(normalise(got))); diff != "" {
		tb.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
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
