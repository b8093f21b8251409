package message_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/internal/preview/message"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestEveryDestination builds every body for every destination: a payload of
// another's kind must do no harm.
func TestEveryDestination(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/bodies/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies: %v", err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range catalog.All() {
			message.Build(d, body)
			for cut := 0; cut < len(body); cut += 37 { // a body that ends too early
				message.Build(d, body[:cut])
			}
		}
	}
}

// FuzzBuild looks for bodies that harm a builder.
func FuzzBuild(f *testing.F) {
	files, err := filepath.Glob("../testdata/bodies/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(_ *testing.T, body []byte) {
		for _, d := range catalog.All() {
			message.Build(d, body)
		}
	})
}
