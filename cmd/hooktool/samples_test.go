package main

import (
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/internal/golden"
	"github.com/hooktool/hooktool/pkg/event"
)

// TestSampleFiles checks that testdata/events matches the built-in samples.
func TestSampleFiles(t *testing.T) {
	t.Parallel()
	for _, sample := range event.Samples() {
		text, err := event.MarshalIndent(sample.Event)
		if err != nil {
			t.Fatal(err)
		}
		golden.Assert(t, append(text, '\n'), filepath.Join("../../testdata/events", sample.Name+".json"))
	}
}
