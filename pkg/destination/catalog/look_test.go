package catalog_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hooktool/hooktool/pkg/destination/catalog"
)

// TestLooks reads every body as every destination: a payload meant for another must do
// no harm.
func TestLooks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../internal/preview/testdata/bodies/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bodies: %v", err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range catalog.Forms() {
			d.Parse(body).Message()
			for cut := 0; cut < len(body); cut += 37 { // a body that ends too early
				d.Parse(body[:cut]).Message()
			}
		}
	}
}

// FuzzLooks looks for bodies that break a look.
func FuzzLooks(f *testing.F) {
	files, err := filepath.Glob("../../../internal/preview/testdata/bodies/*")
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
			d.Parse(body).Message()
		}
	})
}
