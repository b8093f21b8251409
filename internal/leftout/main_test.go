package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
)

// TestReport reads what go test -json printed.
func TestReport(t *testing.T) {
	t.Parallel()
	inputs, err := filepath.Glob("testdata/*.jsonl")
	if err != nil || len(inputs) == 0 {
		t.Fatal("there is nothing to read", err)
	}
	for _, input := range inputs {
		events, err := os.Open(input)
		if err != nil {
			t.Fatal(err)
		}
		defer events.Close()
		var out bytes.Buffer
		report(events, &out)
		golden.Assert(t, out.Bytes(), input+".txt")
	}
}
